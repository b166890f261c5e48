"""Makes small round-cornered pictures of arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap

from camviewer.ui.style import icon

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RADIUS = 6.0


def image_of(pixels: NDArray[np.uint8]) -> QImage:
    """Gives uint8 RGB (H, W, 3) as an image with a memory of its own."""
    import numpy as np  # noqa: PLC0415  (start-up)

    rgb = np.ascontiguousarray(pixels[..., :3])
    height, width = rgb.shape[:2]
    image = QImage(rgb.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return image.copy()


def pixmap_of(pixels: NDArray[np.uint8]) -> QPixmap:
    """Gives uint8 RGB (H, W, 3) as a pixmap."""
    return QPixmap.fromImage(image_of(pixels))


def paint_cover(painter: QPainter, box: QRectF, picture: QPixmap, radius: float = RADIUS) -> None:
    """Fills a box with the middle of a picture, without changing its proportions."""
    size = QSizeF(picture.size())
    if size.isEmpty():
        return
    part_size = box.size().scaled(size, Qt.AspectRatioMode.KeepAspectRatio)
    part = QRectF(QPointF(), part_size)
    part.moveCenter(QRectF(QPointF(), size).center())
    clip = QPainterPath()
    clip.addRoundedRect(box, radius, radius)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setClipPath(clip)
    painter.drawPixmap(box, picture, part)
    painter.restore()


def paint_failure(painter: QPainter, box: QRectF) -> None:
    """Paints the sign of a picture that cannot be shown into the middle of its box."""
    mark = QRectF(0, 0, 20, 20)
    mark.moveCenter(box.center())
    icon("circle-alert", "muted", 20).paint(painter, mark.toRect())
