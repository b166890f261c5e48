"""Runs of generated rows, written by the library's own writer, without a network."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.stand_in_runs import STAND_IN, with_all_columns
from camviewer.engine.batch.configuration import RunSettings, settings_record
from camviewer.engine.batch.run_folder import RunFolder, begin
from camviewer.engine.batch.sources import Listing, PictureEntry
from camviewer.engine.geometry.recipe_records import recipe_record
from camviewer.engine.network.embedded import IDENTIFIER, RECIPE, WEIGHTS_SHA256

SIDE = 7
"""Rows and columns of the maps."""


def begin_synthetic_run(
    path: Path, count: int, *, classes: int = 10, shard_size: int = 1000, root: Path | None = None
) -> RunFolder:
    """Begins a run over ``count`` pictures that need not be there.

    Args:
        path: the folder of the run.
        count: pictures.
        classes: of the model.
        shard_size: pictures in a shard.
        root: the folder that the pictures would lie in.
    """
    labels = [f"class {number}" for number in range(classes)]
    names = [f"{labels[number % classes]}/{number:06}.jpg" for number in range(count)]
    return begin_run(path, names, labels, shard_size=shard_size, root=root)


def begin_run(
    path: Path,
    names: Sequence[str],
    labels: Sequence[str],
    *,
    shard_size: int = 1000,
    root: Path | None = None,
    truth: str = "folders",
) -> RunFolder:
    """Begins a run over pictures of these paths, whose true classes are their folders.

    Args:
        path: the folder of the run.
        names: paths of the pictures below the root.
        labels: of the model.
        shard_size: pictures in a shard.
        root: the folder that the pictures would lie in.
        truth: ``folders``, or ``none``.
    """
    entries = [
        PictureEntry(hashlib.sha256(n.encode()).hexdigest()[:16], n, 0, n.encode())
        for n in sorted(names)
    ]
    listing = Listing((root or path / "pictures",), tuple(entries))
    configuration = replace(
        STAND_IN,
        model=IDENTIFIER,
        weights_sha256=WEIGHTS_SHA256,
        recipe=json.dumps(recipe_record(RECIPE), sort_keys=True, separators=(",", ":")),
        layer="head",
        truth=truth,
        shard_size=shard_size,
    )
    model = {
        "title": "Generated",
        "activation": "softmax",
        "labels": list(labels),
        "unit": "logit",
        "signed": False,
        "classless": False,
        "method_title": "CAM",
        "citation": "",
    }
    return begin(
        path,
        configuration,
        sources=[str(listing.roots[0])],
        listing=listing,
        truths=[entry.path.split("/")[0] if truth == "folders" else None for entry in entries],
        settings=settings_record(RunSettings()),
        model=model,
    )


def write_shards(folder: RunFolder, first: int = 0, last: int | None = None, seed: int = 0) -> None:
    """Writes the rows of some of a run's shards: every fifth picture is taken for another class."""
    labels = list(folder.record["model"]["labels"])
    for shard in folder.shards()[first:last]:
        folder.write_table(shard.name, _rows(shard.pictures, labels, seed + shard.start))


def _rows(pictures: pl.DataFrame, labels: list[str], seed: int) -> pl.DataFrame:
    random = np.random.default_rng(seed)
    count = len(pictures)
    truth = np.array([labels.index(name) for name in pictures["truth"]], np.int32)
    wrong = random.random(count) < 0.2
    predicted = np.where(wrong, (truth + 1) % len(labels), truth).astype(np.int32)
    sure = random.uniform(0.4, 1.0, count)
    maps = random.normal(size=(count, SIDE, SIDE)).astype(np.float32)
    maps[np.arange(count), truth % SIDE, (truth // SIDE) % SIDE] += 5.0
    positive = np.clip(maps, 0.0, None)
    border = 1.0 - positive[:, 1:-1, 1:-1].sum((1, 2)) / positive.sum((1, 2))
    peak = maps.reshape(count, -1).argmax(axis=1)
    columns = {
        "id": pictures["id"],
        "path": pictures["path"],
        "sha256": pictures["id"],
        "truth": pictures["truth"],
        "truth_index": truth,
        "truth_rank": np.where(wrong, 2, 1),
        "truth_probability": np.where(wrong, 1.0 - sure, sure),
        "predicted": [labels[index] for index in predicted],
        "predicted_index": predicted,
        "predicted_probability": sure,
        "class": [labels[index] for index in predicted],
        "class_index": predicted,
        "probability": sure,
        "margin": 2 * sure - 1,
        "map": pl.Series(maps.reshape(count, -1)).cast(pl.List(pl.Float32)),
        "map_sum": maps.sum((1, 2)),
        "border_share": border,
        "peak_x": (peak % SIDE) * 32.0 + 16,
        "peak_y": (peak // SIDE) * 32.0 + 16,
    }
    same = {
        "width": 224, "height": 224, "pages": 1, "model": IDENTIFIER, "weights": WEIGHTS_SHA256,
        "method": "cam", "layer": "head", "placement": "crop", "detail": 1.0, "rank": 1,
        "logit": 1.0, "map_rows": SIDE, "map_columns": SIDE, "origin_x": 16.0, "origin_y": 16.0,
        "pitch_x": 32.0, "pitch_y": 32.0, "extent_left": 0.0, "extent_top": 0.0,
        "extent_right": 224.0, "extent_bottom": 224.0, "noise_scale": 1.0,
    }  # fmt: skip
    table = pl.DataFrame(columns).with_columns(**{name: pl.lit(v) for name, v in same.items()})
    return with_all_columns(table)
