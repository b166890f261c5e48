"""Draws a map over the picture from 8-bit places in a table of 256 colours."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter, qRgba

from camviewer.engine.render import Look
from camviewer.engine.render import overlay as render
from camviewer.engine.results import Concept, Heatmap
from camviewer.ui.canvas.boxes import rectangle
from camviewer.ui.canvas.viewport import Viewport

_LONGER_SIDE = 768
"""Maximum side of the interpolated field in pixels; because it is smooth, more is not visible."""


class MapLayer:
    """One map as it is drawn; another look costs at most the 8-bit places, never the field."""

    def __init__(self, heatmap: Heatmap, look: Look) -> None:
        self.heatmap = heatmap
        self.look = look
        self.concepts: tuple[Concept, ...] = ()
        self._field: NDArray[np.float32] | None = None
        self._places: NDArray[np.uint8] | None = None
        self._places_limits: tuple[float, float] | None = None
        self._coloured: QImage | None = None

    @property
    def shows_nothing(self) -> bool:
        """Whether there is nothing that may be turned into colour."""
        return render.shows_nothing(self.heatmap, self.look)

    def set_look(self, look: Look) -> None:
        """Remakes only what another look changes, when it is next drawn."""
        if look != self.look:
            self.look = look
            self._coloured = None

    def draw(self, painter: QPainter, viewport: Viewport) -> None:
        """Draws the map smoothly into its extent."""
        extent = self.heatmap.geometry.extent
        if self.shows_nothing or extent.width <= 0 or extent.height <= 0:
            return
        if self._coloured is None:
            self._coloured = self._colour()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setClipRect(rectangle(viewport.picture), Qt.ClipOperation.IntersectClip)
        painter.drawImage(rectangle(viewport.box_to_view(extent)), self._coloured)
        painter.restore()

    def _colour(self) -> QImage:
        limits = render.value_range(self.heatmap, self.look)
        if self._field is None:
            self._field = render.field(self.heatmap, self._size())
        if self._places is None or limits != self._places_limits:
            self._places = render.indices(self._field, limits)
            self._places_limits = limits
        height, width = self._places.shape
        image = QImage(
            self._places.reshape(-1).data,
            width,
            height,
            width,
            QImage.Format.Format_Indexed8,
        )
        table = render.colour_table(self.look).tolist()
        image.setColorTable([qRgba(*colour) for colour in table])
        # Smoothing needs whole colours; converting once is cheaper than at every paint.
        return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)

    def _size(self) -> tuple[int, int]:
        """(h, w) of the field: the extent's shape, within the limit."""
        extent = self.heatmap.geometry.extent
        longer = max(extent.width, extent.height)
        return (
            max(round(extent.height / longer * _LONGER_SIDE), 1),
            max(round(extent.width / longer * _LONGER_SIDE), 1),
        )
