"""Makes the docks around the picture, and lays them out."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMainWindow, QWidget

from camviewer.ui.structure.control import STRUCTURE_WIDTH
from camviewer.ui.style import mark
from camviewer.ui.widgets.panel_dock import PanelDock
from camviewer.ui.window.side_column import SIDE_WIDTH

_STRIP_WIDTH = 132


class Docks(QObject):
    """The docks of the window; all but the side column are hidden until they are wanted.

    Args:
        window: has them.
        side: what stands in the column at the right.
        strip: the filmstrip.

    Attributes:
        side: classes and map.
        trust: filled when it is shown, as those that follow.
        objects: objects, contour lines and box.
        strip: pictures that were opened together.
        structure: the network as a tree.
    """

    def __init__(self, window: QMainWindow, side: QWidget, strip: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.side = PanelDock(mark("Classes and map"), window)
        self.side.fill(side)
        self.strip = PanelDock(mark("Pictures"), window)
        self.strip.fill(strip)
        self.trust = PanelDock(mark("Trust"), window)
        self.objects = PanelDock(mark("Objects"), window)
        self.structure = PanelDock(mark("Model structure"), window)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.side)
        window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.strip)
        # Hidden first: Qt leaves a second bar of tabs behind where it lays visible docks out anew.
        for dock in self.all:
            dock.hide()
        window.tabifyDockWidget(self.side, self.trust)
        window.tabifyDockWidget(self.trust, self.objects)
        window.tabifyDockWidget(self.strip, self.structure)
        self.side.show()
        self.structure.toggleViewAction().toggled.connect(self._narrow_strip)
        window.resizeDocks([self.side], [SIDE_WIDTH], Qt.Orientation.Horizontal)
        window.resizeDocks([self.strip], [_STRIP_WIDTH], Qt.Orientation.Horizontal)

    @property
    def all(self) -> tuple[PanelDock, ...]:
        """In the order of the menu."""
        return (self.side, self.trust, self.objects, self.strip, self.structure)

    def _narrow_strip(self, structure_shown: bool) -> None:
        """The tree of modules needs more width than the thumbnails that stay behind it."""
        dock, width = self.strip, _STRIP_WIDTH
        if structure_shown:
            dock, width = self.structure, STRUCTURE_WIDTH
        self._window.resizeDocks([dock], [width], Qt.Orientation.Horizontal)
