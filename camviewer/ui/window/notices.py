"""Says in the notice what went wrong, and what is to be known of a picture or a map."""

from __future__ import annotations

from PySide6.QtCore import QObject

from camviewer.engine.results.messages import Explanation
from camviewer.engine.results.notes import NoteKind, Severity
from camviewer.ui.pictures.range_question import CHOOSE, KEEP, RangeQuestion
from camviewer.ui.state.explorer import Exploration
from camviewer.ui.style import tr
from camviewer.ui.widgets.notice import Notice
from camviewer.ui.work.model_answers import ModelReady
from camviewer.ui.work.picture_client import LoadedPicture


class Notices(QObject):
    """Fills the notice over the picture.

    Args:
        notice: is filled.
        exploration: tells what is looked at.

    Attributes:
        range_question: is asked with what is said of a map whose range of values is assumed.
    """

    def __init__(self, notice: Notice, exploration: Exploration) -> None:
        super().__init__(notice)
        self.range_question = RangeQuestion(notice.window(), exploration)
        self._is_asking = False
        self._notice = notice
        self._exploration = exploration
        self._told: tuple[str, ...] = ()
        self._said = ""
        """What the notice said of the map on screen."""
        exploration.model_ready.connect(self._tell_model)
        exploration.picture_shown.connect(self._tell_picture)
        exploration.explanation_changed.connect(self._tell_map)
        exploration.failed.connect(notice.show_error)
        notice.closed.connect(self._closed)
        # Qt gives a key that several wait for to none of the actions among them.
        exploration.work_changed.connect(notice.leave_escape)

    def _tell_model(self, ready: ModelReady) -> None:
        info = ready.info
        if info.is_for_this_run and info.remarks:
            words = tr("{title} was opened for this run only.").format(title=info.title)
            self._notice.show_info(words, " ".join(info.remarks))

    def _tell_picture(self, loaded: LoadedPicture) -> None:
        self._told, self._is_asking = (), False
        self._notice.hide()
        notes = _notes_of(loaded)
        if notes:
            self._notice.show_info(loaded.image.name, " ".join(notes))

    def _tell_map(self, explanation: Explanation | None) -> None:
        """Says what else is to be known about a map, once for maps that share it."""
        if explanation is None:
            return
        others = [note for note in explanation.notes if note.kind is not NoteKind.EVIDENCE]
        notes = tuple(note.text for note in others)
        if notes == self._told:
            return
        self._told = notes
        picture = self._exploration.picture
        # What is said of the picture at this moment is not to be lost under what the map adds.
        is_shown = picture is not None and self._notice.isVisible()
        of_picture = _notes_of(picture) if picture is not None and is_shown else ()
        if notes:
            warns = any(note.severity is Severity.WARNING for note in others)
            hint = "\n".join((*notes[1:], *of_picture))
            self._is_asking = self.range_question.is_open
            if self._is_asking:
                ask = self.range_question.ask
                self._notice.show_choice(notes[0], hint, tr(CHOOSE), ask, decline=tr(KEEP))
            elif warns:
                self._notice.show_error(notes[0], hint)
            else:
                self._notice.show_info(notes[0], hint)
            self._said = self._notice.text
        elif self._notice.text == self._said:
            self._notice.dismiss()

    def _closed(self) -> None:
        """A question that was closed is answered: things stay as they are."""
        if self._is_asking:
            self._is_asking = False
            self.range_question.keep()


def _notes_of(loaded: LoadedPicture) -> tuple[str, ...]:
    """What is to be known of a picture; the bar below a file's page says which one it is."""
    image = loaded.image
    has_bar = image.pages > 1
    return tuple(note for note in image.notes if not has_bar or note != image.page_note)
