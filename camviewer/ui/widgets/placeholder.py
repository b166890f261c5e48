"""Says in place of a list why it is empty, and what fills it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from camviewer.ui.style import theme

_ICON = QSize(28, 28)
_WORDS_WIDTH = 460


class Placeholder(QFrame):
    """An icon, a sentence and what to do, in the middle of a frame like a list's.

    Args:
        icon: one of Lucide's names; empty for none.
        parent: Qt's.
    """

    def __init__(self, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "well")
        self._icon_name = icon
        self._icon = QLabel(self)
        self._title = QLabel(self)
        self._words = QLabel(self)
        self._words.setProperty("role", "muted")
        self._words.setMaximumWidth(_WORDS_WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(8)
        layout.addStretch(1)
        for label in (self._icon, self._title, self._words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(label is not self._icon)
            layout.addLayout(_middle(label))
        self._title.setStyleSheet("font-weight: 600;")
        layout.addStretch(1)
        self._draw_icon()
        theme.notifier().changed.connect(self._draw_icon)

    @property
    def words(self) -> str:
        """All that is said."""
        return f"{self._title.text()} {self._words.text()}".strip()

    def say(self, title: str, words: str = "") -> None:
        """Says another sentence, and what to do."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self.setAccessibleName(self.words)

    def _draw_icon(self) -> None:
        self._icon.setVisible(bool(self._icon_name))
        if self._icon_name:
            drawn = theme.icon(self._icon_name, "muted", _ICON.width())
            self._icon.setPixmap(drawn.pixmap(_ICON, self.devicePixelRatioF()))


def _middle(label: QLabel) -> QHBoxLayout:
    """A row with a label in the middle, as wide as it may be."""
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(label, 1000)
    row.addStretch(1)
    return row
