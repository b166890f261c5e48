"""A field for a note that is handed out while it is typed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from camviewer.ui.style import tr

_WHILE_TYPING_MS = 400
"""Longest time in ms between a keystroke and its being handed out."""
_SENTENCE_ENDS = ".!?…\n"
_LINES = 3


class NoteField(QPlainTextEdit):
    """A few lines of words; Esc or Ctrl+Enter leaves it.

    Signals:
        said: (text) the whole note: at a sentence's end, on leaving, and at most 0.4 s after a key.
        left: the keyboard is to go back to where it was.
    """

    said = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._handed_out = ""
        self._soon = QTimer(self, singleShot=True, interval=_WHILE_TYPING_MS)
        self._soon.timeout.connect(self.hand_out)
        self.setTabChangesFocus(True)
        self.setAccessibleName(tr("Note"))
        self.textChanged.connect(self._changed)

    def show_note(self, words: str) -> None:
        """Shows a note that is known already, unless words on screen are on their way."""
        if not self.is_handed_out:
            return
        self._handed_out = words
        if words != _meant(self.toPlainText()):
            self.setPlainText(words)

    def hand_out(self) -> None:
        """Hands out what is not yet."""
        self._soon.stop()
        words = _meant(self.toPlainText())
        if words != self._handed_out:
            self._handed_out = words
            self.said.emit(words)

    @property
    def is_handed_out(self) -> bool:
        """Whether every key that was pressed is handed out."""
        return _meant(self.toPlainText()) == self._handed_out

    def sizeHint(self) -> QSize:
        return QSize(120, _LINES * self.fontMetrics().lineSpacing() + 20)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape or (enter and ctrl):
            self.hand_out()
            self.left.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.hand_out()
        super().focusOutEvent(event)

    def _changed(self) -> None:
        if self.is_handed_out:
            return
        cursor = self.textCursor()
        before = self.toPlainText()[: cursor.position()]
        if before.endswith(tuple(_SENTENCE_ENDS)):
            self.hand_out()
        elif not self._soon.isActive():  # not put off by each key: a fast typist never pauses
            self._soon.start()


def _meant(text: str) -> str:
    """The note that a text is: nothing, where there is only space."""
    return text if text.strip() else ""
