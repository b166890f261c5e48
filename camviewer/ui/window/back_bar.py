"""The way back to the place in a run that a picture was opened from."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from camviewer.ui.style import theme


class BackBar(QWidget):
    """A line above the picture; hidden unless the picture came from a run.

    Signals:
        back: the user wants to go back.
    """

    back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self.setAutoFillBackground(True)
        self._back = QPushButton("‹ Review", self)
        self._back.setProperty("kind", "ghost")
        self._back.setToolTip("Back to the same place (Alt+Left)")
        self._back.clicked.connect(self.back)
        self._words = QLabel(self)
        self._words.setProperty("role", "muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 12, 4)
        layout.setSpacing(8)
        layout.addWidget(self._back)
        layout.addWidget(self._words, 1)
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
        self._words.setToolTip(words)
        theme.restyle(self)
        self.show()
