"""The way back to the place in a run that a picture or its stored map was opened from."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from camviewer.ui.style import theme, tr
from camviewer.ui.widgets.plain_text import in_tip


class BackBar(QWidget):
    """A line above the picture; hidden until it is told what came from a run.

    Signals:
        back: the user wants to go back.

    Args:
        parent: Qt's.
        choice: a button at the right; the words are wrapped beside it.
    """

    back = Signal()

    def __init__(self, parent: QWidget | None = None, choice: QPushButton | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self.setAutoFillBackground(True)
        self._back = QPushButton(tr("‹ Review"), self)
        self._back.setProperty("kind", "ghost")
        self._back.setToolTip(tr("Back to the same place (Alt+Left)"))
        self._back.clicked.connect(self.back)
        self._words = QLabel(self)
        self._words.setProperty("role", "muted")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 12, 4)
        layout.setSpacing(8)
        layout.addWidget(self._back)
        layout.addWidget(self._words, 1)
        if choice is not None:
            self._words.setWordWrap(True)
            layout.addWidget(choice)
        self.hide()

    @property
    def button(self) -> QPushButton:
        """Goes back."""
        return self._back

    @property
    def words(self) -> str:
        """What is said beside the button."""
        return self._words.text()

    def say(self, words: str) -> None:
        """Shows itself, and says what came from where."""
        self._words.setText(words)
        self._words.setToolTip(in_tip(words))
        theme.restyle(self)
        self.show()
