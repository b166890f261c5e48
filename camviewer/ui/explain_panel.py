"""Chooses how the picture is explained and how the map is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine.geometry import DETAILS, PlacementMode
from camviewer.engine.messages import ExplainRequest, LayerInfo, MethodInfo
from camviewer.engine.render import Look
from camviewer.ui.form_rows import FormRows
from camviewer.ui.layer_tree import LayerTree, output_words
from camviewer.ui.look_controls import LookControls
from camviewer.ui.segmented import Segmented
from camviewer.ui.wording import grid_words, times

_UNNAMED = "…"
_METHOD_ID = Qt.ItemDataRole.UserRole + 1
_MODES = (
    (PlacementMode.CROP, "Trained"),
    (PlacementMode.WHOLE, "Whole"),
    (PlacementMode.STRETCH, "Stretch"),
)
_MODE_TIPS = {
    PlacementMode.CROP: "The centre crop that the model was trained to be given",
    PlacementMode.WHOLE: "The whole picture in its own proportions",
    PlacementMode.STRETCH: "The whole picture, stretched to the trained shape",
}
_DETAIL_TIP = "Gives the network an enlarged picture: a finer map, another question"


class ExplainPanel(QWidget):
    """The sections EXPLAIN and SHOW, and what can be done with the map."""

    request_changed = Signal(object)
    """The ExplainRequest that the user has just made, without a class."""

    look_changed = Signal(object)
    """The Look that the user has just made."""

    copy_requested = Signal()
    save_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._request = ExplainRequest()
        self._methods: dict[str, tuple[MethodInfo, str]] = {}
        self._method = QComboBox(self)
        self._hint = QLabel(self)
        self._layer = LayerBox(self)
        self._mode = Segmented(_MODES, "Picture", self)
        self._detail = Segmented([(detail, times(detail)) for detail in DETAILS], "Detail", self)
        self._look = LookControls(self)
        self._sections = QWidget(self)
        self._copy = QPushButton("Copy", self)
        self._save = QPushButton("Save…", self)
        self._build()
        self._connect()

    @property
    def request(self) -> ExplainRequest:
        """What the controls ask for, without a class."""
        return self._request

    @property
    def look(self) -> Look:
        """How the controls want the map shown."""
        return self._look.look

    def set_methods(self, methods: Sequence[tuple[MethodInfo, str]]) -> None:
        """Lists methods, each with why this model does not allow it; empty when it does."""
        self._methods = {method.id: (method, refusal) for method, refusal in methods}
        model = QStandardItemModel(self._method)
        for method, refusal in methods:
            model.appendRow(_method_item(method, refusal))
        self._method.blockSignals(True)
        self._method.setModel(model)
        self._method.blockSignals(False)
        self._show_method()

    def set_layers(self, layers: tuple[LayerInfo, ...], chosen: str) -> None:
        """Takes the network's layers and the one in use, empty when not known yet. No signal."""
        self._layer.set_layers(layers, chosen)

    def set_request(self, request: ExplainRequest) -> None:
        """Shows a request, without a signal."""
        self._request = replace(request, class_index=None)
        self._show_method()
        if request.layer is not None:
            self._layer.set_chosen(request.layer)
        self._mode.set_value(request.mode)
        self._detail.set_value(request.detail)

    def set_look(self, look: Look) -> None:
        """Shows a look, without a signal."""
        self._look.set_look(look)

    def set_map_high(self, high: float) -> None:
        """Takes the largest value of the map on screen, where a fixed range begins."""
        self._look.set_map_high(high)

    def open_layers(self) -> None:
        """Opens the tree of layers, as a click on its box does."""
        if self._layer.isEnabled():
            self._layer.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._layer.showPopup()

    def set_enabled_for_picture(self, enabled: bool) -> None:
        """Allows everything once there is a picture to explain."""
        self._sections.setEnabled(enabled)
        self._copy.setEnabled(enabled)
        self._save.setEnabled(enabled)

    def set_unavailable_placements(
        self, modes: Mapping[PlacementMode, str], details: Mapping[float, str]
    ) -> None:
        """Forbids placements and details that the network does not accept, each with why."""
        for mode, _ in _MODES:
            refusal = modes.get(mode, "")
            self._mode.set_choice_enabled(mode, not refusal, refusal or _MODE_TIPS[mode])
        for detail in DETAILS:
            refusal = details.get(detail, "")
            self._detail.set_choice_enabled(detail, not refusal, refusal or _DETAIL_TIP)

    def _build(self) -> None:
        self._method.setAccessibleName("Method")
        self._method.setMinimumContentsLength(8)
        self._method.setPlaceholderText(_UNNAMED)
        self._hint.setProperty("role", "hint")
        self._hint.setWordWrap(True)
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self.set_unavailable_placements({}, {})
        explain = FormRows("EXPLAIN")
        explain.add_row("Method", self._method, self._method)
        explain.add_wide(self._hint)
        explain.add_row("Layer", self._layer, self._layer)
        explain.add_row("Picture", self._mode, self._mode)
        explain.add_row("Detail", self._detail, self._detail)
        sections = QVBoxLayout(self._sections)
        sections.setContentsMargins(0, 0, 0, 0)
        sections.setSpacing(16)
        sections.addLayout(explain)
        sections.addWidget(self._look)
        self._save.setProperty("kind", "primary")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._copy, 1)
        buttons.addWidget(self._save, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 14)
        layout.addWidget(self._sections)
        layout.addStretch(1)
        layout.addSpacing(8)
        layout.addLayout(buttons)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def _connect(self) -> None:
        self._method.currentIndexChanged.connect(self._on_method)
        self._layer.layer_chosen.connect(
            lambda name: self._change(replace(self._request, layer=name))
        )
        self._mode.chosen.connect(lambda mode: self._change(replace(self._request, mode=mode)))
        self._detail.chosen.connect(
            lambda detail: self._change(replace(self._request, detail=detail))
        )
        self._look.look_changed.connect(self.look_changed)
        self._copy.clicked.connect(self.copy_requested)
        self._save.clicked.connect(self.save_requested)

    def _change(self, request: ExplainRequest) -> None:
        self._request = request
        self.request_changed.emit(request)

    def _on_method(self, row: int) -> None:
        method_id = self._method.itemData(row, _METHOD_ID)
        if method_id is not None and method_id != self._request.method:
            self._change(replace(self._request, method=method_id))
        self._show_hint()

    def _show_method(self) -> None:
        row = self._method.findData(self._request.method, _METHOD_ID)
        self._method.blockSignals(True)
        self._method.setCurrentIndex(row)
        self._method.blockSignals(False)
        self._show_hint()

    def _show_hint(self) -> None:
        known = self._methods.get(self._request.method)
        text = "" if known is None else known[1] or known[0].summary
        self._hint.setText(text)
        self._hint.setVisible(bool(text))
        self._method.setToolTip("" if known is None else known[0].citation)


def _method_item(method: MethodInfo, refusal: str) -> QStandardItem:
    item = QStandardItem(method.title)
    item.setData(method.id, _METHOD_ID)
    item.setToolTip(refusal or f"{method.summary}\n{method.citation}")
    item.setEnabled(not refusal)
    return item


class LayerBox(QComboBox):
    """Looks like a combo box, and opens the tree of layers instead of a list."""

    layer_chosen = Signal(str)
    """The dotted name of the layer that the user chose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layers: dict[str, LayerInfo] = {}
        self._chosen = ""
        self._tree = LayerTree(self)
        self._tree.layer_chosen.connect(self._on_chosen)
        self.setAccessibleName("Layer")
        self.setMinimumContentsLength(8)
        self.addItem(_UNNAMED)

    @property
    def tree(self) -> LayerTree:
        """The popup."""
        return self._tree

    def set_layers(self, layers: tuple[LayerInfo, ...], chosen: str) -> None:
        """Takes the network's layers and the one in use."""
        self._layers = {layer.name: layer for layer in layers}
        self._tree.set_layers(layers, chosen)
        self._show(chosen)

    def set_chosen(self, name: str) -> None:
        """Shows the layer in use."""
        self._tree.mark(name)
        self._show(name)

    def showPopup(self) -> None:
        """Opens the tree."""
        if self._layers:
            self._tree.open_below(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Opens the tree with the keys that open a list, Down and Enter among them."""
        opening = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() in opening:
            self.showPopup()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _on_chosen(self, name: str) -> None:
        if name != self._chosen:
            self._show(name)
            self.layer_chosen.emit(name)

    def _show(self, name: str) -> None:
        self._chosen = name
        layer = self._layers.get(name)
        grid = "" if layer is None else f" · {grid_words(layer.shape[1:])}"
        self.setItemText(0, f"{name}{grid}" or _UNNAMED)
        words = name if layer is None else f"{name}\n{layer.kind}, {output_words(layer)}"
        self.setToolTip(words)
