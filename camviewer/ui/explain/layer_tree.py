"""Shows the layers that a map can be made on as the tree that the network is."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QHeaderView,
    QTreeView,
    QWidget,
)

from camviewer.engine.results import LayerInfo
from camviewer.ui.style import tr
from camviewer.ui.widgets import SearchPopup, in_tip

_NAME = Qt.ItemDataRole.UserRole + 1
_SOUGHT = Qt.ItemDataRole.UserRole + 2
_SIZE = QSize(500, 400)
_NAME_WIDTH = 172
_ROW_HEIGHT = 26
# One mark across the columns, instead of one with round corners in each.
_ROW_STYLE = "QTreeView::item { border-radius: 0; padding: 0 4px; }"


def output_words(layer: LayerInfo) -> str:
    """Gives ``1280 × 15 × 10``: channels, then the grid, width first as for pictures."""
    channels, height, width = layer.shape
    return f"{channels} × {width} × {height}"


def layer_model(layers: tuple[LayerInfo, ...], parent: QObject | None = None) -> QStandardItemModel:
    """Builds the tree of modules from dotted names; a module without a grid cannot be chosen."""
    model = QStandardItemModel(parent)
    model.setHorizontalHeaderLabels([tr("Layer"), tr("Kind"), tr("Channels × grid")])
    by_name = {layer.name: layer for layer in layers}
    made: dict[str, QStandardItem] = {"": model.invisibleRootItem()}
    for layer in layers:
        parts = layer.name.split(".")
        for depth in range(1, len(parts) + 1):
            name = ".".join(parts[:depth])
            if name not in made:
                row = _row(name, by_name.get(name))
                made[".".join(parts[: depth - 1])].appendRow(row)
                made[name] = row[0]
    return model


def _row(name: str, layer: LayerInfo | None) -> list[QStandardItem]:
    texts = [name.rpartition(".")[2], "", ""]
    if layer is not None:
        kind = tr("{kind} · exact CAM").format(kind=layer.kind) if layer.cam else layer.kind
        texts[1:] = [kind, output_words(layer)]
    row = [QStandardItem(text) for text in texts]
    for item in row:
        item.setEditable(False)
        item.setSizeHint(QSize(0, _ROW_HEIGHT))
        item.setSelectable(layer is not None)
        item.setToolTip(in_tip(_tip(name, layer)))
        if layer is not None:
            item.setData(name, _NAME)
            item.setData(f"{name} {layer.kind}", _SOUGHT)
    row[0].setAccessibleText(", ".join(text for text in [name, *texts[1:]] if text))
    return row


def _tip(name: str, layer: LayerInfo | None) -> str:
    if layer is None:
        return tr("{name}\nits own output has no grid").format(name=name)
    exact = tr("\nCAM is exact here") if layer.cam else ""
    return f"{name}\n{layer.kind}, {output_words(layer)}{exact}"


class LayerTree(SearchPopup):
    """A popup with a filter field over the tree of layers."""

    layer_chosen = Signal(str)
    """The dotted name of the layer that the user chose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._tree = QTreeView()
        super().__init__(self._tree, _SOUGHT, tr("Find a layer"), tr("No layer matches."), parent)
        self.setAccessibleName(tr("Layers"))
        self._model = QStandardItemModel(self)
        self._build()

    @property
    def view(self) -> QTreeView:
        """The tree itself."""
        return self._tree

    def set_layers(self, layers: tuple[LayerInfo, ...], chosen: str) -> None:
        """Shows a network's layers with one of them marked."""
        old, self._model = self._model, layer_model(layers, self)
        self.proxy.setSourceModel(self._model)
        old.deleteLater()
        self.search_field.clear()
        self._tree.expandAll()
        header = self._tree.header()
        header.resizeSection(0, _NAME_WIDTH)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self.mark(chosen)

    def mark(self, name: str) -> None:
        """Marks a layer and scrolls to it."""
        index = self._index_of(name)
        self._tree.setCurrentIndex(index)
        self._tree.scrollTo(index, QTreeView.ScrollHint.PositionAtCenter)

    def open_below(self, anchor: QWidget) -> None:
        """Opens under a widget, flush with its right edge and within the screen."""
        self.show_below(anchor, _SIZE)
        self._tree.scrollTo(self._tree.currentIndex(), QTreeView.ScrollHint.PositionAtCenter)

    def _build(self) -> None:
        self._tree.setProperty("kind", "plain")
        self._tree.setAccessibleName(tr("Layers"))
        self._tree.setStyleSheet(_ROW_STYLE)
        self._tree.setUniformRowHeights(True)
        self._tree.setIndentation(14)
        self._tree.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        header = self._tree.header()
        header.setStretchLastSection(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(48)

    def searched(self) -> None:
        """What is left of the tree is unfolded."""
        self._tree.expandAll()

    def take(self, index: QModelIndex) -> None:
        """Chooses a layer."""
        name = index.data(_NAME)
        if name:
            self.close()
            self.layer_chosen.emit(name)

    def first_hit(self) -> QModelIndex:
        """The first layer in the tree that the filter itself matches."""
        words = self.search_field.text().casefold().split()
        layers = (at for at in self._every_index() if at.data(_NAME))
        hits = (at for at in layers if all(word in _sought(at) for word in words))
        return next(hits, QModelIndex())

    def _index_of(self, name: str) -> QModelIndex:
        hits = (at for at in self._every_index() if at.data(_NAME) == name)
        return next(hits, QModelIndex())

    def _every_index(self, parent: QModelIndex | None = None) -> Iterator[QModelIndex]:
        """The rows that the filter leaves, in the order in which they are seen."""
        above = parent or QModelIndex()
        for row in range(self.proxy.rowCount(above)):
            index = self.proxy.index(row, 0, above)
            yield index
            yield from self._every_index(index)


def _sought(index: QModelIndex) -> str:
    return str(index.data(_SOUGHT) or "").casefold()
