"""Runs with class scores whose true probabilities are known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.stand_in_runs import with_all_columns
from benchmarks.synthetic_runs import begin_synthetic_run, write_shards

CLASSES = 4


def write_overconfident_run(path: Path, count: int, *, sharpness: float = 3.0) -> Path:
    """A run whose model gives its logits ``sharpness`` times too large, over pictures not there.

    Args:
        path: the folder of the run.
        count: pictures.
        sharpness: the temperature that puts it right.
    """
    folder = begin_synthetic_run(path, count, classes=CLASSES, shard_size=1000)
    write_shards(folder)
    random = np.random.default_rng(0)
    for shard in folder.shards():
        (file,) = (folder.path / "shards").glob(f"{shard.name}*.parquet")
        rows = pl.read_parquet(file)
        truth = rows["truth_index"].to_numpy()
        logits = 2.0 * random.standard_normal((len(rows), CLASSES))
        drawn = (logits + random.gumbel(size=logits.shape)).argmax(1)
        each = np.arange(len(rows))
        # The class that was drawn becomes the true one.
        logits[each, drawn], logits[each, truth] = logits[each, truth], logits[each, drawn].copy()
        scores = pl.Series("logits", (sharpness * logits).tolist(), pl.List(pl.Float32))
        folder.write_table(shard.name, with_all_columns(rows.with_columns(scores)))
    return path
