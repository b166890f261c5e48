"""Says which rows of a run are wanted: filters that are joined by *and*."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl
from numpy.typing import NDArray

from camviewer.engine.render.number_words import number_words
from camviewer.engine.review.filters_of_two import FilterOfTwo
from camviewer.engine.review.judgement_filters import (
    JudgementFilter,
    Tagged,
    judgement_condition,
    judgement_filter_words,
)
from camviewer.engine.review.reasons import Reason, reason_expression, reason_words

_NEAR = 1e-6
"""Tolerance of limits, as a share of them: the file's float32 has 0.8 as 0.800000012."""


class ClassRole(StrEnum):
    """Which class of a picture a filter means."""

    TRUTH = "truth_index"
    PREDICTED = "predicted_index"


@dataclass(frozen=True)
class OfClass:
    """Pictures of a class.

    Attributes:
        role: whether it is the true or the predicted one.
        index: the class.
    """

    role: ClassRole
    index: int


@dataclass(frozen=True)
class Correct:
    """Pictures whose predicted class is the true one, or is not."""

    right: bool


@dataclass(frozen=True)
class Between:
    """A number of the row lies within limits, both included; rows without it are left out.

    Attributes:
        column: its name.
        low: the least value; None for no limit.
        high: the largest value; None for no limit.
        title: what the number is called; the column's name when empty.
    """

    column: str
    low: float | None = None
    high: float | None = None
    title: str = ""


@dataclass(frozen=True)
class Contains:
    """A text of the row has these words, in any case.

    Attributes:
        text: what is looked for.
        column: the text's name.
    """

    text: str
    column: str = "path"


@dataclass(frozen=True)
class ForReason:
    """Pictures that are right for a wrong reason.

    Attributes:
        reason: which one; any of them when None.
    """

    reason: Reason | None = None


@dataclass(frozen=True, eq=False)
class Listed:
    """Rows that were found otherwise.

    Attributes:
        numbers: of the rows.
        title: what they have in common.
    """

    numbers: NDArray[np.uint32]
    title: str


@dataclass(frozen=True, eq=False)
class Selected(Listed):
    """Rows that are shown side by side, as large as they fit."""


_RowFilter = OfClass | Correct | Between | Contains | ForReason | Listed
Filter = _RowFilter | JudgementFilter | FilterOfTwo


def expression_of(one: Filter) -> pl.Expr:
    """The condition on the columns of a ``RunTable``, of ``with_judgements``, and of two runs."""
    if isinstance(one, FilterOfTwo):
        return one.expression
    return judgement_condition(one) if isinstance(one, JudgementFilter) else _condition(one)


def _condition(one: _RowFilter) -> pl.Expr:
    match one:
        case OfClass(role, index):
            return pl.col(role.value) == index
        case Correct(right):
            return pl.col("is_right") == right
        case Between():
            return _within(one)
        case Contains(text, column):
            has = pl.col(column).str.to_lowercase().str.contains(text.lower(), literal=True)
            return has.fill_null(value=False)
        case ForReason(reason):
            return reason_expression(reason)
        case Listed(numbers):
            return pl.col("number").is_in(pl.Series(numbers).implode())


def is_of_reviewers(one: Filter) -> bool:
    """Whether a filter asks for what reviewers said."""
    return isinstance(one, JudgementFilter)


def words_of(one: Filter, labels: Sequence[str], *, of_two: bool = False) -> str:
    """What a filter does, in a few words.

    Args:
        one: the filter.
        labels: names of the classes, by index.
        of_two: whether two runs are compared, A and B.
    """
    if isinstance(one, FilterOfTwo):
        return one.words(labels)
    if isinstance(one, JudgementFilter):
        return judgement_filter_words(one)
    return _words(one, labels, "A said" if of_two else "said")


def _words(one: _RowFilter, labels: Sequence[str], said: str) -> str:
    match one:
        case OfClass(role, index):
            return f"{'true' if role is ClassRole.TRUTH else said}: {labels[index]}"
        case Correct(right):
            return "right" if right else "wrong"
        case Between():
            return _limits_words(one)
        case Contains(text, column):
            return f"path has “{text}”" if column == "path" else f"{column} has “{text}”"
        case ForReason(reason):
            return f"right, but {reason_words(reason)}"
        case Listed(_, title):
            return title


def with_filter(filters: Sequence[Filter], new: Filter) -> tuple[Filter, ...]:
    """Adds a filter, in the place of one that says something else of the same."""
    return (*(one for one in filters if _subject(one) != _subject(new)), new)


def _subject(one: Filter) -> tuple[object, ...]:
    """What a filter is about: of two about the same, only one can hold."""
    match one:
        case OfClass(role):
            return OfClass, role
        case Between(column) | Contains(column=column) | FilterOfTwo(column):
            return type(one), column
        case Tagged():
            return (one,)  # a picture may have several tags
    return (type(one),)


def _within(limits: Between) -> pl.Expr:
    column = pl.col(limits.column).cast(pl.Float64)
    wanted = column.is_not_null()
    if limits.low is not None:
        wanted &= column >= limits.low - _NEAR * abs(limits.low)
    if limits.high is not None:
        wanted &= column <= limits.high + _NEAR * abs(limits.high)
    return wanted


def _limits_words(limits: Between) -> str:
    title = limits.title or limits.column.replace("_", " ")
    low, high = (None if end is None else number_words(end) for end in (limits.low, limits.high))
    if low is None and high is None:
        return f"{title} is known"
    if high is None:
        return f"{title} ≥ {low}"
    return f"{title} ≤ {high}" if low is None else f"{low} ≤ {title} ≤ {high}"
