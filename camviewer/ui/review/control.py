"""Runs the review: asks its threads, and hands their answers to its widgets."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from camviewer.engine.render import Look
from camviewer.ui.review.comparing import Comparing
from camviewer.ui.review.confidence import ConfidenceOfRun
from camviewer.ui.review.detail_panel import PICTURE as LARGE_PICTURE
from camviewer.ui.review.exporting import SelectionExport
from camviewer.ui.review.host import ReviewHost, RunFacts
from camviewer.ui.review.judging import Judging
from camviewer.ui.review.overview_control import OverviewControl
from camviewer.ui.review.queries import FindRows, OpenRun, ReadDetail, ReadMore, RowDetail
from camviewer.ui.review.row_words import facts_words
from camviewer.ui.review.selection import SelectionCommands
from camviewer.ui.review.thumbnail_pool import ThumbnailPool
from camviewer.ui.review.workplace import Workplace
from camviewer.ui.state import Settings
from camviewer.ui.style import tr
from camviewer.ui.work.query_thread import QueryClient

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from camviewer.engine.picture.eye_choice import EyeChoice
    from camviewer.engine.review import Filter

_SETTLE_MS = 25
"""Delay in ms until a row's numbers and large picture are asked for, because what only passes by
needs none."""
_POLL_MS = 2000
"""Interval in ms at which a run that goes on is asked for new rows."""


class ReviewControl(QObject):
    """The review of one run.

    Attributes:
        workplace: its widgets.
        client: asks the thread that reads and finds rows, which takes a moment.
        counting: asks the one that counts and averages over all rows, which may take seconds.
        judging: has what reviewers say.
        exporting: saves the selected rows.
        selection: opens the selected pictures, or asks for a report of them.
        comparing: compares the open run with another one.
        confidence: shows how far the model's confidence keeps its word.

    Signals:
        opened: (RunFacts) a run was opened.
        picture_wanted: (RowDetail) a picture is to be shown with exactly its map.

    Args:
        look: how maps are coloured; its range is not used.
        settings: remember how one judges.
        parent: the window.
        workplace: its widgets, where some of them are made already.
    """

    opened = Signal(object)
    picture_wanted = Signal(object)

    def __init__(
        self,
        look: Look,
        settings: Settings,
        parent: QWidget,
        workplace: Workplace | None = None,
    ) -> None:
        super().__init__(parent)
        self.workplace = workplace or Workplace(parent)
        while self.workplace.make_piece():
            pass
        self._host = ReviewHost()
        """Has the run; only ``client`` may open runs, the other threads read its rows."""
        self.client = QueryClient[ReviewHost]("review", self._host, self)
        self.counting = QueryClient[ReviewHost]("review counts", self._host, self)
        self.judging = Judging(self.workplace, self.counting, settings, self)
        self.exporting = SelectionExport(self.workplace, self._host, lambda: self.look, self)
        self._pool = ThumbnailPool(self._host, self)
        self._look = look
        self._facts: RunFacts | None = None
        self._waiting: RunFacts | None = None
        """The run with the rows that came meanwhile; the next view shows them."""
        self._shown_of = 0
        """How many pictures were read when the rows on screen were found."""
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._ask_detail)
        self._poll = QTimer(self)
        self._poll.setInterval(_POLL_MS)
        self._poll.timeout.connect(self._look_for_more)
        self._overview = OverviewControl(
            self.workplace, self.counting, self._pool, lambda: self.look
        )
        self.selection = SelectionCommands(self.workplace, self.client, self.judging.keeper.of)
        self.comparing = Comparing(self.workplace, self.client, self.counting, self._compared)
        self.confidence = ConfidenceOfRun(self.workplace, self.counting)
        self._connect()

    @property
    def facts(self) -> RunFacts | None:
        """The open run; None when none is."""
        return self._facts

    @property
    def look(self) -> Look:
        """How maps are coloured, with the range that they share."""
        facts = self._facts
        end = None if facts is None or not facts.colour_end > 0.0 else facts.colour_end
        signed = facts is not None and facts.signed
        return replace(self._look, signed=signed, fixed_high=end)

    def open(self, path: Path) -> None:
        """Opens a run; the one before stays until it is there."""
        self._poll.stop()
        self.client.ask(OpenRun(path), self._opened, failed=self._open_failed)

    def set_look(self, look: Look) -> None:
        """Colours maps in another way."""
        if replace(look, fixed_high=None) != replace(self._look, fixed_high=None):
            self._look = look
            if self._facts is not None:
                self._apply_look()

    def set_eye(self, eye: EyeChoice | None) -> None:
        """Shows pictures with other values from black to white; as they are opened when None."""
        if eye != self.exporting.eye:
            self.exporting.eye = eye
            self._pool.set_eye(eye)
            if self._facts is not None:
                self._apply_look()

    def stop(self) -> None:
        """Ends the threads."""
        self._poll.stop()
        self._settle.stop()
        self.judging.stop()
        self._pool.stop()
        self.counting.stop()
        self.client.stop()

    # -- a run is opened, and goes on ------------------------------------------------------------

    def _opened(self, facts: RunFacts) -> None:
        self._show_anew(facts)
        self.opened.emit(facts)

    def _compared(self, facts: RunFacts) -> None:
        """Shows two runs side by side, or the first of them alone again."""
        from camviewer.engine.review.filters_of_two import IN_BOTH  # noqa: PLC0415  (start-up)

        self._poll.stop()
        two = facts.compared is not None
        self._show_anew(facts, *((IN_BOTH,) if two else ()), sort="moved" if two else "path")

    def _show_anew(self, facts: RunFacts, *filters: Filter, sort: str = "") -> None:
        self.workplace.notice.dismiss()
        self.workplace.detail.clear()
        self._overview.clear()
        self._facts = self._waiting = None
        self._shown_of = 0
        self.judging.open(facts)
        self.workplace.gallery.cards.set_numbers(None)
        self._take(facts)
        self.workplace.filters.set_filters(filters)
        if sort:
            self.workplace.view_bar.choose(sort)
        self.workplace.show_run()
        self._find()

    def _open_failed(self, message: str, hint: str) -> None:
        self.workplace.notice.show_error(message, hint)
        if self._facts is not None and not self._facts.is_complete:
            self._poll.start()

    def _take(self, facts: RunFacts) -> None:
        """Takes what is known of the run now; the rows on screen stay as they are."""
        rescaled = (
            self._facts is None
            or facts.reading != self._facts.reading
            or (facts.colour_end != self._facts.colour_end)
        )
        self._facts = facts
        parts = self.workplace
        parts.gallery.cards.set_facts(facts)
        parts.filters.set_facts(facts)
        parts.view_bar.set_facts(facts)
        parts.show_facts(facts_words(facts))
        self.comparing.follow(facts)
        self._overview.follow(facts)
        if rescaled:
            self._apply_look()
        if facts.is_complete or facts.compared is not None:
            self._poll.stop()
        else:
            self._poll.start()

    def _look_for_more(self) -> None:
        if self.workplace.isVisible():
            self.client.ask(ReadMore(), self._more_read)

    def _more_read(self, facts: RunFacts | None) -> None:
        if facts is None:
            return
        another = self._facts is None or facts.reading != self._facts.reading
        self._waiting = facts
        if another:  # the rows were made again, and have other numbers
            self.workplace.gallery.cards.set_numbers(None)
            self.workplace.filters.set_filters(())
        if another or not self._shown_of:
            self._find()
            return
        # Nothing moves under the user's eyes.
        self.workplace.show_facts(facts_words(facts))
        self.workplace.show_more(facts.done - self._shown_of)
        if facts.is_complete:
            self._poll.stop()

    # -- the view --------------------------------------------------------------------------------

    def _find(self) -> None:
        """Asks for the rows of the view, those that came meanwhile among them."""
        from camviewer.engine.review import View  # noqa: PLC0415  (start-up)

        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._take(waiting)
        if self._facts is None:
            return
        bar, filters = self.workplace.view_bar, self.workplace.filters.filters
        two = self._facts.compared is not None
        view = View(filters, bar.sort, bar.reverse, bar.of_truth, two)
        self.comparing.fit_cards(filters)
        done = self._facts.done
        self.client.ask(
            FindRows(view, self.judging.keeper.said),
            lambda numbers: self._show_rows(numbers, done),
            failed=self.workplace.notice.show_error,
        )

    def _show_rows(self, numbers: NDArray[np.uint32], done: int) -> None:
        assert self._facts is not None  # noqa: S101
        parts = self.workplace
        current = parts.gallery.current_number
        self._shown_of = done
        parts.gallery.cards.set_numbers(numbers)
        parts.view_bar.show_count(len(numbers), done)
        parts.show_more(0 if self._waiting is None else self._waiting.done - done)
        parts.show_selected(0)
        if len(numbers):
            parts.show_nothing("", "")
            if current is not None:
                parts.gallery.go_to(current)
        elif done:
            parts.show_nothing(tr("No picture matches"), tr("Take a filter away to see more."))
        else:
            parts.show_nothing(
                tr("No rows yet"), tr("They appear as soon as the first are written.")
            )
        self.judging.set_numbers(numbers)

    def _apply_look(self) -> None:
        look, ratio = self.look, self.workplace.devicePixelRatioF()
        gallery, looks = self.workplace.gallery, self.comparing.looks(look, ratio)
        self._pool.set_look(look, gallery.picture_size * ratio, looks)
        gallery.cards.forget_thumbnails()
        gallery.ask_again()
        self.comparing.show_scales(looks)
        if self._facts is not None and looks is None:
            self.workplace.scale.show_scale(look, self._facts.unit)

    # -- thumbnails ------------------------------------------------------------------------------

    def _thumbnail_made(self, number: int, serial: int, image: QImage) -> None:
        gallery = self.workplace.gallery
        if serial == self._pool.serial:
            gallery.cards.set_thumbnail(number, image, gallery.seen_places())

    def _thumbnail_failed(self, number: int, serial: int, message: str) -> None:
        gallery = self.workplace.gallery
        if serial != self._pool.serial:
            return
        gallery.cards.set_failure(number, message, gallery.seen_places())
        self.workplace.detail.show_problem(number, message)

    # -- what the user does ----------------------------------------------------------------------

    def _ask_detail(self) -> None:
        """Asks for the row that the keyboard has come to rest at."""
        number = self.workplace.gallery.current_number
        if number is not None:
            self.client.ask(
                ReadDetail(number, "panel"),
                self._show_detail,
                failed=lambda message, _hint: self.workplace.detail.show_refusal(message),
            )

    def _show_detail(self, detail: RowDetail) -> None:
        self.workplace.detail.show_detail(detail)
        self._ask_large()

    def _ask_large(self) -> None:
        """Asks for the picture of the row at the right, with the map that is chosen there."""
        panel = self.workplace.detail
        if panel.number is not None:
            size = LARGE_PICTURE * self.workplace.devicePixelRatioF()
            self._pool.want_large(panel.number, size, int(str(panel.maps.value)))

    def _open_picture(self, number: int | None, *, of_other: bool = False) -> None:
        """Opens a row's picture with its map, or with that of the run that is compared."""
        if number is not None:
            self.client.ask(
                ReadDetail(number, "opening", of_other=of_other),
                self.picture_wanted.emit,
                failed=self.workplace.notice.show_error,
            )

    def _connect(self) -> None:
        parts, gallery = self.workplace, self.workplace.gallery
        for client in (self.client, self.counting):
            client.busy_changed.connect(self._show_busy)
            client.start()
        self.client.progressed.connect(lambda share, _words: parts.progress.set_fraction(share))
        self._pool.made.connect(self._thumbnail_made)
        self._pool.failed.connect(self._thumbnail_failed)
        self._pool.large_made.connect(parts.detail.show_picture)
        self._pool.large_failed.connect(parts.detail.show_problem)
        parts.detail.maps.chosen.connect(lambda _part: self._ask_large())
        gallery.wanted.connect(self._pool.want)
        gallery.opened.connect(self._open_picture)
        gallery.current_moved.connect(lambda _number: self._settle.start())
        gallery.selection_moved.connect(lambda: parts.show_selected(gallery.selected_count))
        parts.filters.changed.connect(lambda _filters: self._find())
        parts.view_bar.changed.connect(self._find)
        parts.more_requested.connect(self._find)
        parts.detail.open_requested.connect(lambda: self._open_picture(gallery.current_number))
        self.judging.tags_known.connect(parts.filters.set_tags)
        parts.detail.other_requested.connect(
            lambda: self._open_picture(gallery.current_number, of_other=True)
        )
        gallery.shape_changed.connect(self._apply_look)

    def _show_busy(self) -> None:
        self.workplace.progress.set_busy(self.client.is_busy or self.counting.is_busy)
