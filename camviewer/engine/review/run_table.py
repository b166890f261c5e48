"""Holds a run's rows without their maps, so that filters and sorts answer at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from camviewer.engine.batch.addresses import modified
from camviewer.engine.batch.columns import SCHEMA
from camviewer.engine.batch.run import Run
from camviewer.engine.errors import CamviewerError
from camviewer.engine.review.filters import Filter, expression_of, is_of_reviewers
from camviewer.engine.review.judged_rows import NOTHING_SAID, Assessments, with_judgements
from camviewer.engine.review.reasons import with_corners, with_recurring_corners
from camviewer.engine.review.sorting import JUDGEMENT_ORDER, SORTS, Sort, sort_named
from camviewer.engine.support.progress import Progress

RowNumbers = NDArray[np.uint32]

_LIGHT = [
    name for name, kind in SCHEMA.items() if not isinstance(kind, pl.List) and name != "weights"
]
"""The columns that are read: no lists, and not what is the same in all rows."""

_SCALE_SHARE = 0.98
"""Share of the maps whose strongest value the common colour scale reaches; because one outlier
would darken all others."""


@dataclass(frozen=True)
class View:
    """What is to be shown, and in which order.

    Attributes:
        filters: all of them hold.
        sort: name of the order.
        reverse: whether the order is turned around.
        of_truth: whether a picture is shown with the map of its true class, where the run has it,
            in place of the predicted one's.
        of_two: whether a picture is shown with the map that is compared with another run's.
    """

    filters: tuple[Filter, ...] = ()
    sort: str = "path"
    reverse: bool = False
    of_truth: bool = False
    of_two: bool = False

    @property
    def shown(self) -> str:
        """The column that says which row of a picture is shown."""
        if self.of_two:
            return "is_compared"
        return "is_of_truth" if self.of_truth else "is_first"


@dataclass(frozen=True, eq=False)
class RunTable:
    """The rows of a run that were there when it was read; later ones follow behind them.

    Attributes:
        run: the run.
        rows: a row for each picture and class, without lists; a row's number never changes.
        shards: names of the shards that were read; the column ``shard`` counts in them.
        written: when each of them was written, in seconds since 1970.
    """

    run: Run
    rows: pl.DataFrame
    shards: tuple[str, ...]
    written: tuple[float, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of the model's classes, by index."""
        return tuple(self.run.record["model"]["labels"])

    @cached_property
    def pictures(self) -> pl.DataFrame:
        """One row for each picture that was explained: that of its most probable class."""
        return self.rows.filter(pl.col("is_first") & pl.col("error").is_null())

    @cached_property
    def known(self) -> pl.DataFrame:
        """Those whose true class is one of the model's."""
        return self.pictures.filter(pl.col("truth_index").is_not_null())

    @cached_property
    def picture_count(self) -> int:
        """How many pictures were read, those that could not be explained among them."""
        return int(self.rows["is_first"].sum())

    @cached_property
    def colour_end(self) -> float:
        """The value at the end of a colour scale for all maps of the run; 0.0 without any.

        It is the strongest value of 98% of the maps, of those against the class, too, where the
        method is signed.
        """
        strongest = pl.col("map_high")
        if self.run.record["model"]["signed"]:
            strongest = pl.max_horizontal(strongest, -pl.col("map_low"))
        values = self.rows.select(strongest.alias("most"))["most"].drop_nulls()
        end = values.filter(values > 0.0).quantile(_SCALE_SHARE, interpolation="higher")
        return 0.0 if end is None else float(end)

    def has(self, column: str) -> bool:
        """Whether any row has a value in a column."""
        return self.rows[column].null_count() < self.rows.height

    def matching(self, view: View, said: Assessments = NOTHING_SAID) -> RowNumbers:
        """The numbers of the rows of a view, in its order: one for each picture.

        Args:
            view: what is shown.
            said: what reviewers say of the pictures.
        """
        sort = sort_named(view.sort)
        table = self.rows
        if sort.column == JUDGEMENT_ORDER or any(map(is_of_reviewers, view.filters)):
            table = with_judgements(table, said)
        rows = table.lazy().filter(pl.col(view.shown), *map(expression_of, view.filters))
        key = sort.expression().alias("key")
        found = rows.select("number", "path_order", key).sort(
            "key",
            "path_order",
            descending=[sort.descending != view.reverse, False],
            nulls_last=True,
        )
        return found.select("number").collect()["number"].to_numpy()

    def row(self, number: int) -> dict[str, Any]:
        """A row without its lists."""
        return self.rows.row(number, named=True)

    def require_as_read(self, shard: int) -> None:
        """Refuses a shard whose rows may be others by now.

        Args:
            shard: as in the column ``shard``.

        Raises:
            CamviewerError: it was made again since it was read, or is gone.
        """
        if _written(self.run, (self.shards[shard],)) != (self.written[shard],):
            raise CamviewerError(
                f"Rows of {self.run.path.name} were made again after they were read.",
                "Open the run again.",
            )

    def sorts(self) -> tuple[tuple[Sort, bool], ...]:
        """Each order, and whether the run has what it sorts by; some are of two runs alone."""
        there = {JUDGEMENT_ORDER, *self.rows.columns}
        return tuple(
            (sort, sort.column == JUDGEMENT_ORDER or self.has(sort.column))
            for sort in SORTS
            if sort.column in there
        )


def read_table(run: Run, before: RunTable | None, progress: Progress) -> RunTable:
    """Reads the shards that are there; those that were read before are kept as they are.

    Where one of these was made again since, or is gone, all are read anew.

    Args:
        run: may go on meanwhile.
        before: what was read of it; None of nothing.
        progress: told how far it is.

    Raises:
        CamviewerError: a shard is damaged.
        Cancelled: nobody waits for it any more.
    """
    if before is not None and _written(run, before.shards) != before.written:
        before = None
    known = () if before is None else before.shards
    new = sorted(run.folder.done_shards().difference(known))
    if before is not None and not new:
        return before
    written = _written(run, (*known, *new))  # before reading: what changes meanwhile is read again
    parts = [] if before is None else [before.rows]
    for number, name in enumerate(new):
        progress.at(number / len(new), "Reading the rows")
        parts.append(_shard_rows(run, name, len(known) + number))
    rows = pl.concat(parts, rechunk=True) if parts else _no_rows()
    rows = rows.with_columns(
        number=pl.int_range(pl.len(), dtype=pl.UInt32), path_order=pl.col("path").rank("dense")
    )
    shards = (*known, *new)
    return RunTable(run, with_recurring_corners(rows), shards, written)


def _written(run: Run, shards: Sequence[str]) -> tuple[float, ...]:
    """When each shard was written; 0.0 for one that is gone."""
    found = []
    for name in shards:
        try:
            found.append(modified(run.folder.shard_file(name)))
        except OSError:
            found.append(0.0)
    return tuple(found)


def _no_rows() -> pl.DataFrame:
    return _with_derived(pl.LazyFrame(schema=SCHEMA), 0).collect()


def _shard_rows(run: Run, name: str, shard: int) -> pl.DataFrame:
    return run.collected(_with_derived(run.folder.scan_shard(name), shard))


def _with_derived(rows: pl.LazyFrame, shard: int) -> pl.LazyFrame:
    """The light columns, and what is reckoned of a row alone or of a picture's rows.

    Args:
        rows: of a shard.
        shard: its number.
    """
    maps = pl.col("map").list
    rank = pl.col("rank").fill_null(0)
    of_truth = pl.col("class_index").eq(pl.col("truth_index")).fill_null(value=False)
    first = rank == rank.min().over("id")
    derived = rows.select(
        *_LIGHT,
        map_high=maps.max(),
        map_low=maps.min(),
        place=pl.int_range(pl.len(), dtype=pl.UInt32),
        shard=pl.lit(shard, dtype=pl.UInt32),
    ).with_columns(
        is_first=first,
        is_of_truth=pl.when(of_truth.any().over("id")).then(of_truth).otherwise(first),
        is_right=pl.col("truth_rank") == 1,
        loss=-pl.col("truth_probability").cast(pl.Float64).log(),
        outside_object=(1.0 - pl.col("energy_inside")).cast(pl.Float32),
        faithfulness=(pl.col("insertion") - pl.col("deletion")).cast(pl.Float32),
        number=pl.lit(0, dtype=pl.UInt32),
        path_order=pl.lit(0, dtype=pl.UInt32),
        recurring_corner=pl.lit(None, dtype=pl.Boolean),
    )
    return with_corners(derived)
