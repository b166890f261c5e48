"""A field for tags with commas between them, which are completed from earlier ones."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from camviewer.engine.assessments import joined_tags, split_tags
from camviewer.ui.style import tr


class TagField(QLineEdit):
    """A line of tags; Enter takes it, Esc takes it and leaves.

    Signals:
        said: (added tags, removed tags) against what was shown.
        left: the keyboard is to go back to where it was.
    """

    said = Signal(object, object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[str, ...] = ()
        self._known = QStringListModel(self)
        completer = _LastTagCompleter(self._known, self)
        self.setCompleter(completer)
        self.setAccessibleName(tr("Tags"))
        self.setPlaceholderText(tr("Tags, with commas"))
        self.editingFinished.connect(self.hand_out)

    def set_known(self, tags: Sequence[str]) -> None:
        """Takes the tags that there are, the most frequent first."""
        if list(tags) != self._known.stringList():
            self._known.setStringList(list(tags))

    def show_tags(self, tags: tuple[str, ...]) -> None:
        """Shows tags that are known already; what is being typed stays."""
        if not self.isModified() or not self.hasFocus():
            self._shown = tags
            self.setText(joined_tags(tags))
            self.setModified(False)

    def hand_out(self) -> None:
        """Hands out what was typed."""
        tags, shown = split_tags(self.text()), self._shown
        self.setModified(False)
        if tags != shown:
            self._shown = tags
            self.said.emit(
                tuple(tag for tag in tags if tag not in shown),
                tuple(tag for tag in shown if tag not in tags),
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
        super().keyPressEvent(event)
        if event.key() in keys:
            self.hand_out()
            self.left.emit()
            event.accept()


class _LastTagCompleter(QCompleter):
    """Completes what stands behind the last comma."""

    def __init__(self, known: QStringListModel, field: TagField) -> None:
        super().__init__(known, field)
        self._field = field
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchStartsWith)

    def splitPath(self, path: str) -> list[str]:
        return [path.rpartition(",")[2].lstrip()]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        if not index.isValid():
            return ""
        before, comma, _ = self._field.text().rpartition(",")
        return f"{before}{comma}{' ' if comma else ''}{index.data()}"
