"""Finds pictures that are right for the wrong reason: the class is right, its evidence is not.

A row counts when it has the map of the true class, and the true class is the most probable one.
There are three wrong reasons:

- *outside the object*: less than half of the evidence lies inside the annotated objects of the
  class;
- *on the border*: more than half of the evidence lies in the outermost cells of the map;
- *same corner*: the map's peak lies in a corner of the picture (the outer third both ways), and so
  do those of at least a third, and of at least five, of the class's right pictures in the same
  corner. By chance, one peak of nine would lie in each.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from camviewer.engine.batch.report.verdicts import Share, is_right_map

_HALF = 0.5
_CORNER = 1.0 / 3.0
"""Width and height of a corner, as a share of the map's extent."""
_RECURRING_SHARE = 1.0 / 3.0
"""Minimum share of a class's peaks in one corner; three times that of chance."""
_RECURRING_COUNT = 5
"""Minimum number of them, because fewer say nothing."""


class Reason(StrEnum):
    """Why a right picture is right for the wrong reason."""

    OUTSIDE = "outside"
    BORDER = "border"
    CORNER = "corner"


_WORDS = {
    Reason.OUTSIDE: "outside the object",
    Reason.BORDER: "on the border",
    Reason.CORNER: "in the usual corner",
}


@dataclass(frozen=True)
class ClassReasons:
    """The right pictures of one class.

    Attributes:
        index: the class.
        right: right pictures that have a map of the class.
        any: those with at least one wrong reason.
        outside: those with most evidence outside the objects.
        border: those with most evidence on the border.
        corner: those whose peak lies in the corner where the class's peaks recur.
    """

    index: int
    right: int
    any: Share
    outside: Share
    border: Share
    corner: Share


def reason_words(reason: Reason | None) -> str:
    """Says where the evidence lies."""
    return "for a wrong reason" if reason is None else _WORDS[reason]


def reason_expression(reason: Reason | None) -> pl.Expr:
    """Whether a row is right for this wrong reason; for any of them when None."""
    conditions = {
        Reason.OUTSIDE: pl.col("energy_inside") < _HALF,
        Reason.BORDER: pl.col("border_share") > _HALF,
        Reason.CORNER: pl.col("recurring_corner"),
    }
    wanted = conditions.values() if reason is None else (conditions[reason],)
    found = pl.any_horizontal(*(one.fill_null(value=False) for one in wanted))
    return is_right_map() & found


def with_corners(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Adds ``corner``: 0 to 3 from the upper left, row by row; empty where the peak is in none."""
    across = (pl.col("peak_x") - pl.col("extent_left")) / (
        pl.col("extent_right") - pl.col("extent_left")
    )
    down = (pl.col("peak_y") - pl.col("extent_top")) / (
        pl.col("extent_bottom") - pl.col("extent_top")
    )
    at_right, at_bottom = across > 1.0 - _CORNER, down > 1.0 - _CORNER
    in_corner = ((across < _CORNER) | at_right) & ((down < _CORNER) | at_bottom)
    number = at_right.cast(pl.Int8) + 2 * at_bottom.cast(pl.Int8)
    return rows.with_columns(corner=pl.when(in_corner).then(number))


def with_recurring_corners(rows: pl.DataFrame) -> pl.DataFrame:
    """Says of each row whether its peak lies where the peaks of its class recur.

    Args:
        rows: with ``corner``.
    """
    right = rows.filter(is_right_map() & pl.col("peak_x").is_not_null())
    per_class = right.group_by("class_index").agg(total=pl.len())
    counts = right.drop_nulls("corner").group_by("class_index", "corner").len()
    recurring = (
        counts.join(per_class, on="class_index")
        .filter(
            pl.col("len") >= _RECURRING_COUNT,
            pl.col("len") >= _RECURRING_SHARE * pl.col("total"),
        )
        .select("class_index", "corner", recurs=pl.lit(value=True))
    )
    joined = rows.join(recurring, on=["class_index", "corner"], how="left", maintain_order="left")
    known = pl.col("peak_x").is_not_null()
    found = pl.when(known).then(pl.col("recurs").fill_null(value=False))
    return joined.with_columns(recurring_corner=found).drop("recurs")


def class_reasons(rows: pl.DataFrame) -> tuple[ClassReasons, ...]:
    """The classes that have a picture which is right for a wrong reason, the largest share first.

    Args:
        rows: of a ``RunTable``.
    """
    flags = {
        "any": reason_expression(None),
        "outside": reason_expression(Reason.OUTSIDE),
        "border": reason_expression(Reason.BORDER),
        "corner": reason_expression(Reason.CORNER),
    }
    table = (
        rows.filter(is_right_map())
        .group_by("class_index")
        .agg(
            pl.len().alias("right"),
            pl.col("energy_inside").count().alias("with_objects"),
            pl.col("border_share").count().alias("with_border"),
            *(flag.sum().alias(name) for name, flag in flags.items()),
        )
        .filter(pl.col("any") > 0)
        .sort(pl.col("any") / pl.col("right"), "any", "class_index", descending=[True, True, False])
    )
    return tuple(
        ClassReasons(
            row["class_index"],
            row["right"],
            Share(row["any"], row["right"]),
            Share(row["outside"], row["with_objects"]),
            Share(row["border"], row["with_border"]),
            Share(row["corner"], row["with_border"]),
        )
        for row in table.iter_rows(named=True)
    )
