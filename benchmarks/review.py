"""Review of 100,000 rows: ``python -m benchmarks --only review``.

The window opens a run of generated rows over photographs, filters, sorts, turns pages and scrolls,
alone and beside a run of this program that goes on.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from benchmarks.own_process import said_by
from benchmarks.review_probe import SHOWN_EVERY
from benchmarks.runs import photographs
from benchmarks.synthetic_runs import begin_synthetic_run, write_shards
from benchmarks.window_start import a_screen
from camviewer.engine.support import stand_back
from camviewer.ui.work.event_process import POLITE

_CLASSES = 100
_DISTINCT = 100
_ARRIVAL_S = 0.9
"""Seconds from one shard of a thousand rows that arrives to the next."""
_READY_AIM, _FREEZE_AIM, _GROWTH_AIM = 200.0, 50.0, 10.0
"""Milliseconds until rows are there; milliseconds of the longest freeze; megabytes over the pages,
from the first tenth of them on."""


def time_review(rows: int, pages: int) -> str:
    """Markdown."""
    with TemporaryDirectory() as name, a_screen() as (screen, variables):
        folder = Path(name)
        run = _written(folder, rows)
        environment = {**os.environ, **variables, "CAMVIEWER_HOME": str(folder / "home")}
        alone = _probe(run, pages, environment)
        with _run_beside(folder, environment):
            beside = _probe(run, pages, environment)
            with _arriving(run):
                growing = _probe(run, pages, environment)
    return _report(rows, screen, alone, beside, growing)


def _report(
    rows: int,
    screen: str,
    alone: dict[str, Any],
    beside: dict[str, Any],
    growing: dict[str, Any],
) -> str:
    lines = [
        f"## Review of {rows:,} rows",
        "",
        f"A window of 1280 x 800 on {screen}, alone and beside a `camviewer batch` that goes on.",
        "*Ready* is when the rows are in the gallery; a freeze is the longest time that the GUI",
        "thread lets a timer of 1 ms wait, until everything has come to rest.",
        "",
        "| | ready, ms | freeze, ms | beside a run: ready, ms | freeze, ms |",
        "|---|---|---|---|---|",
    ]
    for one, other in zip(alone["steps"], beside["steps"], strict=True):
        lines.append(
            f"| {one['name']} | {one['ready_ms']:.0f} | {one['freeze_ms']:.0f} "
            f"| {other['ready_ms']:.0f} | {other['freeze_ms']:.0f} |"
        )
    views = [
        step["ready_ms"]
        for step in (*alone["steps"], *beside["steps"])
        if "filter" in step["name"] or "sort" in step["name"]
    ]
    freezes = [
        max(step["freeze_ms"] for step in found["steps"]) for found in (alone, beside, growing)
    ]
    growths = [found["memory"][-1] - found["memory"][0] for found in (alone, beside)]
    most, freeze, growth = max(views), max(freezes), max(growths)
    of_views, of_freezes = _verdict(most, _READY_AIM, "ms"), _verdict(freeze, _FREEZE_AIM, "ms")
    end, of_growths = alone["memory"][-1], _verdict(growth, _GROWTH_AIM, "MB")
    return (
        "\n".join(lines)
        + f"""

- Rows of a filter or order: at most {most:.0f} ms; {of_views}.
- Longest freeze: {freezes[0]:.0f} ms alone, {freezes[1]:.0f} ms beside a run, and
  {freezes[2]:.0f} ms beside one while two thirds of the rows arrive, which are shown every
  {SHOWN_EVERY} pages; {of_freezes}.
- Resident memory from a tenth of the pages to the last: {growths[0]:+.0f} MB alone, to
  {end:.0f} MB, and {growths[1]:+.0f} MB beside a run; {of_growths}."""
    )


def _verdict(value: float, aim: float, unit: str) -> str:
    return f"aimed at {aim:.0f} {unit}: {'reached' if value <= aim else '**missed**'}"


def _probe(run: Path, pages: int, environment: dict[str, str]) -> dict[str, Any]:
    words = str(run), str(pages)
    found: dict[str, Any] = said_by("benchmarks.review_probe", *words, variables=environment)
    return found


@contextmanager
def _run_beside(folder: Path, environment: dict[str, str]) -> Iterator[None]:
    """A run of the program over more photographs than it can explain in the time."""
    pictures = folder / "beside"
    photographs(pictures, 50_000)
    words = [sys.executable, "-m", "camviewer", "batch", str(pictures), "-o", f"{pictures}-run"]
    run = subprocess.Popen(
        words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    stand_back(POLITE, run.pid)  # as the window has its runs do
    try:
        yield
    finally:
        run.kill()
        run.wait()


@contextmanager
def _arriving(run: Path) -> Iterator[None]:
    """Takes two thirds of a run's rows away, and has them arrive again as those of a run do."""
    shards = sorted((run / "shards").glob("*.parquet"))
    late = shards[len(shards) // 3 :]
    away = run.parent / "away"
    away.mkdir()
    for shard in late:
        shard.rename(away / shard.name)
    ended = threading.Event()

    def arrive() -> None:
        for shard in late:
            if ended.wait(_ARRIVAL_S):
                break
            (away / shard.name).rename(shard)

    thread = threading.Thread(target=arrive)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _written(folder: Path, count: int) -> Path:
    """A run whose pictures are there: a hundred photographs, again and again."""
    distinct = photographs(folder / "photographs", _DISTINCT)
    hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in distinct]
    root = folder / "pictures"
    begun = begin_synthetic_run(folder / "run", count, classes=_CLASSES, root=root)
    write_shards(begun)
    for number in range(_CLASSES):
        (root / f"class {number}").mkdir(parents=True)
    for file in sorted((begun.path / "shards").glob("*.parquet")):
        rows = pl.read_parquet(file)
        numbers = rows["path"].str.extract(r"(\d+)\.jpg$").cast(pl.Int64).to_list()
        for path, number in zip(rows["path"], numbers, strict=True):
            (root / path).hardlink_to(distinct[number % _DISTINCT])
        of_files = pl.Series("sha256", [hashes[number % _DISTINCT] for number in numbers])
        rows.with_columns(of_files).write_parquet(file)
    return begun.path
