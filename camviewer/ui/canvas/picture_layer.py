"""Draws the visible part of a picture from the level of its pyramid that fits the zoom."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log2

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter

from camviewer.engine.geometry import Box
from camviewer.ui.canvas.boxes import rectangle
from camviewer.ui.canvas.viewport import Viewport

_SMALLEST = 64
"""Maximum side of the smallest level of the pyramid, in pixels."""

_NEAREST_FROM = 4.0
"""Zoom from which pixels are drawn as squares, without smoothing."""


class PictureLayer:
    """A picture in halving sizes; level i is reduced by 2**i, its last pixels may overhang."""

    def __init__(self, levels: Sequence[NDArray[np.uint8]]) -> None:
        """Keeps the arrays (H, W, 3) without copying them."""
        self._levels = [np.ascontiguousarray(level) for level in levels]
        self._drawn: QImage | None = None
        self._drawn_state: tuple[float, ...] = ()
        while max(self._levels[-1].shape[:2]) > _SMALLEST:
            reduced = Image.fromarray(self._levels[-1]).reduce(2)
            self._levels.append(np.asarray(reduced))

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in source pixels."""
        height, width = self._levels[0].shape[:2]
        return width, height

    def level_for(self, zoom: float) -> int:
        """The smallest level that still has a pixel for every pixel of the screen."""
        wanted = floor(log2(1 / zoom) + 1e-9) if zoom < 1 else 0
        return min(wanted, len(self._levels) - 1)

    def draw(self, painter: QPainter, viewport: Viewport) -> None:
        """Draws what is in sight, and no more.

        What was drawn is kept for as long as the view stands still, so that a slider that
        changes the map's colours does not scale the picture again at every step.
        """
        if self._drawn is None or self._drawn_state != viewport.state:
            self._drawn = self._screen(viewport)
            self._drawn_state = viewport.state
        painter.drawImage(QPointF(0.0, 0.0), self._drawn)

    def _screen(self, viewport: Viewport) -> QImage:
        """The whole view with the picture in it, clear around it."""
        width, height = (ceil(side * viewport.ratio) for side in viewport.view)
        screen = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
        screen.setDevicePixelRatio(viewport.ratio)
        screen.fill(Qt.GlobalColor.transparent)
        painter = QPainter(screen)
        self._draw_visible(painter, viewport)
        painter.end()
        return screen

    def _draw_visible(self, painter: QPainter, viewport: Viewport) -> None:
        visible = viewport.visible
        if visible.width <= 0 or visible.height <= 0:
            return
        level = self.level_for(viewport.zoom)
        part, image = self._part(level, visible)
        painter.setRenderHint(
            QPainter.RenderHint.SmoothPixmapTransform, viewport.zoom <= _NEAREST_FROM
        )
        painter.setClipRect(rectangle(viewport.picture), Qt.ClipOperation.IntersectClip)
        painter.drawImage(rectangle(viewport.box_to_view(part)), image)

    def _part(self, level: int, visible: Box) -> tuple[Box, QImage]:
        """The pixels of a level that are in sight, with those around that smoothing reads."""
        pixels = self._levels[level]
        factor = 2**level
        height, width = pixels.shape[:2]
        left, right = _around(visible.left / factor, visible.right / factor, width)
        top, bottom = _around(visible.top / factor, visible.bottom / factor, height)
        # A view upon the array itself: 200 megapixels are never copied.
        start = (top * width + left) * 3
        image = QImage(
            pixels.reshape(-1)[start:].data,
            right - left,
            bottom - top,
            width * 3,
            QImage.Format.Format_RGB888,
        )
        return Box(left * factor, top * factor, right * factor, bottom * factor), image


def _around(start: float, stop: float, count: int) -> tuple[int, int]:
    return max(floor(start) - 2, 0), min(ceil(stop) + 2, count)
