"""Draws the soft shadow under what floats: the picture, the zoom bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from camviewer.ui.style import current_tokens

_CARD_RADIUS = 8.0
REACH = 8
"""Width of a shadow in view pixels."""


def draw_shadow(painter: QPainter, rect: QRectF, radius: float = 0.0) -> None:
    """Draws rings around ``rect`` that grow fainter outwards, a little deeper than wide."""
    strength = 34 if current_tokens().dark else 16
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, radius > 0)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ring in range(REACH):
        colour = QColor(0, 0, 0, round(strength * (1.0 - ring / REACH) ** 2))
        grown = rect.adjusted(-ring - 0.5, -ring + 0.5, ring + 0.5, ring + 1.5)
        painter.setPen(QPen(colour, 1.0))
        if radius > 0:
            painter.drawRoundedRect(grown, radius + ring, radius + ring)
        else:
            _fill_ring(painter, grown, colour)
    painter.restore()


def draw_card(widget: QWidget) -> None:
    """Paints a widget as a floating card: a shadow within its edge, and the panel upon it."""
    tokens = current_tokens()
    card = QRectF(widget.rect()).adjusted(REACH, REACH, -REACH, -REACH)
    painter = QPainter(widget)
    draw_shadow(painter, card, _CARD_RADIUS)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(tokens.colour("panel"))
    painter.setPen(QPen(tokens.colour("line"), 1.0))
    painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), _CARD_RADIUS, _CARD_RADIUS)
    painter.end()


def _fill_ring(painter: QPainter, ring: QRectF, colour: QColor) -> None:
    """Four thin rectangles: a stroked path as large as the picture costs more than the picture."""
    outer, inner = ring.adjusted(-0.5, -0.5, 0.5, 0.5), ring.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.fillRect(QRectF(outer.left(), outer.top(), outer.width(), 1.0), colour)
    painter.fillRect(QRectF(outer.left(), inner.bottom(), outer.width(), 1.0), colour)
    painter.fillRect(QRectF(outer.left(), inner.top(), 1.0, inner.height()), colour)
    painter.fillRect(QRectF(inner.right(), inner.top(), 1.0, inner.height()), colour)
