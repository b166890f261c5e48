"""Starts the window several times, each in a process of its own, and gathers what it says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic_ns

from camviewer.engine.support.resources import resource

MEASURES = {
    "window_ms": "start to window on screen",
    "map_ms": "start to first map on screen",
    "freeze_ms": "longest freeze of the GUI thread until then",
    "visible_freeze_ms": "the same, once the window is on screen",
}

_TIMEOUT_S = 120


@dataclass(frozen=True)
class WindowStarts:
    """What the starts took.

    Attributes:
        screen: what the window was shown on.
        milliseconds: by measure, one value a start.
    """

    screen: str
    milliseconds: dict[str, tuple[float, ...]]

    def median(self, measure: str) -> float:
        return median(self.milliseconds[measure])

    def most(self, measure: str) -> float:
        return max(self.milliseconds[measure])


def time_window(repeats: int) -> WindowStarts:
    """Starts the window ``repeats`` times with a photograph, after one start that warms the disk.

    Settings and caches are those of a fresh user, in a folder of their own.
    """
    picture = resource("samples", "chelsea.png")
    with TemporaryDirectory() as home, a_screen() as (screen, variables):
        found = [_start(picture, Path(home), variables) for _ in range(repeats + 1)][1:]
    return WindowStarts(screen, {name: tuple(start[name] for start in found) for name in MEASURES})


def _start(picture: Path, home: Path, variables: dict[str, str]) -> dict[str, float]:
    own = {f"XDG_{kind}_HOME": str(home) for kind in ("CONFIG", "CACHE", "DATA", "STATE")}
    environment = {**os.environ, **variables, **own}
    probe = [sys.executable, "-m", "benchmarks.window_probe", str(picture)]
    command = [*probe, str(monotonic_ns())]
    run = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False
    )
    lines = run.stdout.splitlines()
    if run.returncode or not lines:
        raise RuntimeError(f"the window did not start:\n{run.stderr[-2000:]}")
    moments: dict[str, float] = json.loads(lines[-1])
    if "map_ms" not in moments:
        raise RuntimeError(f"no map came on screen:\n{run.stderr[-2000:]}")
    return moments


@contextmanager
def a_screen() -> Iterator[tuple[str, dict[str, str]]]:
    """What to show windows on, in words and in the environment."""
    platform = os.environ.get("QT_QPA_PLATFORM")
    if platform:
        yield platform, {}
    elif sys.platform != "linux" or {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        yield "the desktop's display", {}
    elif shutil.which("Xvfb"):
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24"]
        server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
        os.close(writing)
        try:
            with os.fdopen(reading) as pipe:
                number = pipe.readline().strip()
            yield "Xvfb", {"DISPLAY": f":{number}"}
        finally:
            server.terminate()
            server.wait()
    else:
        yield "no display (offscreen)", {"QT_QPA_PLATFORM": "offscreen"}
