"""Takes the drawing tool up and lays it down, and makes objects of what is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from camviewer.engine.geometry import Box
from camviewer.ui.canvas import Canvas
from camviewer.ui.objects.shown_objects import ShownObject, drawn_object
from camviewer.ui.state import Exploration

if TYPE_CHECKING:
    from camviewer.engine.geometry.region import Region
    from camviewer.ui.objects.object_tool import ObjectTool


class ObjectDrawing(QObject):
    """Makes the drawing tool when it is first taken up.

    Signals:
        drawn: (ShownObject) of the class whose map is on screen.

    Args:
        canvas: what is drawn on.
        exploration: tells which picture and map are shown.
        actions: the window's.
    """

    drawn = Signal(ShownObject)

    def __init__(
        self, canvas: Canvas, exploration: Exploration, actions: Mapping[str, QAction]
    ) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._exploration = exploration
        self._action = actions["draw_object"]
        self._region_action = actions["region"]
        self._tool: ObjectTool | None = None
        self._action.triggered.connect(self.draw)

    @property
    def tool(self) -> ObjectTool:
        """The drawing tool, which is made now if it was never taken up."""
        return self._tool or self._make_tool()

    def draw(self, on: bool = True) -> None:
        """Takes the tool up, or lays it down."""
        if not on:
            self.tool.lay_down()
            return
        picture, explanation = self._exploration.picture, self._exploration.explanation
        if picture is None:
            return
        if self._region_action.isChecked():
            self._region_action.trigger()  # one tool at a time
        whole = Box(0.0, 0.0, float(picture.image.width), float(picture.image.height))
        self.tool.set_seen(whole if explanation is None else explanation.placement.box)
        self.tool.set_active(True)

    def _take(self, region: Region) -> None:
        picture, explanation = self._exploration.picture, self._exploration.explanation
        if picture is None:
            return
        is_of_class = explanation is not None and not explanation.method.classless
        label = explanation.class_name if explanation is not None and is_of_class else ""
        image = picture.image
        found = drawn_object(region, label, (image.width, image.height))
        if found is not None:
            self.drawn.emit(found)

    def _make_tool(self) -> ObjectTool:
        from camviewer.ui.objects.object_tool import ObjectTool  # noqa: PLC0415  (start-up)

        tool = self._tool = ObjectTool(self._canvas)
        tool.object_drawn.connect(self._take)
        tool.active_changed.connect(self._action.setChecked)
        self._exploration.picture_shown.connect(tool.lay_down)
        self._exploration.emptied.connect(tool.lay_down)
        self._region_action.toggled.connect(lambda on: tool.lay_down() if on else None)
        return tool
