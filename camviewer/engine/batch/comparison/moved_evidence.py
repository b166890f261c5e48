"""Reads the compared maps of two runs, shard by shard, and measures how far evidence moved."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from camviewer.engine.batch.comparison.evidence_distance import PlacedMaps, distances
from camviewer.engine.batch.comparison.pairing import Side
from camviewer.engine.batch.shard_maps import ShardMaps
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.coverage import axis_borders
from camviewer.engine.results.heatmap import NOISE_SHARE
from camviewer.engine.support.progress import Progress

MEASURES = ("evidence_moved", "centre_moved", "correlation", "largest_difference")
"""What is measured of each pair; null where one of the two maps has no evidence."""

_SHARDS = ["shard_map_a", "shard_map_b"]
_SHAPES = ["map_rows_map_a", "map_columns_map_a", "map_rows_map_b", "map_columns_map_b"]


def moved_evidence(
    first: Side, second: Side, rows: pl.DataFrame, progress: Progress
) -> pl.DataFrame:
    """The columns ``MEASURES`` of rows as ``compared_rows`` gives them, in their order.

    Raises:
        CamviewerError: a shard is damaged, or was made again meanwhile.
        Cancelled: nobody waits for it any more.
    """
    readers = ShardMaps(first.run), ShardMaps(second.run)
    found = np.full((rows.height, len(MEASURES)), np.nan)
    blocks = rows.with_row_index("row").sort(*_SHARDS).partition_by(*_SHARDS)
    done = 0
    for block in blocks:
        progress.at(done / rows.height, "Comparing the maps")
        done += block.height
        for group in block.partition_by(*_SHAPES):
            maps = [
                _placed(group, end, reader.of(side.shards[group[f"shard{end}"][0]]), side)
                for end, reader, side in zip(
                    ("_map_a", "_map_b"), readers, (first, second), strict=True
                )
            ]
            size = group.select("width_a", "height_a").to_numpy().astype(np.float64)
            each = distances(maps[0], maps[1], np.hypot(size[:, 0], size[:, 1]))
            found[group["row"].to_numpy()] = np.stack(
                [each.moved, each.centre, each.correlation, each.strongest], axis=1
            )
    return pl.DataFrame(found, schema=MEASURES, orient="row").with_columns(
        pl.all().fill_nan(None).cast(pl.Float32)
    )


def _placed(group: pl.DataFrame, end: str, maps: pl.Series, side: Side) -> PlacedMaps:
    rows, columns = int(group[f"map_rows{end}"][0]), int(group[f"map_columns{end}"][0])
    places = group[f"place{end}"]
    values = _values(maps, places, rows * columns, side)

    def axis(name: str, cells: int, ends: Sequence[str]) -> NDArray[np.float64]:
        first, pitch, start, stop = (
            group[f"{column}{end}"].to_numpy().astype(np.float64)
            for column in (f"origin_{name}", f"pitch_{name}", *ends)
        )
        return axis_borders(first, pitch, cells, start, stop)

    noise = group[f"noise_scale{end}"].fill_null(0.0).to_numpy().astype(np.float64)
    return PlacedMaps(
        values.reshape(-1, rows, columns),
        axis("x", columns, ("extent_left", "extent_right")),
        axis("y", rows, ("extent_top", "extent_bottom")),
        NOISE_SHARE * noise,
    )


def _values(maps: pl.Series, places: pl.Series, cells: int, side: Side) -> NDArray[np.float32]:
    """float32 (N, cells): the maps at these places of a shard."""
    highest = places.max()
    if not isinstance(highest, int) or highest >= len(maps):
        raise _made_again(side)
    chosen = maps.gather(places)
    if not (chosen.list.len() == cells).fill_null(value=False).all():
        raise _made_again(side)
    values: NDArray[np.float32] = chosen.explode().to_numpy().reshape(-1, cells)
    return values


def _made_again(side: Side) -> CamviewerError:
    return CamviewerError(
        f"Rows of {side.run.path.name} were made again while they were compared, or are damaged.",
        "Compare the runs again.",
    )
