"""Makes one row of each pair of pictures: both verdicts, and which two maps are compared."""

from __future__ import annotations

import polars as pl

from camviewer.engine.batch.comparison.changes import Outcome
from camviewer.engine.batch.comparison.joint_classes import JointClasses
from camviewer.engine.batch.comparison.pairing import GEOMETRY, Pairing, Side

_MAP = ("shard", "place", "class", "said", "shown", "rank", "probability", *GEOMETRY)
_VERDICT = ("path", "page", "sha256", "width", "height", "truth", "true", "predicted", "said",
            "predicted_probability")  # fmt: skip


def compared_rows(
    first: Side, second: Side, pairing: Pairing, classes: JointClasses, wanted: int | None
) -> pl.DataFrame:
    """A row for each pair, by path. Columns of the two runs end in ``_a`` and ``_b``.

    Both maps are of the same class where both runs have one: the wanted class, else the true one,
    else the one that the first run predicts, else the one that the second predicts, else the one
    that ranks best in both. Where they have none in common, each is of the run's own first class.

    Args:
        first: a run.
        second: another run.
        pairing: which pictures are the same.
        classes: of both models.
        wanted: index of a class in ``classes``; None for none.
    """
    left, right = (
        _with_classes(first, classes, of_first=True),
        _with_classes(second, classes, of_first=False),
    )
    pairs = pairing.pairs.with_row_index("pair")
    verdicts = _verdicts(left, right, pairs, classes)
    maps = _chosen_maps(left, right, pairs, verdicts, wanted)
    return verdicts.join(maps, on="pair").sort("pair").drop("pair")


def _with_classes(side: Side, classes: JointClasses, *, of_first: bool) -> pl.DataFrame:
    """Adds the joint indices ``said``, ``true`` and ``shown``: predicted, true, and the map's."""

    def joint(name: str) -> pl.Expr:
        column = pl.col(name)
        if of_first:
            return column.cast(pl.Int32)
        places = pl.Series(classes.of_second)
        return column.replace_strict(
            pl.int_range(len(places), dtype=pl.Int32, eager=True), places, default=None
        )

    return side.rows.with_columns(
        said=joint("predicted_index"),
        true=joint("truth_index"),
        shown=joint("class_index").fill_null(-1),
    )


def _verdicts(
    left: pl.DataFrame, right: pl.DataFrame, pairs: pl.DataFrame, classes: JointClasses
) -> pl.DataFrame:
    for rows, number, end in ((left, "first", "_a"), (right, "second", "_b")):
        one = rows.unique("picture", keep="any").select("picture", *_VERDICT)
        one = one.rename({name: f"{name}{end}" for name in _VERDICT})
        pairs = pairs.join(one, left_on=number, right_on="picture")
    # What one model has no class for, it cannot be right about.
    either = pl.coalesce("true_a", "true_b")
    agree = (pl.col("true_a") == pl.col("true_b")).fill_null(value=True)
    usable = agree & either.is_in(pl.Series(classes.shared).implode())
    true = pl.when(usable).then(either)
    right_a, right_b = pl.col("said_a") == pl.col("true"), pl.col("said_b") == pl.col("true")
    outcome = (
        pl.when(right_a & right_b)
        .then(pl.lit(Outcome.RIGHT.value))
        .when(right_a)
        .then(pl.lit(Outcome.WORSE.value))
        .when(right_b)
        .then(pl.lit(Outcome.BETTER.value))
        .when(pl.col("true").is_not_null())
        .then(pl.lit(Outcome.WRONG.value))
    )
    return pairs.with_columns(true=true).with_columns(
        changed=pl.col("said_a") != pl.col("said_b"), outcome=outcome
    )


def _chosen_maps(
    left: pl.DataFrame,
    right: pl.DataFrame,
    pairs: pl.DataFrame,
    verdicts: pl.DataFrame,
    wanted: int | None,
) -> pl.DataFrame:
    """The two maps of each pair, with ``same_class``."""
    both = []
    for rows, number, end in ((left, "first", "_map_a"), (right, "second", "_map_b")):
        maps = rows.filter(pl.col("error").is_null()).select("picture", *_MAP)
        maps = maps.rename({name: f"{name}{end}" for name in _MAP})
        both.append(
            pairs.select("pair", number).join(maps, left_on=number, right_on="picture").drop(number)
        )
    one, other = both
    shared = one.join(
        other.with_columns(shown_map_a=pl.col("shown_map_b")), on=["pair", "shown_map_a"]
    )
    shared = shared.join(verdicts.select("pair", "true", "said_a", "said_b"), on="pair")
    shown = pl.col("shown_map_a")
    order = (
        pl.when(shown == pl.lit(wanted, pl.Int32)).then(0)
        .when(shown == pl.col("true")).then(1)
        .when(shown == pl.col("said_a")).then(2)
        .when(shown == pl.col("said_b")).then(3)
        .otherwise(4)
    )  # fmt: skip
    ranks = pl.col("rank_map_a") + pl.col("rank_map_b")
    shared = shared.sort("pair", order, ranks, "rank_map_a").drop("true", "said_a", "said_b")
    shared = shared.unique("pair", keep="first", maintain_order=True)
    rest = pairs.select("pair").join(shared, on="pair", how="anti")
    own = [
        table.join(rest, on="pair", how="semi").sort("pair", f"rank{end}")
        .unique("pair", keep="first", maintain_order=True)
        for table, end in ((one, "_map_a"), (other, "_map_b"))
    ]  # fmt: skip
    apart = own[0].join(own[1], on="pair")
    parts = [table.with_columns(same_class=pl.lit(same)) for table, same in
             ((shared, True), (apart.select(shared.columns), False))]  # fmt: skip
    return pl.concat(parts)
