"""Draws the frame around what the network saw of the picture."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

_DASH = 5.0
_LIGHT = QColor(255, 255, 255, 235)
_DARK = QColor(0, 0, 0, 170)
_DIM = QColor(0, 0, 0, 44)


def draw_crop_frame(painter: QPainter, frame: QRectF, picture: QRectF, ratio: float) -> None:
    """Dims the picture outside the frame a little and draws a line that is seen on any colour.

    Args:
        painter: of the view.
        frame: in view pixels; it may reach beyond the picture.
        picture: the whole picture, in view pixels.
        ratio: device pixels per view pixel; the line is set upon whole ones.
    """
    frame = frame.intersected(picture)
    outside = QPainterPath()
    outside.addRect(picture)
    outside.addRect(frame)
    painter.save()
    painter.fillPath(outside, _DIM)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    line = _on_pixels(frame, ratio)
    # White and black dashes in turn: one of the two stands out from any picture.
    for colour, start in ((_LIGHT, 0.0), (_DARK, _DASH)):
        pen = QPen(colour, 1.0)
        pen.setDashPattern([_DASH, _DASH])
        pen.setDashOffset(start)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawRect(line)
    painter.restore()


def _on_pixels(frame: QRectF, ratio: float) -> QRectF:
    """The rectangle whose lines of one view pixel fill whole device pixels, inside the frame."""
    left, top, right, bottom = (
        round(side * ratio) / ratio
        for side in (frame.left(), frame.top(), frame.right(), frame.bottom())
    )
    return QRectF(left + 0.5, top + 0.5, right - left - 1.0, bottom - top - 1.0)
