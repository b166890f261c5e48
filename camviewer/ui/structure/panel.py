"""The dock's content: the tree of modules over the channels of the tapped layer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from camviewer.ui.structure.channel_panel import ChannelPanel
from camviewer.ui.structure.tree import StructureTree

_LEAST_WIDTH = 190


class StructurePanel(QSplitter):
    """The tree of modules over the channels of the tapped layer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setProperty("kind", "panel")
        self.setChildrenCollapsible(False)
        self.tree = StructureTree(self)
        self.channels = ChannelPanel(self)
        self.addWidget(self.tree)
        self.addWidget(self.channels)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)
        self.setMinimumWidth(_LEAST_WIDTH)
        self.setSizes([400, 320])
