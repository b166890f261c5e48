"""Finds the pictures that two runs have both, and names those that only one has."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from camviewer.engine.batch.run import Run
from camviewer.engine.support.progress import Progress

GEOMETRY = (
    "map_rows",
    "map_columns",
    "origin_x",
    "origin_y",
    "pitch_x",
    "pitch_y",
    "extent_left",
    "extent_top",
    "extent_right",
    "extent_bottom",
    "noise_scale",
)
"""Where a map lies."""

ROW_COLUMNS = (
    "id",
    "path",
    "page",
    "sha256",
    "width",
    "height",
    "truth",
    "truth_index",
    "predicted",
    "predicted_index",
    "predicted_probability",
    "rank",
    "class",
    "class_index",
    "probability",
    *GEOMETRY,
    "error",
)
"""What is read of each row."""


class WhyLeftOut(StrEnum):
    """Why a picture of run A or B is not compared."""

    ONLY_FIRST = "in A alone"
    ONLY_SECOND = "in B alone"
    CHANGED = "other content"
    FAILED_FIRST = "not explained in A"
    FAILED_SECOND = "not explained in B"
    FAILED_BOTH = "not explained in either"


@dataclass(frozen=True, eq=False)
class Side:
    """The rows of one of the two runs, as far as they are there.

    Attributes:
        run: has them.
        shards: names of those that were read; ``shard`` counts in them.
        rows: ``ROW_COLUMNS`` with ``shard``, ``place`` within it, and ``picture``, which counts
            the pictures.
    """

    run: Run
    shards: tuple[str, ...]
    rows: pl.DataFrame

    @property
    def pictures(self) -> pl.DataFrame:
        """The row of each picture's most probable class."""
        return self.rows.sort("picture", "rank", nulls_last=True).unique(
            "picture", keep="first", maintain_order=True
        )


@dataclass(frozen=True, eq=False)
class Pairing:
    """Which picture of one run is which of the other.

    Attributes:
        pairs: ``first`` and ``second``, the numbers of the same picture in both runs, by path; all
            of them were explained in both.
        left_out: ``path`` and ``why`` (a ``WhyLeftOut``) of all other pictures, by path.
    """

    pairs: pl.DataFrame
    left_out: pl.DataFrame


def read_side(run: Run, progress: Progress) -> Side:
    """Reads the rows of a run without their maps.

    Raises:
        CamviewerError: a shard is damaged.
        Cancelled: nobody waits for it any more.
    """
    shards = tuple(sorted(run.folder.done_shards()))
    parts, pictures = [], 0
    for number, name in enumerate(progress.over(shards, len(shards), "Reading the rows")):
        part = _rows_of(run, run.folder.scan_shard(name), number, pictures)
        pictures += part["picture"].n_unique()
        parts.append(part)
    rows = pl.concat(parts, rechunk=True) if parts else _rows_of(run, run.scan(), 0, 0)
    return Side(run, shards, rows)


def _rows_of(run: Run, rows: pl.LazyFrame, shard: int, pictures: int) -> pl.DataFrame:
    found = rows.select(
        *ROW_COLUMNS,
        shard=pl.lit(shard, pl.UInt32),
        place=pl.int_range(pl.len(), dtype=pl.UInt32),
        picture=(pl.col("id").rank("dense") - 1 + pictures).cast(pl.UInt32),
    )
    return run.collected(found)


def pair_pictures(first: Side, second: Side) -> Pairing:
    """Joins the pictures of two runs by the hash of their content, by path where it is unknown.

    A page of a file belongs to the same page alone. Where several files of a run have the same
    content, those of the same path belong together, and then the others in the order of their
    paths. Files of one path with different content are not the same picture.
    """
    known, known_too = _known(first), _known(second)
    left, right, found = known, known_too, []
    for keys, condition in (
        (("sha256", "page", "path"), None),
        (("sha256", "page"), None),
        (("path", "page"), pl.col("sha256").is_null() | pl.col("sha256_right").is_null()),
    ):
        pairs = _joined(left, right, keys, condition)
        found.append(pairs)
        left = left.join(pairs, left_on="picture", right_on="first", how="anti")
        right = right.join(pairs, left_on="picture", right_on="second", how="anti")
    pairs = pl.concat(found)
    both = (
        pairs.join(known, left_on="first", right_on="picture")
        .join(known_too, left_on="second", right_on="picture", suffix="_right")
        .sort("path", "page", "first")
    )
    failed, failed_too = pl.col("error").is_not_null(), pl.col("error_right").is_not_null()
    why = (
        pl.when(failed & failed_too)
        .then(pl.lit(WhyLeftOut.FAILED_BOTH.value))
        .when(failed)
        .then(pl.lit(WhyLeftOut.FAILED_FIRST.value))
        .otherwise(pl.lit(WhyLeftOut.FAILED_SECOND.value))
    )
    not_explained = both.filter(failed | failed_too).select("path", "page", why=why)
    left_out = pl.concat([not_explained, _alone(left, right)]).sort("path", "page", "why")
    left_out = left_out.select(path=_path_words(), why="why")
    return Pairing(both.filter(~failed & ~failed_too).select("first", "second"), left_out)


def _known(side: Side) -> pl.DataFrame:
    page = pl.col("page").fill_null(1)
    return side.pictures.select("picture", "path", "sha256", "error", page=page)


def _path_words() -> pl.Expr:
    """The path, with the page where it is not the first."""
    named = pl.format("{}, page {}", "path", "page")
    return pl.when(pl.col("page") > 1).then(named).otherwise("path")


def _joined(
    left: pl.DataFrame, right: pl.DataFrame, keys: tuple[str, ...], condition: pl.Expr | None
) -> pl.DataFrame:
    """Numbers of pictures that agree in the keys; of several, the k-th belongs to the k-th."""
    turn = pl.int_range(pl.len()).over(keys).alias("turn")
    sides = (side.drop_nulls(list(keys)).sort("path", "picture").with_columns(turn)
             for side in (left, right))  # fmt: skip
    one, other = sides
    both = one.join(other, on=[*keys, "turn"], suffix="_right")
    if condition is not None:
        both = both.filter(condition)
    return both.select(first="picture", second="picture_right")


def _alone(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """``path`` and ``why`` of the pictures that have no partner."""
    keys = ["path", "page"]
    shared = left.select(keys).join(right.select(keys), on=keys, how="semi").unique()
    parts = [shared.select(*keys, why=pl.lit(WhyLeftOut.CHANGED.value))]
    for side, why in ((left, WhyLeftOut.ONLY_FIRST), (right, WhyLeftOut.ONLY_SECOND)):
        rest = side.join(shared, on=keys, how="anti")
        parts.append(rest.select(*keys, why=pl.lit(why.value)))
    return pl.concat(parts)
