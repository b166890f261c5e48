"""Draws the soft shadow under what floats: the picture, the zoom bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from camviewer.ui.theme import current_tokens

REACH = 8
"""How far a shadow reaches, in view pixels."""


def draw_shadow(painter: QPainter, rect: QRectF, radius: float = 0.0) -> None:
    """Draws rings around ``rect`` that grow fainter outwards, a little deeper than wide."""
    strength = 34 if current_tokens().dark else 16
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ring in range(REACH):
        share = (1.0 - ring / REACH) ** 2
        painter.setPen(QPen(QColor(0, 0, 0, round(strength * share)), 1.0))
        grown = rect.adjusted(-ring - 0.5, -ring + 0.5, ring + 0.5, ring + 1.5)
        painter.drawRoundedRect(grown, radius + ring, radius + ring)
    painter.restore()
