"""What the thread of the review can be asked about two runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from camviewer.ui.review.host import ReviewHost, RunFacts
from camviewer.ui.review.queries import ReviewQuery
from camviewer.ui.work import UnderWay

if TYPE_CHECKING:
    from camviewer.engine.review import ConfusionMatrix


@dataclass(frozen=True)
class CompareWith(ReviewQuery[RunFacts]):
    """Compare the open run with another one.

    Attributes:
        path: of the other run.
        wanted: the class whose maps are compared where both have them; None for the true one.
    """

    path: Path
    wanted: int | None = None

    def answer(self, host: ReviewHost, under_way: UnderWay[RunFacts]) -> RunFacts:
        return host.compare(self.path, self.wanted, under_way.progress)

    @property
    def interrupts(self) -> tuple[type, ...]:
        return (ReviewQuery,)


@dataclass(frozen=True)
class EndComparison(ReviewQuery[RunFacts]):
    """Show the open run alone again."""

    def answer(self, host: ReviewHost, under_way: UnderWay[RunFacts]) -> RunFacts:
        return host.end_comparison(under_way.progress)


@dataclass(frozen=True)
class FindChanges(ReviewQuery["ConfusionMatrix | None"]):
    """Which class of the first run became which of the second; None while none is compared."""

    urgency = 1

    def answer(
        self, host: ReviewHost, under_way: UnderWay[ConfusionMatrix | None]
    ) -> ConfusionMatrix | None:
        del under_way
        other = host.rows.other
        return None if other is None else other.joined.changes
