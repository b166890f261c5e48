"""Shows the network as it is printed; a click taps a layer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine.structure import NetworkParts, Part
from camviewer.ui.structure.module_tree_model import PartsModel, Role
from camviewer.ui.style import notifier, tr, translated, whole
from camviewer.ui.widgets.search_popup import SearchProxy, prepare_search_field

_UNFOLDED_AT_FIRST = 200
"""Maximum number of modules of a network that is shown unfolded at first."""
_SETTLE_MS = 120
_INDENTATION = 14
# One mark across the columns, instead of one with round corners in each.
_ROW_STYLE = "QTreeView::item { border-radius: 0; padding: 0 4px; min-height: 24px; }"


_BESIDE = (1, 2)
"""The columns beside the names."""
_CELL_PADDING = 16
"""Width in pixels of a cell beside its text."""
_WIDEST_NAMES = 260
"""Maximum width in pixels that is kept for names; because some networks are very deep."""


class StructureTree(QWidget):
    """A search field over the tree of modules, and under it what keeps a module from a tap."""

    layer_chosen = Signal(str)
    """The dotted name of a layer with a grid that the user chose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = PartsModel(self)
        self._proxy = SearchProxy(Role.SOUGHT, self)
        self._proxy.setSourceModel(self._model)
        self._search = QLineEdit(self)
        self._tree = QTreeView(self)
        self._said = QLabel(self)
        self._settle = QTimer(self)
        self._tapped = ""
        self._names_width = 150
        self._widths = {1: 104, 2: 80}
        self._build()

    @property
    def search_field(self) -> QLineEdit:
        """The field that narrows the tree."""
        return self._search

    @property
    def view(self) -> QTreeView:
        """The tree itself."""
        return self._tree

    @property
    def said(self) -> str:
        """What is said under the tree."""
        return self._said.text()

    def set_parts(self, network: NetworkParts) -> None:
        """Shows a network; of the same one with other shapes, what is unfolded stays."""
        if self._model.has_the_modules_of(network):
            self._model.set_shapes(network)
            self._measure()
            return
        self._search.clear()
        self._model.set_parts(network)
        self._measure()
        if len(network.parts) <= _UNFOLDED_AT_FIRST:
            self._tree.expandAll()
        else:
            self._tree.expandToDepth(1)
        self._say_size()
        self.set_tapped(self._tapped)

    def set_tapped(self, name: str) -> None:
        """Marks the layer that is tapped, and scrolls to it when it is another one."""
        moved, self._tapped = name != self._tapped, name
        self._model.set_tapped(name)
        index = self._proxy.mapFromSource(self._model.index_of(name))
        if index.isValid() and (moved or not self._tree.currentIndex().isValid()):
            self._tree.setCurrentIndex(index)
            self._tree.scrollTo(index, QTreeView.ScrollHint.EnsureVisible)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Carries the keys that lead from the field to the tree, and those that choose."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(watched, Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _key(self, watched: QObject, key: Qt.Key) -> bool:
        in_search = watched is self._search
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._first_hit() if in_search else self._tree.currentIndex())
        elif key == Qt.Key.Key_Down and in_search:
            self._tree.setCurrentIndex(self._first_hit())
            self._tree.setFocus(Qt.FocusReason.TabFocusReason)
        elif key == Qt.Key.Key_Escape and in_search and self._search.text():
            self._search.clear()
        else:
            return False
        return True

    def _build(self) -> None:
        prepare_search_field(self._search, tr("Find a module"), self)
        self._search.textChanged.connect(lambda _text: self._settle.start())
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._filter)
        self._tree.setModel(self._proxy)
        self._tree.setProperty("kind", "plain")
        self._tree.setFrameShape(QFrame.Shape.NoFrame)
        self._tree.setAccessibleName(tr("Modules of the network"))
        self._tree.setStyleSheet(_ROW_STYLE)
        self._tree.setUniformRowHeights(True)
        self._tree.setIndentation(_INDENTATION)
        self._tree.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self._tree.setExpandsOnDoubleClick(False)
        self._tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._tree.installEventFilter(self)
        self._tree.clicked.connect(self._choose)
        self._tree.selectionModel().currentChanged.connect(lambda now, _: self._say(now))
        header = self._tree.header()
        header.setStretchLastSection(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(60)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in _BESIDE:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        self._said.setProperty("role", "hint")
        self._said.setWordWrap(True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setContentsMargins(4, 0, 4, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(self._search)
        layout.addWidget(self._tree, 1)
        layout.addWidget(self._said)
        notifier().changed.connect(self._tree.viewport().update)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _measure(self) -> None:
        """Takes the widths that the network's names, shapes and numbers need."""
        metrics = self._tree.fontMetrics()
        for column in _BESIDE:
            texts = {self._model.headerData(column, Qt.Orientation.Horizontal)}
            texts |= set(self._model.texts(column))
            widest = max(metrics.horizontalAdvance(str(text)) for text in texts)
            self._widths[column] = widest + _CELL_PADDING
        names = (
            (part.name.count(".") + 2) * _INDENTATION
            + metrics.horizontalAdvance(f"({part.own_name}):…")
            + _CELL_PADDING
            for part in self._model.parts
        )
        self._names_width = min(max(names, default=0), _WIDEST_NAMES)
        self._share_width()

    def _share_width(self) -> None:
        """Leaves out columns, the last one first, where the names would have no room."""
        room = self._tree.viewport().width() - self._names_width
        for column in _BESIDE:
            width = self._widths[column]
            room -= width
            self._tree.setColumnHidden(column, room < 0)
            self._tree.header().resizeSection(column, width)

    def _filter(self) -> None:
        text = self._search.text().strip()
        self._proxy.seek(text)
        if text:
            self._tree.expandAll()
            if not self._first_hit().isValid():
                self._said.setText(tr("No module matches."))
                return
        else:
            self.set_tapped(self._tapped)
        self._say_size()

    def _choose(self, index: QModelIndex) -> None:
        part = index.data(Role.PART)
        if isinstance(part, Part) and part.grid is not None:
            self.layer_chosen.emit(part.name)
        else:
            self._say(index)

    def _say(self, index: QModelIndex) -> None:
        """Says under the tree why the current module cannot be tapped."""
        part = index.data(Role.PART)
        if isinstance(part, Part) and part.reason and part.name:
            self._said.setText(f"{part.name}: {translated(part.reason)}")
        else:
            self._say_size()

    def _say_size(self) -> None:
        parts = self._model.parts
        if parts:
            words = tr("{modules} modules, {parameters} parameters")
            self._said.setText(
                words.format(modules=whole(len(parts) - 1), parameters=whole(parts[0].parameters))
            )

    def _first_hit(self) -> QModelIndex:
        """The first module in the tree that the search itself matches."""
        wanted = self._search.text().strip().casefold()
        for part in self._model.parts:
            if wanted in f"{part.name} {part.printed}".casefold() and part.name:
                return self._proxy.mapFromSource(self._model.index_of(part.name))
        return QModelIndex()
