"""Counts which verdicts changed between two runs, and whether by chance."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl


class Outcome(StrEnum):
    """Whether a picture's verdict was right in the first run, and in the second."""

    RIGHT = "right in both"
    BETTER = "got better"
    WORSE = "got worse"
    WRONG = "wrong in both"


@dataclass(frozen=True)
class Change:
    """A verdict that became another one.

    Attributes:
        first: the class that the first run's model said.
        second: the class that the second's said.
        count: pictures.
    """

    first: str
    second: str
    count: int


@dataclass(frozen=True)
class ComparisonSummary:
    """Two runs over the same pictures in numbers.

    Attributes:
        pictures: that both runs explained.
        changed: those whose predicted class is another one.
        known: those whose true class is known, and one of both models'.
        right_in_both: of these.
        better: wrong in the first run, right in the second.
        worse: right in the first run, wrong in the second.
        wrong_in_both: of these.
        p_value: of McNemar's exact test; None where no true class is known.
        same_class: pictures whose two maps are of the same class.
        without_evidence: pictures of which one of the two maps has none, so that nothing is said of
            how far it moved.
        median_moved: median share of the evidence that lies elsewhere, 0 to 1; None of none.
        left_out: pictures that are not compared.
        changes: the most frequent ones.
    """

    pictures: int
    changed: int
    known: int
    right_in_both: int
    better: int
    worse: int
    wrong_in_both: int
    p_value: float | None
    same_class: int
    without_evidence: int
    median_moved: float | None
    left_out: int
    changes: tuple[Change, ...]

    @property
    def accuracies(self) -> tuple[float, float] | None:
        """Share of right verdicts in the first run and in the second; None without true classes."""
        if not self.known:
            return None
        both = self.right_in_both
        return (both + self.worse) / self.known, (both + self.better) / self.known


_SHOWN_CHANGES = 10


def summarise(pairs: pl.DataFrame, left_out: int) -> ComparisonSummary:
    """Counts pairs of verdicts.

    Args:
        pairs: has ``changed``, ``outcome``, ``predicted_a``, ``predicted_b``, ``same_class`` and
            ``evidence_moved``.
        left_out: pictures that are not compared.
    """
    counts = dict(pairs["outcome"].drop_nulls().value_counts().iter_rows())
    better, worse = counts.get(Outcome.BETTER, 0), counts.get(Outcome.WORSE, 0)
    known = sum(counts.values())
    moved = pairs["evidence_moved"].drop_nulls()
    median = moved.median()
    return ComparisonSummary(
        pictures=pairs.height,
        changed=int(pairs["changed"].sum()),
        known=known,
        right_in_both=counts.get(Outcome.RIGHT, 0),
        better=better,
        worse=worse,
        wrong_in_both=counts.get(Outcome.WRONG, 0),
        p_value=mcnemar(better, worse) if known else None,
        same_class=int(pairs["same_class"].sum()),
        without_evidence=pairs.height - len(moved),
        median_moved=float(median) if isinstance(median, float) else None,
        left_out=left_out,
        changes=_most_frequent(pairs),
    )


def mcnemar(better: int, worse: int) -> float:
    """The two-sided p-value of McNemar's exact test: changes both ways are equally likely.

    Given how many verdicts changed between right and wrong, the number of those that got better has
    a binomial distribution with probability 1/2 if neither model is better (McNemar,
    Psychometrika 1947; Dietterich, Neural Computation 1998).

    Args:
        better: pictures that only the second model gets right.
        worse: pictures that only the first gets right.
    """
    changed, fewer = better + worse, min(better, worse)
    if 2 * fewer == changed:
        return 1.0
    steps = np.arange(1, fewer + 1)
    # Logarithms of the binomial coefficients, each from the one before.
    logarithms = np.concatenate([[0.0], np.cumsum(np.log((changed - steps + 1) / steps))])
    top = logarithms.max()
    tail = top + np.log(np.exp(logarithms - top).sum()) - changed * np.log(2.0)
    return float(min(2.0 * np.exp(tail), 1.0))


def _most_frequent(pairs: pl.DataFrame) -> tuple[Change, ...]:
    changed = pairs.filter("changed").group_by("predicted_a", "predicted_b").len()
    changed = changed.sort(["len", "predicted_a", "predicted_b"], descending=[True, False, False])
    return tuple(Change(*row) for row in changed.head(_SHOWN_CHANGES).iter_rows())
