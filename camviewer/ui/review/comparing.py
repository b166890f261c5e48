"""Compares the open run of the review with another one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from camviewer.engine.render import Look
from camviewer.ui.review.card_shape import GAP, OF_TWO, USUAL
from camviewer.ui.review.comparison_queries import CompareWith, EndComparison, FindChanges
from camviewer.ui.review.comparison_words import comparison_line
from camviewer.ui.review.host import ReviewHost, RunFacts
from camviewer.ui.review.pair_picture import PairLooks
from camviewer.ui.review.workplace import Workplace
from camviewer.ui.style import tr
from camviewer.ui.work.query_thread import QueryClient

if TYPE_CHECKING:
    from camviewer.engine.review import Filter


class Comparing(QObject):
    """Two runs side by side.

    Args:
        workplace: shows them.
        client: asks the thread that opens runs.
        counting: asks the one that counts.
        compared: takes the facts of both runs, or of the first alone when the comparison ends.
    """

    def __init__(
        self,
        workplace: Workplace,
        client: QueryClient[ReviewHost],
        counting: QueryClient[ReviewHost],
        compared: Callable[[RunFacts], object],
    ) -> None:
        super().__init__(workplace)
        self._workplace = workplace
        self._client = client
        self._counting = counting
        self._compared = compared
        self._facts: RunFacts | None = None
        workplace.compare_requested.connect(self.ask_for_run)

    def ask_for_run(self) -> None:
        """Asks for the folder of the other run."""
        if self._facts is None:
            self._workplace.notice.show_error(
                tr("There is no run to compare with."), tr("Open one first: File > Open run.")
            )
            return
        name = QFileDialog.getExistingDirectory(
            self._workplace, tr("Compare with run"), str(self._facts.path.parent)
        )
        if name:
            self.compare_with(Path(name))

    def compare_with(self, path: Path, wanted: int | None = None) -> None:
        """Compares the open run with this one.

        Args:
            path: of the other run.
            wanted: the class whose maps are compared where both have them; None for the true one.
        """
        self._client.ask(
            CompareWith(path, wanted), self._compared, failed=self._workplace.notice.show_error
        )

    def follow(self, facts: RunFacts) -> None:
        """Takes what is open now, and shows what belongs to two runs, or hides it."""
        self._facts = facts
        parts, two = self._workplace, facts.compared
        self._counting.give_up(FindChanges)
        if two is None:
            parts.show_overview()
            return
        made = parts.comparison is None
        page = parts.show_comparison()
        if made:
            page.cell_chosen.connect(self._choose_cell)
            page.outcome_chosen.connect(self._choose_outcome)
            page.class_wanted.connect(self._choose_class)
            page.end_requested.connect(self._end)
        page.show_facts(facts)
        parts.show_facts(comparison_line(two))
        self._counting.ask(FindChanges(), page.show_changes)

    def fit_cards(self, filters: tuple[Filter, ...]) -> None:
        """Shows cards of one run or of two, and those that were selected as large as they fit."""
        from camviewer.engine.review.filters import Selected  # noqa: PLC0415  (start-up)

        usual = USUAL if self._facts is None or self._facts.compared is None else OF_TWO
        chosen = [one for one in filters if isinstance(one, Selected)]
        count = len(chosen[0].numbers) if chosen else 0
        self._workplace.gallery.set_shape(usual, count)

    def looks(self, look: Look, ratio: float) -> PairLooks | None:
        """How the maps of both runs are coloured; None while none are compared.

        Args:
            look: of the first run's maps.
            ratio: device pixels per view pixel.
        """
        facts = None if self._facts is None else self._facts.compared
        if facts is None:
            return None
        second = replace(look, signed=facts.second_signed, fixed_high=_end(facts.second_end))
        difference = replace(look, signed=True, fixed_high=_end(facts.difference_end))
        return PairLooks(look, second, difference, GAP * ratio)

    def show_scales(self, looks: PairLooks | None) -> None:
        """Shows the legends of both maps and of their difference."""
        facts = self._facts
        if looks is None or facts is None or facts.compared is None:
            return
        two = facts.compared
        self._workplace.scales_of_two.show_scales(
            looks, facts.unit, None if two.one_scale else two.second_unit
        )

    def _end(self) -> None:
        self._client.ask(EndComparison(), self._compared, failed=self._workplace.notice.show_error)

    def _choose_class(self, wanted: int | None) -> None:
        facts = None if self._facts is None else self._facts.compared
        if facts is not None and wanted != facts.wanted:
            self.compare_with(facts.names[1].path, wanted)

    def _choose_cell(self, first: int | None, second: int | None) -> None:
        from camviewer.engine.review import ClassRole, OfClass  # noqa: PLC0415  (start-up)
        from camviewer.engine.review.filters_of_two import (  # noqa: PLC0415
            IN_BOTH,
            said_by_other,
        )

        found: list[Filter] = [IN_BOTH]
        if first is not None:
            found.append(OfClass(ClassRole.PREDICTED, first))
        if second is not None:
            found.append(said_by_other(second))
        self._workplace.filters.replace_all(*found)

    def _choose_outcome(self, chosen: Filter) -> None:
        from camviewer.engine.review.filters_of_two import IN_BOTH  # noqa: PLC0415  (start-up)

        self._workplace.filters.replace_all(IN_BOTH, chosen)


def _end(value: float) -> float | None:
    return value if value > 0.0 else None
