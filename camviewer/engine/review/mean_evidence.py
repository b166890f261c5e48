"""The mean map of a class beside its mean picture, and the pictures behind a cell of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from PIL import Image

from camviewer.engine.batch.report.maps import mean_maps
from camviewer.engine.errors import CamviewerError
from camviewer.engine.review.run_table import RowNumbers, RunTable
from camviewer.engine.review.stored_maps import StoredMaps

_EVEN = 2.0
"""Evidence lies in a cell when it has so many times the share that each cell would have evenly."""

_FRAME = 224
"""Side of the mean picture in pixels."""

_AVERAGED = 200
"""Maximum number of pictures behind a mean picture, because each must be read."""


@dataclass(frozen=True, eq=False)
class MeanEvidence:
    """The mean of the raw maps of a class, on the grid that most of them have.

    Attributes:
        index: the class.
        of_truth: whether it is the pictures' true class; otherwise the predicted one.
        values: float64 (h, w), in the maps' unit.
        numbers: (n,) the rows behind it.
        others: maps of the class on another grid, which are left out.
    """

    index: int
    of_truth: bool
    values: NDArray[np.float64]
    numbers: RowNumbers
    others: int


@dataclass(frozen=True, eq=False)
class MeanPicture:
    """The mean of what the maps of a class cover in their pictures, stretched to a square.

    Attributes:
        pixels: uint8 RGB (h, w, 3).
        count: pictures behind it.
    """

    pixels: NDArray[np.uint8]
    count: int


def mean_evidence(table: RunTable, index: int) -> MeanEvidence | None:
    """The mean map of a class: over its own pictures where true classes are known.

    Returns:
        None when the run has no map of the class.

    Raises:
        CamviewerError: a shard is damaged.
    """
    of_truth = table.known.height > 0
    role = "truth_index" if of_truth else "predicted_index"
    maps = table.rows.filter(
        pl.col("class_index") == index, pl.col(role) == index, pl.col("error").is_null()
    )
    if not maps.height:
        return None
    (found,) = mean_maps(table.run, maps, table.labels)
    rows, columns = found.values.shape
    numbers = maps.filter(pl.col("map_rows") == rows, pl.col("map_columns") == columns)["number"]
    return MeanEvidence(index, of_truth, found.values, numbers.to_numpy(), found.others)


def pictures_at(
    table: RunTable, maps: StoredMaps, mean: MeanEvidence, cell: tuple[int, int]
) -> RowNumbers:
    """The rows behind a mean map whose evidence lies in one of its cells, the most of it first.

    Evidence lies in a cell that has at least twice the share which each would have evenly.

    Args:
        table: the run's rows.
        maps: the run's maps.
        mean: the mean map.
        cell: (row, column).

    Raises:
        CamviewerError: a shard is damaged.
    """
    rows, columns = mean.values.shape
    place = cell[0] * columns + cell[1]
    shares = np.array([_share_at(maps, table, number, place) for number in mean.numbers])
    found = np.flatnonzero(shares >= _EVEN / (rows * columns))
    return mean.numbers[found[np.argsort(-shares[found], kind="stable")]]


def mean_picture(
    table: RunTable,
    mean: MeanEvidence,
    picture_of: Callable[[int], NDArray[np.uint8]],
) -> MeanPicture | None:
    """The mean picture behind a mean map, of at most 200 pictures that are spread over the class.

    Args:
        table: the run's rows.
        mean: the mean map.
        picture_of: gives the thumbnail of a row, or raises a CamviewerError.

    Returns:
        None when no picture can be read.
    """
    every = -(-len(mean.numbers) // _AVERAGED)
    total, count = np.zeros((_FRAME, _FRAME, 3)), 0
    for part in _framed(table, mean.numbers[::every], picture_of):
        total += part
        count += 1
    if not count:
        return None
    return MeanPicture(np.rint(total / count).astype(np.uint8), count)


def _framed(
    table: RunTable, numbers: RowNumbers, picture_of: Callable[[int], NDArray[np.uint8]]
) -> Iterator[NDArray[np.uint8]]:
    """What each map covers of its picture, stretched to the common frame."""
    for number in numbers:
        try:
            pixels = picture_of(int(number))
        except CamviewerError:
            continue
        row = table.row(int(number))
        scale_x, scale_y = pixels.shape[1] / row["width"], pixels.shape[0] / row["height"]
        box = (
            max(row["extent_left"] * scale_x, 0.0),
            max(row["extent_top"] * scale_y, 0.0),
            min(row["extent_right"] * scale_x, pixels.shape[1]),
            min(row["extent_bottom"] * scale_y, pixels.shape[0]),
        )
        if box[2] - box[0] >= 1.0 and box[3] - box[1] >= 1.0:
            image = Image.fromarray(pixels)
            yield np.asarray(image.resize((_FRAME, _FRAME), Image.Resampling.BILINEAR, box=box))


def _share_at(maps: StoredMaps, table: RunTable, number: int, place: int) -> float:
    row = table.rows.row(int(number), named=True)
    values = maps.values(table.shards[row["shard"]], row["place"])
    evidence = float(np.clip(values, 0.0, None).sum())
    return max(float(values[place]), 0.0) / evidence if evidence > 0.0 else 0.0
