"""Shows a sentence and what to do about it, on a card."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from camviewer.ui.style import theme, translated

_ICON = QSize(18, 18)


class MessageCard(QFrame):
    """A sentence and what to do about it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._icon = QLabel(self)
        self._words = QLabel(self)
        self._hint = QLabel(self)
        self._icon_name = "circle-alert"
        self._words.setStyleSheet("font-weight: 600;")
        self._hint.setProperty("role", "muted")
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (self._words, self._hint):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        theme.notifier().changed.connect(self._draw_icon)
        self.hide()

    @property
    def words(self) -> str:
        """What is said; empty when nothing is."""
        return "" if self.isHidden() else f"{self._words.text()} {self._hint.text()}".strip()

    def say(self, message: str, hint: str, icon: str = "circle-alert") -> None:
        """Shows a sentence, of the window or of the engine."""
        message, hint = translated(message), translated(hint)
        self._icon_name = icon
        self._draw_icon()
        self._words.setText(message)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.setAccessibleName(f"{message} {hint}".strip())
        self.show()

    def clear(self) -> None:
        """Says nothing."""
        self.hide()

    def _draw_icon(self) -> None:
        role = "muted" if self._icon_name == "info" else "text"
        drawn = theme.icon(self._icon_name, role, _ICON.width())
        self._icon.setPixmap(drawn.pixmap(_ICON, self.devicePixelRatioF()))
