"""The box that names the layer in use and opens the tree of layers."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from camviewer.engine.results import LayerInfo
from camviewer.ui.explain.layer_tree import LayerTree, output_words
from camviewer.ui.style import grid_words, tr
from camviewer.ui.widgets import in_tip
from camviewer.ui.widgets.quiet_combo import PopupCombo

_UNNAMED = "…"


class LayerBox(PopupCombo):
    """Looks like a combo box, and opens the tree of layers instead of a list."""

    layer_chosen = Signal(str)
    """The dotted name of the layer that the user chose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layers: dict[str, LayerInfo] = {}
        self._chosen = ""
        self._fixed = ""
        self._tree: LayerTree | None = None
        self.setAccessibleName(tr("Layer"))
        self.setMinimumContentsLength(8)
        self.addItem(_UNNAMED)

    @property
    def layers(self) -> tuple[LayerInfo, ...]:
        """The network's layers; empty while they are not known."""
        return tuple(self._layers.values())

    @property
    def tree(self) -> LayerTree:
        """The popup, which is made when it is first wanted."""
        if self._tree is None:
            self._tree = LayerTree(self)
            self._tree.layer_chosen.connect(self._on_chosen)
            self._tree.set_layers(self.layers, self._chosen)
        return self._tree

    def set_layers(self, layers: tuple[LayerInfo, ...], chosen: str) -> None:
        """Takes the network's layers and the one in use."""
        self._layers = {layer.name: layer for layer in layers}
        if self._tree is not None:
            self._tree.set_layers(layers, chosen)
        self._show(chosen)

    def set_chosen(self, name: str) -> None:
        """Shows the layer in use."""
        if self._tree is not None:
            self._tree.mark(name)
        self._show(name)

    def set_fixed(self, words: str) -> None:
        """Says words in place of a layer when the method leaves no choice; empty when it does."""
        self._fixed = words
        self.setEnabled(not words)
        self._show(self._chosen)

    def showPopup(self) -> None:
        """Opens the tree."""
        if self._layers:
            self.tree.open_below(self)

    def _on_chosen(self, name: str) -> None:
        if name != self._chosen:
            self._show(name)
            self.layer_chosen.emit(name)

    def _show(self, name: str) -> None:
        self._chosen = name
        layer = self._layers.get(name)
        grid = "" if layer is None else f" · {grid_words(layer.shape[1:])}"
        self.setItemText(0, self._fixed or f"{name}{grid}" or _UNNAMED)
        words = name if layer is None else f"{name}\n{layer.kind}, {output_words(layer)}"
        self.setToolTip(
            tr("This method leaves no choice of a layer") if self._fixed else in_tip(words)
        )
