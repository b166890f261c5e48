"""What lies on the canvas: the picture with its edge, the map upon it, and the crop's frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPainter, QPen

from camviewer.engine.geometry import Box
from camviewer.engine.render import Look
from camviewer.engine.results import Concept, Evidence, Heatmap
from camviewer.ui.canvas.boxes import rectangle
from camviewer.ui.canvas.crop_frame import draw_crop_frame
from camviewer.ui.canvas.shadow import draw_shadow
from camviewer.ui.canvas.viewport import Viewport
from camviewer.ui.style import mark, theme, tr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from camviewer.ui.canvas.map_layer import MapLayer
    from camviewer.ui.canvas.marks import Marks
    from camviewer.ui.canvas.picture_layer import PictureLayer

_NOTHING_TO_SHOW = {
    Evidence.FLAT: mark("This map is flat: no place says more than another."),
    Evidence.ONLY_NEGATIVE: mark(
        "Nothing in the picture speaks for this class. Signed values show what speaks against it."
    ),
}


class CanvasScene:
    """Layers in source pixels, drawn through a viewport.

    Attributes:
        picture: at the bottom; None when there is none.
        map: upon it; None when there is none.
        crop_frame: what the network saw; None when that was everything.
        marks: objects and lines, above all else; None when there are none.
    """

    def __init__(self) -> None:
        self.picture: PictureLayer | None = None
        self.map: MapLayer | None = None
        self.crop_frame: Box | None = None
        self.marks: Marks | None = None

    @property
    def concepts(self) -> tuple[Concept, ...]:
        """The concepts that are shown in place of the map's values."""
        return () if self.map is None else self.map.concepts

    @property
    def words(self) -> str:
        """Why the map shows nothing; empty when it does."""
        if self.map is None or not self.map.shows_nothing:
            return ""
        words = _NOTHING_TO_SHOW.get(self.map.heatmap.evidence, "")
        return tr(words) if words else ""

    def show_picture(self, levels: Sequence[NDArray[np.uint8]]) -> PictureLayer:
        """Lays another picture; level i is reduced by 2**i."""
        from camviewer.ui.canvas.picture_layer import PictureLayer  # noqa: PLC0415  (start-up)

        self.picture = PictureLayer(levels)
        return self.picture

    def show_map(self, heatmap: Heatmap | None, look: Look, concepts: tuple[Concept, ...]) -> None:
        """Lays a map, or its concepts, upon the picture, or takes it away."""
        if heatmap is None:
            self.map = None
            return
        from camviewer.ui.canvas.map_layer import MapLayer  # noqa: PLC0415  (start-up)

        if self.map is not None and self.map.heatmap is heatmap:
            self.map.set_look(look)
        elif concepts:
            # Imported late, because it draws letters, which the first map needs none of.
            from camviewer.ui.canvas.concept_layer import ConceptLayer  # noqa: PLC0415

            self.map = ConceptLayer(heatmap, look, concepts)
        else:
            self.map = MapLayer(heatmap, look)

    def forget_map(self) -> None:
        """Takes away what belongs to one map."""
        self.map = None
        self.crop_frame = None

    def pixel_at(self, x: float, y: float) -> tuple[int, int, float | None] | None:
        """A source pixel and what the map holds there; None beside the picture."""
        if self.picture is None:
            return None
        width, height = self.picture.size
        if not (0 <= x < width and 0 <= y < height):
            return None
        return int(x), int(y), None if self.map is None else self.map.heatmap.value_at(x, y)

    def draw(self, painter: QPainter, viewport: Viewport, *, bare: bool) -> None:
        """Draws the picture and, unless it is wanted bare, what lies upon it."""
        if self.picture is None:
            return
        _draw_edge(painter, viewport)
        self.picture.draw(painter, viewport)
        if not bare:
            self._draw_evidence(painter, viewport)

    def _draw_evidence(self, painter: QPainter, viewport: Viewport) -> None:
        if self.map is not None:
            self.map.draw(painter, viewport)
        width, height = viewport.source
        frame = self.crop_frame
        if frame is not None and frame != Box(0.0, 0.0, width, height):
            draw_crop_frame(
                painter,
                rectangle(viewport.box_to_view(frame)),
                rectangle(viewport.picture),
                viewport.ratio,
            )
        if self.marks is not None:
            from camviewer.ui.canvas.marks import draw_marks  # noqa: PLC0415  (start-up)

            draw_marks(painter, viewport, self.marks)


def _draw_edge(painter: QPainter, viewport: Viewport) -> None:
    place = rectangle(viewport.picture)
    draw_shadow(painter, place)
    line = QColor(255, 255, 255, 26) if theme.current_tokens().dark else QColor(0, 0, 0, 40)
    painter.setPen(QPen(line, 1.0))
    painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5))
