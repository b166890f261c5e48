"""Runs of a few pictures whose verdicts and maps a test states one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.stand_in_runs import with_all_columns
from benchmarks.synthetic_runs import begin_run
from camviewer.engine.batch import Run, open_run

LABELS = ("cat", "dog", "bird")
PICTURE = 96
"""Side of the pictures, in source pixels."""


@dataclass(frozen=True)
class Said:
    """What a model says of a picture.

    Attributes:
        path: its folder is the true class.
        predicted: a class.
        maps: the map of each explained class; the first is of the most probable one.
        content: stands for the file's bytes; the path does when empty.
        error: why there is no map.
    """

    path: str
    predicted: str = "cat"
    maps: tuple[tuple[str, tuple[tuple[float, ...], ...]], ...] = ()
    content: str = ""
    error: str = ""


def spot(row: int, column: int, side: int = 3, value: float = 1.0) -> tuple[tuple[float, ...], ...]:
    """A map whose evidence lies in one cell."""
    values = np.zeros((side, side))
    values[row, column] = value
    return tuple(map(tuple, values.tolist()))


def write_run(
    path: Path,
    pictures: Sequence[Said],
    *,
    labels: Sequence[str] = LABELS,
    shard_size: int = 2,
    truth: str = "folders",
    root: Path | None = None,
) -> Run:
    """Writes a run, with shards of the pictures in the order of their paths."""
    names = [said.path for said in pictures]
    folder = begin_run(path, names, labels, shard_size=shard_size, truth=truth, root=root)
    by_path = {said.path: said for said in pictures}
    for shard in folder.shards():
        rows = [
            row
            for identifier, name in shard.pictures.select("id", "path").iter_rows()
            for row in _rows(identifier, by_path[name], labels, has_truth=truth != "none")
        ]
        folder.write_table(shard.name, with_all_columns(pl.DataFrame(rows)))
    return open_run(path)


def _rows(
    identifier: str, said: Said, labels: Sequence[str], *, has_truth: bool
) -> list[dict[str, object]]:
    truth = said.path.split("/")[0] if has_truth else None
    true = labels.index(truth) if truth in labels else None
    common: dict[str, object] = {
        "id": identifier, "path": said.path, "sha256": said.content or said.path,
        "width": PICTURE, "height": PICTURE, "truth": truth, "truth_index": true,
        "placement": "crop", "detail": 1.0, "error": said.error or None,
    }  # fmt: skip
    if said.error:
        return [common]
    predicted = labels.index(said.predicted)
    common |= {
        "predicted": said.predicted, "predicted_index": predicted, "predicted_probability": 0.75,
        "truth_rank": None if true is None else 1 if true == predicted else 2,
        "truth_probability": None if true is None else 0.75 if true == predicted else 0.25,
    }  # fmt: skip
    maps = said.maps or ((said.predicted, spot(1, 1)),)
    return [
        common | _map(name, labels.index(name), rank, np.array(values, np.float32))
        for rank, (name, values) in enumerate(maps, start=1)
    ]


def _map(name: str, index: int, rank: int, values: np.ndarray) -> dict[str, object]:
    rows, columns = values.shape
    pitch_x, pitch_y = PICTURE / columns, PICTURE / rows
    return {
        "class": name, "class_index": index, "rank": rank, "probability": 0.75 / rank,
        "map": values.ravel().tolist(), "map_rows": rows, "map_columns": columns,
        "origin_x": pitch_x / 2, "origin_y": pitch_y / 2, "pitch_x": pitch_x, "pitch_y": pitch_y,
        "extent_left": 0.0, "extent_top": 0.0, "extent_right": float(PICTURE),
        "extent_bottom": float(PICTURE), "noise_scale": 1.0,
    }  # fmt: skip
