"""Judges the chosen pictures: by keys, buttons, tags and notes, with a way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QInputDialog, QLineEdit

from camviewer.engine.assessments import Assessment, Change, Judgement, PictureKey
from camviewer.ui.review.assessment_keeper import AssessmentKeeper
from camviewer.ui.review.host import ReviewHost, RunFacts
from camviewer.ui.review.judgement_marks import JUDGEMENTS, TAKE_AWAY_KEY, said_words
from camviewer.ui.review.queries import CountSaid, SaidCounts
from camviewer.ui.review.workplace import Workplace
from camviewer.ui.state import Settings
from camviewer.ui.style import tr
from camviewer.ui.widgets import wants_to_quit
from camviewer.ui.work.query_thread import QueryClient

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_STEPS_BACK = 500
"""Maximum number of judgements that can be taken back."""


@dataclass(frozen=True)
class _Before:
    """What was said of pictures before a judgement or tags were given."""

    number: int | None
    said: tuple[tuple[PictureKey, str, Assessment], ...]


class Judging(QObject):
    """Turns what the reviewer does into assessments, and shows them.

    Attributes:
        keeper: has what is said.

    Signals:
        tags_known: (tuple of tags) the most frequent first.

    Args:
        parts: the review's widgets.
        counting: counts what is judged.
        settings: remember how one judges.
        parent: Qt's.
    """

    tags_known = Signal(object)

    def __init__(
        self,
        parts: Workplace,
        counting: QueryClient[ReviewHost],
        settings: Settings,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.keeper = AssessmentKeeper(self)
        self._parts = parts
        self._panel = parts.detail.assessment
        self._counting = counting
        self._settings = settings
        self._numbers: NDArray[np.uint32] | None = None
        self._chosen: tuple[tuple[PictureKey, str], ...] = ()
        self._history: list[_Before] = []
        self._connect()

    def open(self, facts: RunFacts) -> None:
        """Takes another run."""
        self._panel.hand_out()
        self._numbers, self._chosen = None, ()
        self._history.clear()
        self.keeper.open(facts.path, self._settings.reviewer)

    def set_numbers(self, numbers: NDArray[np.uint32]) -> None:
        """Takes the rows that are in view."""
        self._numbers = numbers
        self._parts.view_bar.show_outdated(False)
        self._choose()
        self._count()

    def words_of(self, key: PictureKey) -> str:
        """What is said of a picture, in one line; empty when nothing is."""
        return said_words(self.keeper.of(key))

    def judge(self, judgement: Judgement | None) -> None:
        """Judges the chosen pictures; None takes their judgement away."""
        several = len(self._chosen) > 1
        self._change(partial(replace, judgement=judgement))
        if judgement is not None and self._settings.judging_goes_on and not several:
            self._parts.gallery.go_on()

    def undo(self) -> None:
        """Takes the last judgement or tags back, and goes to their picture."""
        if not self._history:
            return
        before = self._history.pop()
        self._say(
            self._changed(key, path, judgement=said.judgement, tags=said.tags)
            for key, path, said in before.said
        )
        if before.number is not None:
            self._parts.gallery.go_to(before.number)

    def may_close(self) -> bool:
        """Whether the program may end; asks when something that was said cannot be kept."""
        self._panel.hand_out()
        lost = self.keeper.keep_now()
        return lost is None or wants_to_quit(
            self._parts,
            tr("Judgements are not kept"),
            tr("{reason} Quit all the same, and lose what was said last?").format(
                reason=lost.message
            ),
        )

    def stop(self) -> None:
        """Keeps what was typed, and ends the thread."""
        self._panel.hand_out()
        self.keeper.stop()

    # -- what is chosen --------------------------------------------------------------------------

    def _choose(self) -> None:
        """Shows what is said of the pictures that are chosen now."""
        self._panel.hand_out()
        gallery = self._parts.gallery
        numbers = gallery.selected_numbers
        if not numbers and gallery.current_number is not None:
            numbers = (gallery.current_number,)
        known = self._numbers is not None
        self._chosen = gallery.cards.keys_and_paths(numbers) if known else ()
        self._show()

    def _show(self) -> None:
        self._panel.show_assessments([self.keeper.of(key) for key, _ in self._chosen])

    # -- what is said ----------------------------------------------------------------------------

    def _change(self, new: Callable[[Assessment], Assessment]) -> None:
        before = tuple((key, path, self.keeper.of(key)) for key, path in self._chosen)
        changes = [Change(key, path, said, new(said)) for key, path, said in before]
        if any(not change.wanted.says_as(change.known) for change in changes):
            number = self._parts.gallery.current_number
            self._history = [*self._history[1 - _STEPS_BACK :], _Before(number, before)]
            self._say(changes)

    def _tag(self, added: tuple[str, ...], removed: tuple[str, ...]) -> None:
        def tagged(said: Assessment) -> Assessment:
            kept = (tag for tag in said.tags if tag not in removed)
            return replace(said, tags=tuple(dict.fromkeys((*kept, *added))))

        self._change(tagged)

    def _note(self, words: str) -> None:
        self._say(self._changed(key, path, note=words) for key, path in self._chosen)

    def _say(self, changes: Iterable[Change]) -> None:
        """Says something, after which the view may be outdated."""
        from camviewer.engine.review.filters import is_of_reviewers  # noqa: PLC0415  (start-up)

        self.keeper.say(changes)
        parts = self._parts
        asks = any(map(is_of_reviewers, parts.filters.filters))
        parts.view_bar.show_outdated(asks or parts.view_bar.sort == "judgement")

    def _changed(self, key: PictureKey, path: str, **fields: object) -> Change:
        said = self.keeper.of(key)
        return Change(key, path, said, replace(said, **fields))  # type: ignore[arg-type]

    # -- what is shown ---------------------------------------------------------------------------

    def _said_changed(self) -> None:
        self._show()
        self._parts.gallery.viewport().update()
        self._count()

    def _count(self) -> None:
        numbers = self._numbers
        if numbers is not None:
            self._counting.ask(
                CountSaid(numbers, self.keeper.said),
                lambda counts: self._show_counts(counts, len(numbers)),
            )

    def _show_counts(self, counts: SaidCounts, pictures: int) -> None:
        self._panel.show_progress(counts.judged, pictures)
        self._panel.tags.set_known(counts.tags)
        self.tags_known.emit(counts.tags)

    def _kept_changed(self, kept: bool) -> None:
        trouble = self.keeper.trouble
        words = tr("Kept") if kept else tr("Not kept yet") if trouble else tr("Keeping…")
        self._panel.show_state(words, trouble)

    # -- options ---------------------------------------------------------------------------------

    def _ask_for_name(self) -> None:
        name, given = QInputDialog.getText(
            self._parts,
            tr("Sign judgements"),
            tr(
                "Your name is kept with each judgement from now on. Leave it empty to sign no more."
            ),
            QLineEdit.EchoMode.Normal,
            self._settings.reviewer,
        )
        if given:
            self._settings.set_reviewer(name.strip())
            self.keeper.sign(name.strip())
        self._panel.sign.setChecked(bool(self._settings.reviewer))

    def _connect(self) -> None:
        parts, panel, keeper = self._parts, self._panel, self.keeper
        parts.gallery.cards.set_assessments(keeper.of)
        parts.gallery.current_moved.connect(lambda _number: self._choose())
        parts.gallery.selection_moved.connect(self._choose)
        panel.judged.connect(self.judge)
        panel.tagged.connect(self._tag)
        panel.noted.connect(self._note)
        panel.left.connect(lambda: parts.gallery.setFocus(Qt.FocusReason.OtherFocusReason))
        panel.go_on.setChecked(self._settings.judging_goes_on)
        panel.sign.setChecked(bool(self._settings.reviewer))
        panel.going_on_changed.connect(self._settings.set_judging_goes_on)
        panel.signing_requested.connect(self._ask_for_name)
        keeper.changed.connect(self._said_changed)
        keeper.kept_changed.connect(self._kept_changed)
        keeper.troubled.connect(parts.notice.show_error)
        keeper.told.connect(parts.notice.show_info)
        keys: dict[str | QKeySequence.StandardKey, Callable[[], object]] = {
            words.key: partial(self.judge, judgement) for judgement, words in JUDGEMENTS.items()
        }
        keys |= {
            TAKE_AWAY_KEY: partial(self.judge, None),
            QKeySequence.StandardKey.Undo: self.undo,
            "N": panel.note.setFocus,
            "T": panel.tags.setFocus,
        }
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), parts)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
