"""Starts the packaged program several times, where ``make package`` has made it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic_ns

from benchmarks.window_start import a_screen
from camviewer.engine.support import resource

DIST = Path(__file__).resolve().parent.parent / "dist"
AIMS_MS = {"window_ms": 1000.0, "map_ms": 4000.0}
_TITLES = {"window_ms": "start to window on screen", "map_ms": "start to first map on screen"}
_TIMEOUT_S = 120


def packaged_program() -> Path | None:
    """The executable in ``dist``; None when none was made."""
    name = "camviewer.exe" if sys.platform == "win32" else "camviewer"
    found = sorted(DIST.glob(f"camviewer-*/{name}")) + sorted(
        DIST.glob("*/*.app/**/MacOS/camviewer")
    )
    return found[-1] if found else None


def time_packaged(program: Path, repeats: int) -> dict[str, tuple[float, ...]]:
    """Milliseconds by measure, one value a start, after one start that warms the disk."""
    with TemporaryDirectory() as folder, a_screen() as (_, variables):
        found = [_start(program, Path(folder), variables) for _ in range(repeats + 1)][1:]
    return {name: tuple(start[name] for start in found) for name in AIMS_MS}


def packaged_report(program: Path, times: dict[str, tuple[float, ...]]) -> str:
    """Markdown."""
    rows = []
    for name, values in times.items():
        reached = "reached" if median(values) <= AIMS_MS[name] else "**missed**"
        cells = f"{median(values):.0f} ms | {max(values):.0f} ms | {AIMS_MS[name]:.0f} ms"
        rows.append(f"| {_TITLES[name]} | {cells} | {reached} |")
    return "\n".join(
        [
            "## The packaged program, from the start of the process",
            "",
            f"`{program.parent.name}`, `camviewer photo.png` with a warm disk; each start is a",
            "process of its own, with a fresh user's settings.",
            "",
            "| | median | most | aim: at most | |",
            "|---|---|---|---|---|",
            *rows,
        ]
    )


def _start(program: Path, folder: Path, variables: dict[str, str]) -> dict[str, float]:
    words = [resource("samples", "chelsea.png"), folder / "shot.png"]
    command = [program, "--check-window", *words, str(monotonic_ns())]
    done = subprocess.run(
        [str(word) for word in command],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_S,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the packaged program did not show a map:\n{done.stderr[-2000:]}")
    moments: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return moments
