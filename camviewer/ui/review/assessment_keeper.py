"""Holds what is said of the run's pictures, and has it kept on the disk by a thread of its own."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from camviewer.engine.assessments import (
    NO_ASSESSMENT,
    Assessment,
    AssessmentStore,
    Change,
    Overwritten,
    PictureKey,
)
from camviewer.engine.errors import CamviewerError
from camviewer.ui.review.assessment_queries import (
    AssessmentHost,
    Left,
    ReadAnswer,
    ReadAssessments,
    SaveAnswer,
    SaveAssessments,
    SaveLeft,
)
from camviewer.ui.style import tr
from camviewer.ui.work.query_thread import QueryClient

_log = logging.getLogger(__name__)

_RETRY_MS = 5000
"""Interval in ms at which what could not be kept is tried again."""
_POLL_MS = 2000
"""Interval in ms at which is looked for what other programs said."""


class AssessmentKeeper(QObject):
    """What is said, as the window has it; the file follows.

    Changes that wait go to the thread together, one batch after the other. What cannot be kept
    stays here and is tried again.

    Signals:
        changed: something else is said of some picture.
        kept_changed: (bool) whether all is on the disk.
        troubled: (message, hint) why something is not.
        told: (message, hint) what is good to know.
    """

    changed = Signal()
    kept_changed = Signal(bool)
    troubled = Signal(str, str)
    told = Signal(str, str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._client = QueryClient[AssessmentHost]("assessments", AssessmentHost(), self)
        self._store: AssessmentStore | None = None
        self._said: dict[PictureKey, Assessment] = {}
        self._waiting: dict[PictureKey, Change] = {}
        self._under_way: dict[PictureKey, Change] = {}
        self._left: list[Left] = []
        self._stamp: tuple[int, int, int] | None = None
        self._trouble = ""
        self._retry = QTimer(self, singleShot=True, interval=_RETRY_MS)
        self._retry.timeout.connect(self._try_again)
        self._poll = QTimer(self, interval=_POLL_MS)
        self._poll.timeout.connect(self.look_again)
        self._client.start()

    @property
    def said(self) -> Mapping[PictureKey, Assessment]:
        """All that is said, kept already or not; a copy for other threads."""
        return dict(self._said)

    @property
    def is_kept(self) -> bool:
        """Whether all is on the disk."""
        return not (self._waiting or self._under_way or self._left)

    @property
    def trouble(self) -> str:
        """Why what is said cannot be kept; empty while it can."""
        return self._trouble

    def of(self, key: PictureKey) -> Assessment:
        """What is said of a picture."""
        return self._said.get(key, NO_ASSESSMENT)

    def open(self, folder: Path, reviewer: str) -> None:
        """Takes another run; what waits of the one before is kept first, if it can be."""
        if self._store is not None and self._store.file.parent != folder:
            self._leave(self._store)
        self._store = AssessmentStore(folder, reviewer)
        self._stamp = None
        for one in [left for left in self._left if left.store.file == self._store.file]:
            self._left.remove(one)
            self._waiting |= {change.key: change for change in one.changes}
        self._try_again()
        self.look_again()
        self._poll.start()

    def sign(self, reviewer: str) -> None:
        """Signs with another name from now on; with none when it is empty."""
        if self._store is not None:
            self._store = AssessmentStore(self._store.file.parent, reviewer)

    def say(self, changes: Iterable[Change]) -> None:
        """Takes changes, and has them kept."""
        for change in changes:
            if change.wanted.says_as(change.known):
                continue
            before = self._waiting.get(change.key)
            self._waiting[change.key] = before.followed_by(change) if before else change
            self._hold(change.key, change.wanted)
        self.changed.emit()
        self._send()

    def look_again(self) -> None:
        """Reads what other programs said meanwhile."""
        if self._store is not None and not self._under_way:
            self._client.ask(
                ReadAssessments(self._store, self._stamp), self._read, failed=self._read_failed
            )

    def keep_now(self) -> CamviewerError | None:
        """Keeps all that waits before it returns, for the window to close.

        Returns:
            Why it could not be kept; None when all is.
        """
        rest = self._rest()
        opened = [Left(self._store, rest)] if self._store is not None and rest else []
        for one in (*self._left, *opened):
            try:
                one.store.save(one.changes)
            except CamviewerError as error:
                return error
        self._waiting, self._left = {}, []
        return None

    def stop(self) -> None:
        """Keeps what waits, and ends the thread."""
        self._poll.stop()
        self._retry.stop()
        self._client.stop()
        lost = self.keep_now()
        if lost is not None:
            _log.error("%s What was said last is lost: the window was closed.", lost)

    # -- the thread's answers --------------------------------------------------------------------

    def _leave(self, store: AssessmentStore) -> None:
        """Another run is opened: what is not kept of this one is still to be."""
        self._client.give_up(SaveAssessments)
        if rest := self._rest():
            self._left.append(Left(store, rest))
        self._waiting, self._under_way, self._said = {}, {}, {}
        self._trouble = ""

    def _try_again(self) -> None:
        self._send()
        if self._left:
            one = self._left[0]
            self._client.ask(
                SaveLeft(one.store, one.changes),
                lambda _answer: self._left_saved(one),
                failed=self._left_failed,
            )

    def _left_saved(self, one: Left) -> None:
        self._left = [left for left in self._left if left is not one]
        self.kept_changed.emit(self.is_kept)
        self._try_again()

    def _left_failed(self, message: str, hint: str) -> None:
        self._say_trouble(message, hint)
        self.kept_changed.emit(False)
        self._retry.start()

    def _send(self) -> None:
        if self._store is None or self._under_way or not self._waiting:
            return
        self._retry.stop()
        self._under_way, self._waiting = self._waiting, {}
        self.kept_changed.emit(False)
        query = SaveAssessments(self._store, tuple(self._under_way.values()), self._stamp)
        self._client.ask(query, self._saved, failed=self._save_failed)

    def _saved(self, answer: SaveAnswer) -> None:
        self._under_way = {}
        if answer.stamp is not None:
            self._stamp = answer.stamp  # all that is new in the file is from here
        if self._trouble:
            self._trouble = ""
            self.told.emit(tr("The judgements are kept now."), "")
        self._tell_aside(answer.aside)
        for key, now in answer.saved.now.items():
            waiting = self._waiting.get(key)
            if waiting is None:
                self._hold(key, now)
        self._tell_overwritten(answer.saved.overwritten)
        self.changed.emit()
        self.kept_changed.emit(self.is_kept)
        self._send()

    def _save_failed(self, message: str, hint: str) -> None:
        for key, change in self._under_way.items():
            later = self._waiting.get(key)
            self._waiting[key] = change if later is None else change.followed_by(later)
        self._under_way = {}
        self._say_trouble(message, hint)
        self.kept_changed.emit(False)
        self._retry.start()

    def _read(self, answer: ReadAnswer | None) -> None:
        if self.is_kept:
            self._trouble = ""
        if answer is None or self._store is None:
            return
        if answer.store.file != self._store.file:
            return
        self._stamp = answer.stamp
        if answer.is_gone:
            self._write_anew()
            return
        self._said = dict(answer.said)
        for change in (*self._under_way.values(), *self._waiting.values()):
            self._hold(change.key, change.wanted)
        self._tell_aside(answer.aside)
        self.changed.emit()

    def _write_anew(self) -> None:
        """Somebody removed the file: what is said is kept again."""
        if self._said:
            self.told.emit(
                tr("The file of the judgements was removed, and is written again."),
                tr("To begin anew, remove it while the run is not open."),
            )
        rest = {change.key: change for change in self._rest()}
        again = {key: Change(key, "", NO_ASSESSMENT, said) for key, said in self._said.items()}
        self._waiting = {**again, **rest}
        self._send()

    def _read_failed(self, message: str, hint: str) -> None:
        self._say_trouble(message, hint)

    # -- what is told ----------------------------------------------------------------------------

    def _say_trouble(self, message: str, hint: str) -> None:
        if message != self._trouble:
            self._trouble = message
            kept = tr("What you say meanwhile is kept in this window and tried again.")
            self.troubled.emit(message, f"{hint} {kept}".strip())

    def _tell_aside(self, aside: Path | None) -> None:
        if aside is not None:
            self.troubled.emit(
                tr("The file of the judgements is damaged, and a new one begins."),
                tr(
                    "What was there is now called {name}, and nothing of it was overwritten."
                ).format(name=aside.name),
            )

    def _tell_overwritten(self, overwritten: tuple[Overwritten, ...]) -> None:
        if not overwritten:
            return
        first = overwritten[0]
        self.told.emit(
            tr("Somebody else had said something else of {path} meanwhile: “{words}”.").format(
                path=first.path, words=first.value
            ),
            tr("Yours holds now. What it took the place of is in the file’s table “overwritten”."),
        )

    def _hold(self, key: PictureKey, said: Assessment) -> None:
        if said.is_empty:
            self._said.pop(key, None)
        else:
            self._said[key] = said

    def _rest(self) -> tuple[Change, ...]:
        """What is not on the disk, or not known to be."""
        rest = dict(self._under_way)
        for key, change in self._waiting.items():
            before = rest.get(key)
            rest[key] = change if before is None else before.followed_by(change)
        return tuple(rest.values())
