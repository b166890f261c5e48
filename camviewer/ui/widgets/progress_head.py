"""Says at the head of a page what long work does now, how far it is, and what is left."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from camviewer.ui.style import tr
from camviewer.ui.widgets.share_bar import ShareBar


class ProgressHead(QWidget):
    """A title, a bar, and a line below it.

    Args:
        name: of the bar, for screen readers.
        parent: Qt's.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel(self)
        self._words = QLabel(self)
        self._bar = ShareBar(name, self)
        self._title_when_resumed: str | None = None
        """None unless the work is paused."""
        self._title.setStyleSheet("font-weight: 600;")
        self._words.setProperty("role", "hint")
        for label in (self._title, self._words):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._bar.setFixedHeight(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self._title, self._bar, self._words):
            layout.addWidget(widget)

    @property
    def title(self) -> str:
        """What is going on."""
        return self._title.text()

    @property
    def words(self) -> str:
        """The line below the bar."""
        return self._words.text()

    def begin(self, title: str) -> None:
        """Shows work of which it is not known how far it is."""
        self._title_when_resumed = None
        self._say(title, "")
        self._words.show()
        self._bar.wait()
        self._bar.show()

    def say(self, title: str, words: str) -> None:
        """Says what is going on; while the work is paused, once it goes on."""
        if self._title_when_resumed is None:
            self._say(title, words)
        else:  # what was at work when it was paused
            self._title_when_resumed = title

    def show_share(self, share: float) -> None:
        """Shows how far the work is, 0 to 1."""
        self._bar.show_share(share)

    def pause(self, words: str) -> None:
        """Says that the work is paused."""
        self._title_when_resumed = self.title
        self._say(tr("Paused"), words)

    def resume(self, words: str = "") -> None:
        """Says again what is going on."""
        title, self._title_when_resumed = self._title_when_resumed, None
        self._say(self.title if title is None else title, words)

    def end(self, title: str, words: str) -> None:
        """Says how it ended."""
        self._title_when_resumed = None
        self._say(title, words)
        self._words.setVisible(bool(words))
        self._bar.hide()

    def _say(self, title: str, words: str) -> None:
        self._title.setText(title)
        self._words.setText(words)
