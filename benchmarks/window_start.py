"""Starts the window several times beside the least that a start can take, all in one run.

Each start is a process of its own: a bare window of Qt, the first map without a window, and the
program, in turn.
"""

from __future__ import annotations

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

from benchmarks.own_process import said_by
from camviewer.engine.support import resource

MEASURES = {
    "window_ms": "start to window on screen",
    "map_ms": "start to first map on screen",
    "freeze_ms": "longest freeze of the GUI thread until then",
    "visible_freeze_ms": "the same, once the window is on screen",
    "bare_window_ms": "start of a bare Qt window of this size to its being on screen",
    "bare_map_ms": "start to the same map without a window, by torch's own import",
}
RATIOS = {"window_ms": "bare_window_ms", "map_ms": "bare_map_ms"}
"""Measures that are judged as multiples of others of the same run."""

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

    def ratio(self, measure: str) -> float:
        """The median as a multiple of the bare start's median."""
        return self.median(measure) / self.median(RATIOS[measure])

    def most(self, measure: str) -> float:
        return max(self.milliseconds[measure])


def time_window(repeats: int) -> WindowStarts:
    """Starts all three ``repeats`` times with a photograph, after one round that warms the disk.

    Settings and caches are those of a fresh user, in a folder of their own.
    """
    picture = resource("samples", "chelsea.png")
    with TemporaryDirectory() as home, a_screen() as (screen, variables):
        found = [_round(picture, Path(home), variables) for _ in range(repeats + 1)][1:]
    return WindowStarts(screen, {name: tuple(start[name] for start in found) for name in MEASURES})


def _round(picture: Path, home: Path, variables: dict[str, str]) -> dict[str, float]:
    window = _start("benchmarks.bare_window", [], home, variables)
    bare_map = _start("benchmarks.bare_map", [str(picture)], home, variables)
    own = _start("benchmarks.window_probe", [str(picture)], home, variables)
    if "map_ms" not in own:
        raise RuntimeError("no map came on screen")
    return {**window, **bare_map, **own}


def _start(
    module: str, words: list[str], home: Path, variables: dict[str, str]
) -> dict[str, float]:
    own = {f"XDG_{kind}_HOME": str(home) for kind in ("CONFIG", "CACHE", "DATA", "STATE")}
    # Compiled once, as an installed program is, whatever the environment says.
    own |= {"PYTHONPYCACHEPREFIX": str(home / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
    began = str(monotonic_ns())
    moments: dict[str, float] = said_by(
        module, began, *words, variables={**variables, **own}, timeout=_TIMEOUT_S
    )
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
