"""Adds to the rows of a run what another run says of the same pictures."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from camviewer.engine.batch.comparison.pairing import Side
from camviewer.engine.batch.comparison.run_comparison import RunComparison
from camviewer.engine.review.confusion import ConfusionMatrix, confusion_matrix
from camviewer.engine.review.run_table import RunTable

_SCALE_SHARE = 0.98
"""Share of the pictures whose largest difference the common colour scale reaches, as for maps."""

COMPARED_NUMBERS = (
    ("evidence_moved", "0 to 1"),
    ("centre_moved", "share of the diagonal"),
    ("correlation", "-1 to 1"),
)
"""(name, unit) of the numbers that a comparison of two runs adds."""
_ADDED = ("changed", "outcome", *(name for name, _ in COMPARED_NUMBERS))


@dataclass(frozen=True, eq=False)
class ComparedTable:
    """The rows of two runs, joined.

    Attributes:
        table: the first run's, with ``is_compared`` (the row of a picture that is shown),
            ``other_number`` (the other run's row, null for a picture that is not compared),
            ``other_said`` and ``other_shown`` (classes that the other model predicts and the other
            map explains, by ``comparison.classes``), and what the comparison measures.
        other: the second run's.
        comparison: of both.
        difference_end: the value at both ends of a colour scale for all differences of maps.
    """

    table: RunTable
    other: RunTable
    comparison: RunComparison
    difference_end: float

    @property
    def changes(self) -> ConfusionMatrix | None:
        """The classes that the first model says, by those that the second says of the same."""
        rows = self.comparison.rows
        return confusion_matrix(rows.select(truth_index="said_a", predicted_index="said_b"))


def compared_table(first: RunTable, second: RunTable, comparison: RunComparison) -> ComparedTable:
    """Joins what was compared to the rows that were read.

    Args:
        first: all rows of the comparison's first run.
        second: all rows of its second run.
        comparison: of both.
    """
    rows = comparison.rows
    own = _numbers(first, comparison.first, rows, "_map_a")
    others = _numbers(second, comparison.second, rows, "_map_b")
    found = rows.select(
        *_ADDED, other_said="said_b", other_shown="shown_map_b", number=own, other_number=others
    ).drop_nulls(["number", "other_number"])
    joined = first.rows.join(found, on="number", how="left", maintain_order="left")
    is_pair = pl.col("other_number").is_not_null()
    # A picture without a partner has the row that it would have without a comparison.
    joined = joined.with_columns(
        is_compared=pl.when(is_pair.any().over("shard", "id"))
        .then(is_pair)
        .otherwise(pl.col("is_first"))
    )
    return ComparedTable(replace(first, rows=joined), second, comparison, _difference_end(rows))


def _numbers(table: RunTable, side: Side, rows: pl.DataFrame, end: str) -> pl.Series:
    """The row of a table that each compared map is in; null where it was not read."""
    places = {name: number for number, name in enumerate(table.shards)}
    shards = pl.Series([places.get(name) for name in side.shards], dtype=pl.UInt32)
    wanted = rows.select(
        shard=pl.Series(shards.gather(rows[f"shard{end}"])), place=pl.col(f"place{end}")
    )
    there = table.rows.select("shard", "place", "number")
    return wanted.join(there, on=["shard", "place"], how="left", maintain_order="left")["number"]


def _difference_end(rows: pl.DataFrame) -> float:
    largest = rows["largest_difference"].drop_nulls()
    end = largest.filter(largest > 0.0).quantile(_SCALE_SHARE, interpolation="higher")
    return 0.0 if end is None else float(end)
