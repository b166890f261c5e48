"""Leads from the overview into the pictures, and shows mean maps."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from camviewer.engine.render import Look
from camviewer.ui.review.host import ReviewHost, RunFacts
from camviewer.ui.review.queries import FindAtCell, FindMean, Summarise, Summary
from camviewer.ui.review.thumbnail_pool import ThumbnailPool
from camviewer.ui.review.workplace import Workplace
from camviewer.ui.style import tr
from camviewer.ui.work.query_thread import QueryClient

if TYPE_CHECKING:
    from camviewer.engine.review import Filter, MeanEvidence


_COUNTED_AFTER_MS = 80
"""Delay in ms of counting; because the rows are to be seen first, and it would take the processor
and the interpreter from the window while they are shown."""


class OverviewControl(QObject):
    """The overview of one run.

    Args:
        workplace: shows it, and takes the filters.
        counting: asks the thread that counts.
        pool: averages pictures.
        look: gives how maps are coloured.
    """

    def __init__(
        self,
        workplace: Workplace,
        counting: QueryClient[ReviewHost],
        pool: ThumbnailPool,
        look: Callable[[], Look],
    ) -> None:
        super().__init__(workplace)
        self._workplace = workplace
        self._counting = counting
        self._pool = pool
        self._look = look
        self._facts: RunFacts | None = None
        self._soon = QTimer(self, singleShot=True, interval=_COUNTED_AFTER_MS)
        self._soon.timeout.connect(lambda: counting.ask(Summarise(), self._show_summary))
        overview = workplace.overview
        overview.matrix.chosen.connect(self._choose_cell)
        overview.pairs.chosen.connect(lambda pair: self._choose_cell(*pair))
        overview.classes.chosen.connect(lambda index: self._choose_cell(None, index))
        overview.reasons.chosen.connect(self._choose_reason)
        overview.means.wanted.connect(self._ask_mean)
        overview.means.cell_chosen.connect(self._choose_mean_cell)
        overview.page_changed.connect(self._page_changed)
        pool.mean_made.connect(overview.means.show_picture)

    def clear(self) -> None:
        """Shows nothing until what is open now is counted."""
        self._facts = None
        self._soon.stop()
        self._counting.give_up(Summarise, FindMean, FindAtCell)
        self._workplace.overview.clear()

    def follow(self, facts: RunFacts) -> None:
        """Takes what is open now, and has one run counted; two have a page of their own."""
        self._facts = facts
        if facts.compared is None:
            self._soon.start()

    def _show_summary(self, summary: Summary) -> None:
        if self._facts is not None:
            self._workplace.overview.show_summary(self._facts, summary, self._look())

    def _choose_cell(self, truth: int | None, predicted: int | None) -> None:
        from camviewer.engine.review import ClassRole, OfClass  # noqa: PLC0415

        found: list[Filter] = []
        if truth is not None:
            found.append(OfClass(ClassRole.TRUTH, truth))
        if predicted is not None:
            found.append(OfClass(ClassRole.PREDICTED, predicted))
        self._workplace.filters.replace_all(*found)

    def _choose_reason(self, chosen: tuple[int, str]) -> None:
        from camviewer.engine.review import ClassRole, ForReason, OfClass  # noqa: PLC0415  (start-up)
        from camviewer.engine.review.reasons import Reason  # noqa: PLC0415

        index, name = chosen
        reason = Reason(name) if name else None
        self._workplace.filters.replace_all(OfClass(ClassRole.TRUTH, index), ForReason(reason))

    def _ask_mean(self, index: int) -> None:
        if self._workplace.overview.shows_means:
            self._counting.ask(FindMean(index), self._show_mean)

    def _show_mean(self, mean: MeanEvidence | None) -> None:
        self._workplace.overview.means.show_mean(mean)
        if mean is not None:
            self._pool.average(mean)

    def _choose_mean_cell(self, mean: MeanEvidence, cell: tuple[int, int]) -> None:
        from camviewer.engine.review.filters import Listed  # noqa: PLC0415  (start-up)

        if self._facts is None:
            return
        label = self._facts.labels[mean.index]
        title = tr("{label}, evidence in row {row}, column {column}").format(
            label=label, row=cell[0] + 1, column=cell[1] + 1
        )
        self._counting.ask(
            FindAtCell(mean, cell),
            lambda numbers: self._workplace.filters.replace_all(Listed(numbers, title)),
            failed=self._workplace.notice.show_error,
        )

    def _page_changed(self) -> None:
        if self._workplace.overview.shows_means:
            self._workplace.overview.means.ask()
