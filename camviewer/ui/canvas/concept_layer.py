"""Draws concepts over the picture as regions, one colour each."""

from __future__ import annotations

from PySide6.QtGui import QImage

from camviewer.engine.render import Look
from camviewer.engine.render.concept_overlay import concept_layer
from camviewer.engine.results import Concept, Heatmap
from camviewer.ui.canvas.map_layer import MapLayer


class ConceptLayer(MapLayer):
    """Regions in place of a colour for each value; colormap and range do not touch them."""

    def __init__(self, heatmap: Heatmap, look: Look, concepts: tuple[Concept, ...]) -> None:
        super().__init__(heatmap, look)
        self.concepts = concepts

    def _colour(self) -> QImage:
        height, width = self._size()
        pixels = concept_layer(self.heatmap, self.concepts, self.look, (height, width))
        image = QImage(
            pixels.reshape(-1).data, width, height, 4 * width, QImage.Format.Format_RGBA8888
        )
        # The numbers belong to NumPy: the converted picture is a copy.
        return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
