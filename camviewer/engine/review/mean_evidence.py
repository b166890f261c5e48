"""The mean map of a class beside its mean picture, and the pictures behind a cell of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from PIL import Image

from camviewer.engine.batch.report.maps import mean_maps
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.cell_grid import centre_lines
from camviewer.engine.review.run_table import RowNumbers, RunTable
from camviewer.engine.review.stored_maps import StoredMaps

_EVEN = 2.0
"""Evidence lies in a cell when it has so many times the share that each cell would have evenly."""

_FRAME = 224
"""Side of the mean picture in pixels."""

_AVERAGED = 200
"""Maximum number of pictures behind a mean picture, because each must be read."""


@dataclass(frozen=True, eq=False)
class Frame:
    """Where the cells of a map look in the part of the picture that it covers.

    Attributes:
        x: (w,) from 0 at its left to 1 at its right.
        y: (h,) from 0 at its top to 1 at its bottom.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]

    @property
    def shape(self) -> tuple[int, int]:
        """(h, w) in cells."""
        return len(self.y), len(self.x)


@dataclass(frozen=True, eq=False)
class MeanEvidence:
    """The mean of the raw maps of a class, on the grid that most of them have.

    Maps on another grid are carried over: both cover the same part of the common frame, and values
    are interpolated linearly between the places where their cells look.

    Attributes:
        index: the class.
        of_truth: whether it is the pictures' true class; otherwise the predicted one.
        values: float64 (h, w), in the maps' unit.
        frame: where its cells look.
        numbers: (n,) the rows behind it.
        others: how many of them are on another grid.
    """

    index: int
    of_truth: bool
    values: NDArray[np.float64]
    frame: Frame
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


def mean_evidence(table: RunTable, stored: StoredMaps, index: int) -> MeanEvidence | None:
    """The mean map of a class: over its own pictures where true classes are known.

    Args:
        table: the run's rows.
        stored: the run's maps.
        index: the class.

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
    shards = {table.shards[number] for number in maps["shard"].unique()}
    means = mean_maps(table.run, maps, table.labels, shards)
    if not means:
        return None
    (found,) = means
    rows, columns = found.values.shape
    is_usual = (pl.col("map_rows") == rows) & (pl.col("map_columns") == columns)
    frame = _frame_of(maps.filter(is_usual).row(0, named=True))
    total = found.values * found.count
    for row in maps.filter(~is_usual).iter_rows(named=True):
        total += _on_frame(stored.values(table, row), row, frame)
    values = total / (found.count + found.others) if found.others else found.values
    return MeanEvidence(index, of_truth, values, frame, maps["number"].to_numpy(), found.others)


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
    shares = np.array([_share_at(maps, table, number, mean.frame, cell) for number in mean.numbers])
    found = np.flatnonzero(shares >= _EVEN / mean.values.size)
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


def _share_at(
    maps: StoredMaps, table: RunTable, number: int, frame: Frame, cell: tuple[int, int]
) -> float:
    """Share of a map's evidence in a cell of the frame."""
    row = table.row(int(number))
    values = maps.values(table, row)
    evidence = _on_frame(np.clip(values, 0.0, None), row, frame)
    total = float(evidence.sum())
    return float(evidence[cell]) / total if total > 0.0 else 0.0


def _frame_of(row: Mapping[str, Any]) -> Frame:
    width = row["extent_right"] - row["extent_left"]
    height = row["extent_bottom"] - row["extent_top"]
    shape = row["map_rows"], row["map_columns"]
    origin, pitch = (row["origin_x"], row["origin_y"]), (row["pitch_x"], row["pitch_y"])
    x, y = centre_lines(shape, origin, pitch)
    return Frame((x - row["extent_left"]) / width, (y - row["extent_top"]) / height)


def _on_frame(
    values: NDArray[np.float32], row: Mapping[str, Any], frame: Frame
) -> NDArray[np.float64]:
    """A map (cells,) on the cells of the frame; on the same grid it stays as it is."""
    grid = values.reshape(row["map_rows"], row["map_columns"]).astype(np.float64)
    if grid.shape == frame.shape:
        return grid
    own = _frame_of(row)
    across = np.stack([np.interp(frame.x, own.x, line) for line in grid])
    return np.stack([np.interp(frame.y, own.y, line) for line in across.T], axis=1)
