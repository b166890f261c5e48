"""Steps of the arrow keys, and tips about the part of a widget that is under the pointer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget

from camviewer.ui.widgets.plain_text import in_tip

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
"""Steps (to the right, down) of the arrow keys."""


def show_tip(event: QHelpEvent, words: str, widget: QWidget) -> None:
    """Says what is under the pointer; where there are no words, the tip before goes away."""
    if words:
        QToolTip.showText(event.globalPos(), in_tip(words), widget)
    else:
        QToolTip.hideText()
