"""Asks what the region drawn on the picture means to the map on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from camviewer.engine.results.messages import Explanation
from camviewer.ui.canvas.canvas import Canvas
from camviewer.ui.state.explorer import Exploration
from camviewer.ui.trust.queries import ScoreRegion
from camviewer.ui.work.model_thread import ModelClient

if TYPE_CHECKING:
    from camviewer.engine.geometry.region import Region
    from camviewer.engine.trust.region import RegionScore
    from camviewer.ui.trust.region_tool import RegionTool


class RegionScoring(QObject):
    """Makes the drawing tool when it is first taken up.

    Signals:
        region_changed: (Region, or None) another region is drawn, or none any more.

    Args:
        canvas: what is drawn on.
        exploration: tells which picture and map are shown.
        model: measures.
        action: takes the tool up and lays it down.
    """

    region_changed = Signal(object)

    def __init__(
        self, canvas: Canvas, exploration: Exploration, model: ModelClient, action: QAction
    ) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._exploration = exploration
        self._model = model
        self._action = action
        self._tool: RegionTool | None = None
        action.triggered.connect(lambda: self.tool.set_active(action.isChecked()))

    @property
    def tool(self) -> RegionTool:
        """The tool, which is made now if it was never taken up."""
        return self._tool or self._made()

    def score_of(self, explanation: Explanation) -> RegionScore | None:
        """What the region means to this map; None where none was measured for it."""
        return None if self._tool is None else self._tool.score_of(explanation)

    def _made(self) -> RegionTool:
        from camviewer.ui.trust.region_tool import RegionTool  # noqa: PLC0415  (start-up)

        tool = self._tool = RegionTool(self._canvas)
        tool.region_drawn.connect(self._measure)
        tool.region_drawn.connect(self.region_changed)
        tool.region_removed.connect(lambda: self.region_changed.emit(None))
        tool.region_removed.connect(lambda: self._model.give_up(ScoreRegion))
        tool.active_changed.connect(self._action.setChecked)
        explored = self._exploration
        explored.model_ready.connect(tool.remove)
        explored.picture_shown.connect(tool.remove)
        explored.emptied.connect(tool.remove)
        explored.explanation_changed.connect(self._map_changed)
        self._map_changed(explored.explanation)
        return tool

    def _map_changed(self, explanation: Explanation | None) -> None:
        self.tool.set_seen(None if explanation is None else explanation.placement.box)
        if explanation is not None and self.tool.region is not None:
            self._measure(self.tool.region)

    def _measure(self, region: Region) -> None:
        picture, explanation = self._exploration.picture, self._exploration.finished_map
        if picture is not None and explanation is not None:
            self._model.ask(
                ScoreRegion(picture.image, explanation, region),
                self.tool.show_score,
                failed=lambda _message, _hint: self.tool.show_score(None),
                dropped=lambda: self.tool.show_score(None),
            )
