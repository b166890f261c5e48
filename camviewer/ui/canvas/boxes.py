"""Turns boxes of the engine into rectangles of Qt."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from camviewer.engine.geometry import Box


def rectangle(box: Box) -> QRectF:
    """The same rectangle for Qt."""
    return QRectF(box.left, box.top, box.width, box.height)
