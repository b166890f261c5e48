"""Says which pictures are wanted of two runs that are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from camviewer.engine.batch.comparison.changes import Outcome


@dataclass(frozen=True)
class FilterOfTwo:
    """A condition on a column that a ``ComparedTable`` adds.

    Attributes:
        column: its name.
        value: what it has; any value when None.
        title: what this means; for a column of classes, followed by the class.
    """

    column: str
    value: bool | str | int | None
    title: str

    @property
    def expression(self) -> pl.Expr:
        """The condition."""
        column = pl.col(self.column)
        return column.is_not_null() if self.value is None else column == self.value

    def words(self, labels: Sequence[str]) -> str:
        """What it does, in a few words.

        Args:
            labels: names of the classes of both models.
        """
        of_class = isinstance(self.value, int) and not isinstance(self.value, bool)
        return f"{self.title}: {labels[int(self.value or 0)]}" if of_class else self.title


IN_BOTH = FilterOfTwo("other_number", None, "in both runs")
"""Pictures that both runs explained."""

CHANGED = FilterOfTwo("changed", value=True, title="verdict changed")
"""Pictures of which the two runs say another class."""


def with_outcome(outcome: Outcome) -> FilterOfTwo:
    """Pictures whose verdict got better, got worse, or is right or wrong in both runs."""
    return FilterOfTwo("outcome", outcome.value, outcome.value)


def said_by_other(index: int) -> FilterOfTwo:
    """Pictures that the second run's model takes for a class, by the classes of both models."""
    return FilterOfTwo("other_said", index, "B said")
