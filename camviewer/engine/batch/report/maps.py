"""Sums up the maps of a run: localisation, measures, borders, and the mean map of each class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from camviewer.engine.batch.map_statistics import evidence_box
from camviewer.engine.batch.measuring import MEASURES
from camviewer.engine.batch.objects.localisation import overlap
from camviewer.engine.batch.report.verdicts import Share
from camviewer.engine.batch.run import Run
from camviewer.engine.geometry.geometry import Box

_HIT = 0.5
"""Least overlap that ILSVRC counts (Russakovsky et al., IJCV 2015)."""

_OVERLAPS = tuple(number / 20 for number in range(21))
_CUTS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_CUT_MAPS = 300
"""Maximum number of maps whose boxes are found at other cuts; each takes about two milliseconds."""

_GRID = ("class_index", "map_rows", "map_columns")
_LOW_IS_GOOD = {"deletion", "drop"}
_MEAN_MAPS = 12
"""Maximum number of classes whose mean map is shown."""


@dataclass(frozen=True)
class Mean:
    """A mean over so many.

    Attributes:
        value: the mean; None of none.
        count: of numbers.
    """

    value: float | None
    count: int


@dataclass(frozen=True)
class Curve:
    """A share of hits over a threshold.

    Attributes:
        points: (threshold, share), both 0 to 1.
        count: of maps behind each point.
    """

    points: tuple[tuple[float, float], ...]
    count: int


@dataclass(frozen=True)
class Localised:
    """How maps lie on the objects of their class.

    Attributes:
        hits: maps whose box overlaps an object's by at least half.
        right_hits: pictures whose predicted class is the true one, and its map such a hit; None
            where the true class's map is not there for all pictures.
        iou: mean overlap.
        energy: mean share of the evidence inside the objects.
        pointing: maps whose peak lies in an object.
        by_overlap: the share of hits where another overlap is asked for.
        by_cut: the share of hits where the box is cut at another share of the maximum.
        without: pictures with an annotation, but without an object of an explained class.
    """

    hits: Share
    right_hits: Share | None
    iou: Mean
    energy: Mean
    pointing: Share
    by_overlap: Curve
    by_cut: Curve
    without: int


@dataclass(frozen=True)
class Measured:
    """A measure beside its random reference.

    Attributes:
        name: of the column.
        low_is_good: whether the smaller value is the better one.
        own: mean of the maps.
        random: mean of the random maps.
        better: maps that are better than their random map.
    """

    name: str
    low_is_good: bool
    own: float
    random: float
    better: Share


@dataclass(frozen=True, eq=False)
class MeanMap:
    """The mean of the raw maps of a class.

    Attributes:
        label: of the class.
        values: float64 (h, w).
        count: maps behind it.
        others: maps of the class with another grid, which are left out.
    """

    label: str
    values: NDArray[np.float64]
    count: int
    others: int


def mean(table: pl.DataFrame, column: str) -> Mean:
    """The mean of a column, without empty cells."""
    numbers = table[column].drop_nulls()
    value = numbers.cast(pl.Float64).mean()
    return Mean(value if isinstance(value, float) else None, len(numbers))


def localised(run: Run, maps: pl.DataFrame) -> Localised | None:
    """How the maps lie on objects; None for a run without.

    Args:
        run: has the maps themselves.
        maps: a row for each map.
    """
    if not maps["objects"].count():
        return None
    of_class = maps.filter(pl.col("class_objects") > 0)
    boxed = of_class.filter(pl.col("box_iou").is_not_null())
    pointing = of_class["pointing"].drop_nulls()
    counts = tuple(int((boxed["box_iou"] >= least).sum()) for least in _OVERLAPS)
    points = zip(_OVERLAPS, counts, strict=True)
    annotated = maps.filter(pl.col("objects").is_not_null())
    return Localised(
        hits=Share(int((boxed["box_iou"] >= _HIT).sum()), boxed.height),
        right_hits=_right_hits(maps),
        iou=mean(boxed, "box_iou"),
        energy=mean(of_class, "energy_inside"),
        pointing=Share(int(pointing.sum()), len(pointing)),
        by_overlap=Curve(
            tuple((least, hits / boxed.height) for least, hits in points) if boxed.height else (),
            boxed.height,
        ),
        by_cut=_by_cut(run, boxed),
        without=annotated["id"].n_unique() - of_class["id"].n_unique(),
    )


def _right_hits(maps: pl.DataFrame) -> Share | None:
    """ILSVRC's own count: the class and the place of its object are both right."""
    of_truth = maps.filter(pl.col("class_index") == pl.col("truth_index"))
    known = maps.filter(pl.col("truth_index").is_not_null())["id"].n_unique()
    if not known or of_truth["id"].n_unique() < known:
        return None
    counted = of_truth.filter(pl.col("class_objects") > 0)
    hits = counted.filter((pl.col("truth_rank") == 1) & (pl.col("box_iou") >= _HIT))
    return Share(hits.height, counted.height)


def _by_cut(run: Run, boxed: pl.DataFrame) -> Curve:
    every = -(-boxed.height // _CUT_MAPS) or 1
    chosen = boxed.gather_every(every).select("id", "class_index")
    hits = Counter[float]()
    for row in full_rows(run, chosen):
        heatmap, sides = run.heatmap(row), row["object_boxes"]
        objects = [Box(*sides[start : start + 4]) for start in range(0, len(sides), 4)]
        for cut in _CUTS:
            box = evidence_box(heatmap, cut)
            hits[cut] += box is not None and any(overlap(box, o) >= _HIT for o in objects)
    count = chosen.height
    return Curve(tuple((cut, hits[cut] / count) for cut in _CUTS) if count else (), count)


def full_rows(run: Run, chosen: pl.DataFrame) -> list[dict[str, Any]]:
    """Whole rows with their maps, in the order of the (id, class_index) that are chosen."""
    if not chosen.height:
        return []
    ordered = chosen.select("id", "class_index").with_row_index("order")
    rows = run.scan().filter(pl.col("id").is_in(chosen["id"].unique().to_list()))
    rows = rows.join(ordered.lazy(), on=["id", "class_index"], how="inner").sort("order")
    return run.collected(rows).to_dicts()


def measured(maps: pl.DataFrame) -> tuple[Measured, ...]:
    """Each measure that the run has, over the maps where it and its reference are known."""
    found = []
    for name in MEASURES:
        table = maps.select(
            own=pl.col(name).cast(pl.Float64), random=pl.col(f"{name}_random").cast(pl.Float64)
        ).drop_nulls()
        if not table.height:
            continue
        low = name in _LOW_IS_GOOD
        own, random = table["own"], table["random"]
        better = (own < random) if low else (own > random)
        own_mean, random_mean = table.select(pl.all().mean()).row(0)
        hits = Share(int(better.sum()), table.height)
        found.append(Measured(name, low, own_mean, random_mean, hits))
    return tuple(found)


def mean_maps(
    run: Run,
    maps: pl.DataFrame,
    labels: tuple[str, ...],
    shards: Collection[str] | None = None,
) -> tuple[MeanMap, ...]:
    """The mean map of the classes with most maps, over the grid that most maps of a class have.

    The maps are those of the true class where it is known, else of the predicted one.

    Args:
        run: has the maps themselves; more of them may come meanwhile.
        maps: a row for each map.
        labels: the model's, by index.
        shards: names of those that have the maps; all that are done when None.
    """
    of_truth = maps["truth_index"].count() > 0
    wanted = pl.col("class_index") == pl.col("truth_index" if of_truth else "predicted_index")
    grids = maps.filter(wanted).group_by(*_GRID).len()
    grids = grids.sort(["len", *_GRID], descending=[True, False, False, False])
    classes = grids.group_by("class_index", maintain_order=True).agg(
        pl.col("map_rows", "map_columns", "len").first(), total=pl.col("len").sum()
    )
    classes = classes.sort(["total", "class_index"], descending=[True, False]).head(_MEAN_MAPS)
    sums = {
        row["class_index"]: np.zeros((row["map_rows"], row["map_columns"]))
        for row in classes.iter_rows(named=True)
    }
    counts = Counter[int]()
    for table in run.tables("truth_index", "predicted_index", *_GRID, "map", shards=shards):
        shown = table.filter(wanted).select(*_GRID, "map")
        shown = shown.join(classes, on=_GRID, how="semi")
        for (index,), part in shown.group_by("class_index"):
            total = sums[index]
            values = part["map"].list.to_array(total.size).to_numpy()
            total += values.sum(axis=0, dtype=np.float64).reshape(total.shape)
            counts[index] += part.height
    return tuple(
        MeanMap(
            labels[row["class_index"]],
            sums[row["class_index"]] / counts[row["class_index"]],
            counts[row["class_index"]],
            row["total"] - row["len"],
        )
        for row in classes.iter_rows(named=True)
        if counts[row["class_index"]]
    )
