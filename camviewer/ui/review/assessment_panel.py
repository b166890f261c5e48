"""Asks what the reviewer says of the chosen pictures: judgement, tags and note."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine.assessments import Assessment, Judgement
from camviewer.ui.review.judgement_marks import JUDGEMENTS, TAKE_AWAY_KEY
from camviewer.ui.review.note_field import NoteField
from camviewer.ui.review.tag_field import TagField
from camviewer.ui.style import set_icon, tr, whole

_PLACES = {
    Judgement.RIGHT_REASON: (0, 0, 1, 2),
    Judgement.WRONG_REASON: (1, 0, 1, 2),
    Judgement.WRONG: (2, 0, 1, 1),
    Judgement.UNSURE: (2, 1, 1, 1),
}
"""Row, column, and how many of them each button takes."""


class AssessmentPanel(QWidget):
    """Four buttons, a line of tags and a note, for one picture or several.

    Signals:
        judged: (Judgement or None) by a button; None takes the judgement away.
        tagged: (added tags, removed tags).
        noted: (text) the whole note.
        left: the keyboard is to go back to the gallery.
        signing_requested: the reviewer wants to sign, or not to any more.
        going_on_changed: (bool) whether a judgement goes on to the next picture.
    """

    judged = Signal(object)
    tagged = Signal(object, object)
    noted = Signal(str)
    left = Signal()
    signing_requested = Signal()
    going_on_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._progress = QLabel(self)
        self._buttons = {judgement: _button(judgement, self) for judgement in JUDGEMENTS}
        self.tags = TagField(self)
        self.note = NoteField(self)
        self._state = QLabel(self)
        self._options = QToolButton(self)
        self.go_on = QAction(tr("Go to the next picture after judging"), self)
        self.sign = QAction(tr("Sign with a name…"), self)
        self._build()
        self.show_assessments(())

    @property
    def progress_words(self) -> str:
        """How many pictures are judged."""
        return self._progress.text()

    @property
    def state_words(self) -> str:
        """Whether all is kept."""
        return self._state.text()

    @property
    def options_button(self) -> QToolButton:
        """Opens the options of judging."""
        return self._options

    def button(self, judgement: Judgement) -> QPushButton:
        """Gives a judgement."""
        return self._buttons[judgement]

    def show_assessments(self, said: Sequence[Assessment]) -> None:
        """Shows what is said of the chosen pictures: of several, what is said of all.

        What was typed is handed out before other pictures are shown.
        """
        judgements = {one.judgement for one in said}
        common = judgements.pop() if len(judgements) == 1 else None
        for judgement, button in self._buttons.items():
            button.setChecked(judgement == common)
            button.setEnabled(bool(said))
        first = said[0].tags if said else ()
        self.tags.show_tags(tuple(t for t in first if all(t in one.tags for one in said)))
        self.tags.setEnabled(bool(said))
        self.note.show_note(said[0].note if len(said) == 1 else "")
        self.note.setEnabled(len(said) == 1)
        self.note.setPlaceholderText(
            tr("A note is of one picture.") if len(said) > 1 else tr("What should be known of it")
        )

    def hand_out(self) -> None:
        """Hands out what was typed and is not handed out yet."""
        self.tags.hand_out()
        self.note.hand_out()

    def show_progress(self, judged: int, pictures: int) -> None:
        """Says how many of the pictures in view are judged."""
        words = tr("{judged} of {count} judged")
        self._progress.setText(words.format(judged=whole(judged), count=whole(pictures)))

    def show_state(self, words: str, trouble: str) -> None:
        """Says whether all is kept; what is wrong stands in the tooltip."""
        self._state.setText(words)
        self._state.setToolTip(trouble)

    def _build(self) -> None:
        head = QLabel(tr("Judgement"), self)
        head.setProperty("role", "head")
        self._progress.setProperty("role", "hint")
        self._state.setProperty("role", "hint")
        for action in (self.go_on, self.sign):
            action.setCheckable(True)
        self.go_on.toggled.connect(self.going_on_changed)
        self.sign.triggered.connect(self.signing_requested)
        menu = QMenu(self._options)
        menu.addActions([self.go_on, self.sign])
        self._options.setMenu(menu)
        self._options.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._options.setAccessibleName(tr("Options of judging"))
        self._options.setToolTip(tr("Options of judging"))
        set_icon(self._options, "settings-2", "muted")
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(head)
        top.addStretch(1)
        top.addWidget(self._options)
        grid = QGridLayout()
        grid.setSpacing(4)
        for judgement, button in self._buttons.items():
            grid.addWidget(button, *_PLACES[judgement])
            button.clicked.connect(partial(self._pressed, judgement))
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        self.tags.setToolTip(tr("Own tags, with commas between them (T)"))
        self.note.setToolTip(tr("A note on this picture (N); Esc goes back to the pictures"))
        self.tags.said.connect(self.tagged)
        self.note.said.connect(self.noted)
        for field in (self.tags, self.note):
            field.left.connect(self.left)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addLayout(grid)
        layout.addWidget(self.tags)
        layout.addWidget(self.note)
        bottom = QHBoxLayout()
        bottom.addWidget(self._state)
        bottom.addStretch(1)
        bottom.addWidget(self._progress)  # beside the head there is no room for 100,000 pictures
        layout.addLayout(bottom)

    def _pressed(self, judgement: Judgement) -> None:
        self.judged.emit(judgement if self._buttons[judgement].isChecked() else None)


def _button(judgement: Judgement, parent: QWidget) -> QPushButton:
    words = JUDGEMENTS[judgement]
    title = tr(words.title)
    button = QPushButton(title, parent)
    button.setProperty("kind", "judge")
    button.setCheckable(True)
    button.setAccessibleName(title)
    tip = tr("{title} ({key}); {away} takes it away")
    button.setToolTip(tip.format(title=title, key=words.key, away=TAKE_AWAY_KEY))
    cap = QLabel(words.key, button)
    cap.setProperty("role", "key")
    cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    row = QHBoxLayout(button)
    row.setContentsMargins(8, 0, 8, 0)
    row.addWidget(cap, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return button
