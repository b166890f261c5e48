"""A small picture with a map upon it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from camviewer.engine.render import Look
from camviewer.engine.results import Heatmap
from camviewer.ui.canvas.map_layer import MapLayer
from camviewer.ui.canvas.picture_layer import PictureLayer
from camviewer.ui.canvas.viewport import Viewport


def map_thumbnail(
    levels: Sequence[NDArray[np.uint8]],
    heatmap: Heatmap | None,
    look: Look,
    size: QSize,
    ratio: float,
) -> QPixmap:
    """The whole picture, as large as it fits, in the middle; without a map it is faint.

    Args:
        levels: uint8 RGB (H, W, 3), level i reduced by 2**i; none gives an empty pixmap.
        heatmap: drawn upon it.
        look: how.
        size: in view pixels.
        ratio: device pixels per view pixel.
    """
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    if not levels:
        return pixmap
    picture = PictureLayer(levels)
    width, height = picture.size
    viewport = Viewport()
    viewport.source = (width, height)
    viewport.view, viewport.ratio = (float(size.width()), float(size.height())), ratio
    viewport.scale = min(size.width() / width, size.height() / height)
    viewport.left = (size.width() - width * viewport.scale) / 2
    viewport.top = (size.height() - height * viewport.scale) / 2
    painter = QPainter(pixmap)
    painter.setOpacity(1.0 if heatmap is not None else 0.35)
    picture.draw(painter, viewport)
    if heatmap is not None:
        MapLayer(heatmap, look).draw(painter, viewport)
    painter.end()
    return pixmap
