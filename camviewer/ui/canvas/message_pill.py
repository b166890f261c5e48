"""A short sentence upon the canvas, instead of colours that would mean nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from camviewer.ui.canvas import shadow
from camviewer.ui.style import theme

_PADDING_X = 14
_PADDING_Y = 7


class MessagePill(QWidget):
    """Text on a small floating card; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._label.setWordWrap(True)
        row = QHBoxLayout(self)
        beside, above = shadow.REACH + _PADDING_X, shadow.REACH + _PADDING_Y
        row.setContentsMargins(beside, above, beside, above)
        row.addWidget(self._label)
        self.hide()
        theme.notifier().changed.connect(self.update)

    @property
    def text(self) -> str:
        """What it says; empty when it is hidden."""
        return self._label.text()

    def say(self, text: str) -> None:
        """Shows a sentence, or nothing when it is empty."""
        self._label.setText(text)
        self.setVisible(bool(text))

    def place_in(self, width: int, height: int) -> None:
        """Floats at the top, in the middle of an area."""
        self.setMaximumHeight(height)
        around = 2 * (shadow.REACH + _PADDING_X)
        wide = self._label.fontMetrics().horizontalAdvance(self.text) + 4
        wide = min(wide, max(width - around - 32, 80))
        tall = self._label.heightForWidth(wide) + 2 * (shadow.REACH + _PADDING_Y)
        self.setGeometry((width - wide - around) // 2, 12 - shadow.REACH, wide + around, tall)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        shadow.draw_card(self)
