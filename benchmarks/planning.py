"""Plans a run over a million pictures without a network: ``python -m benchmarks.planning``.

The pictures are listed, cut into shards, half of these are made, the run is opened anew and ended,
and its tables are asked.
"""

from __future__ import annotations

import argparse
import resource as unix
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
import polars as pl

from benchmarks.stand_in_runs import STAND_IN, with_all_columns
from camviewer.engine.batch import (
    Claims,
    RunFolder,
    RunSettings,
    Shard,
    begin,
    list_pictures,
    open_run,
    settings_record,
)

_MAPS = 3
"""Rows for each picture."""
_CELLS = 49


def write_list(file: Path, count: int) -> Path:
    """A table of paths of pictures that are not there."""
    numbers = pl.DataFrame({"number": pl.int_range(count, eager=True)})
    path = pl.format("{}/{}.jpg", pl.col("number") % 1000, pl.col("number"))
    numbers.select(path.alias("path")).write_parquet(file)
    return file


def begin_run(source: Path, run: Path) -> RunFolder:
    """Lists the pictures of a source and begins a run over them, for a model that is none."""
    listing = list_pictures([source])
    return begin(
        run,
        replace(STAND_IN, classes=f"top{_MAPS}"),
        sources=[str(source)],
        listing=listing,
        truths=[None] * len(listing.entries),
        settings=settings_record(RunSettings()),
        model={"title": "A stand-in", "labels": [], "unit": "logit", "signed": False},
    )


def stand_in_rows(shard: Shard) -> pl.DataFrame:
    """Rows as a network might have made them, the same for the same shard."""
    chance = np.random.default_rng(shard.start)
    count = len(shard) * _MAPS
    probability = chance.random(count, dtype=np.float32)
    maps = chance.random((count, _CELLS), dtype=np.float32)
    pictures = shard.pictures
    made = {
        "id": pictures["id"].to_numpy().repeat(_MAPS),
        "path": pictures["path"].to_numpy().repeat(_MAPS),
        "rank": np.tile(np.arange(1, _MAPS + 1, dtype=np.int32), len(shard)),
        "class_index": chance.integers(0, 1000, count, dtype=np.int32),
        "probability": probability,
        "margin": probability / 2,
        "border_share": chance.random(count, dtype=np.float32),
        "map": maps,
    }
    return with_all_columns(pl.DataFrame(made).with_columns(pl.col("map").arr.to_list()))


def make(folder: RunFolder, most: int | None = None) -> int:
    """Makes shards that are not done; gives how many."""
    made = 0
    with Claims(folder.claims_folder) as claims:
        for shard in folder.shards():
            if made == most:
                break
            if folder.is_done(shard.name) or not claims.take(shard.name):
                continue
            folder.write_table(shard.name, stand_in_rows(shard))
            claims.give_back(shard.name)
            made += 1
    return made


def time_planning(count: int) -> str:
    """Markdown, of a process of its own."""
    words = [sys.executable, "-m", "benchmarks.planning", "--pictures", str(count)]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


def plan(count: int) -> str:
    """A table of seconds, and the memory at most."""
    lines = [f"## A run of {count:,} pictures, with a stand-in for the network", ""]
    lines += ["| step | seconds | MB at most until then |", "|---|---|---|"]

    def timed(title: str, step: Callable[[], object]) -> object:
        began = perf_counter()
        found = step()
        lines.append(f"| {title} | {perf_counter() - began:.1f} | {_peak_megabytes():.0f} |")
        return found

    began = perf_counter()
    with TemporaryDirectory() as name:
        source, run = write_list(Path(name) / "pictures.parquet", count), Path(name) / "run"
        timed("list, cut and begin", lambda: begin_run(source, run))
        shards = len(open_run(run).folder.shards())
        timed("make half of the shards", lambda: make(open_run(run).folder, shards // 2))
        timed("find what is left and make it", lambda: make(open_run(run).folder))
        status = timed("status", lambda: open_run(run).status())
        whole = perf_counter() - began
        rows = timed(f"filter and sort {count * _MAPS:,} rows", lambda: _worst(run))
        again = timed("the same again", lambda: _worst(run))
        timed("mean by class", lambda: _by_class(run))
    assert status.is_done, status
    assert len(rows) == len(again) > 0
    words = f"{whole:.0f} s until the status was told, {_peak_megabytes():.0f} MB at most"
    lines += ["", f"{words}. Aimed at: 120 s, 1,000 MB, and 1 s for filter and sort."]
    return "\n".join(lines)


def _peak_megabytes() -> float:
    return unix.getrusage(unix.RUSAGE_SELF).ru_maxrss / 1024


def _worst(run: Path) -> pl.DataFrame:
    """The surest maps whose evidence lies on the border."""
    query = open_run(run).scan().filter(pl.col("probability") > 0.9, pl.col("border_share") > 0.5)
    kept = query.select("path", "class_index", "probability", "border_share")
    return kept.sort("border_share", descending=True).collect()


def _by_class(run: Path) -> pl.DataFrame:
    query = open_run(run).scan().group_by("class_index")
    return query.agg(pl.col("probability").mean(), pl.len()).collect()


def main() -> None:
    parser = argparse.ArgumentParser(description="Plans a large run without a network.")
    parser.add_argument("--pictures", type=int, default=1_000_000)
    print(plan(parser.parse_args().pictures))


if __name__ == "__main__":
    main()
