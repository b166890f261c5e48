"""The program started by itself: as a worker, and with its window on no screen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

from camviewer.engine.methods import all_methods
from camviewer.engine.program import is_frozen, own_command
from camviewer.engine.resources import resource
from camviewer.engine.selftest.result import Checks, SelfTestFailure, require

CHECK_WINDOW = "--check-window"
"""Followed by a picture and the file of a screenshot: see ``app`` and ``ui.window_check``."""

_TIMEOUT_S = 300
_SCREENSHOT_BYTES = 10_000


def process_checks(folder: Path) -> Checks:
    """Starts the program again, in the ways in which it starts itself."""
    yield "Worker", _worker
    yield "Window", partial(_window, folder)


def _worker() -> str:
    listed = json.loads(_run("methods", "--json"))
    require(len(listed) == len(all_methods()), f"{len(listed)} methods in the other process")
    return f"{len(listed)} methods told by another process"


def _window(folder: Path) -> str:
    picture, screenshot = resource("samples", "chelsea.png"), folder / "window.png"
    said = _run(CHECK_WINDOW, str(picture), str(screenshot)).strip()
    require("tiger cat" in said, f"the window says {said!r}")
    size = screenshot.stat().st_size
    require(size >= _SCREENSHOT_BYTES, f"its picture has only {size} bytes")
    return said


def _run(*arguments: str) -> str:
    environment = dict(os.environ)
    if not is_frozen():
        # Where the program is run from a source tree, the other process must find it, too.
        package = Path(__file__).resolve().parents[3]
        others = environment.get("PYTHONPATH")
        environment["PYTHONPATH"] = os.pathsep.join([str(package), *([others] if others else [])])
    done = subprocess.run(  # noqa: S603  (the program itself)
        [*own_command(), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=_TIMEOUT_S,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip() or "no word").splitlines()[-1]
        raise SelfTestFailure(f"it ended with code {done.returncode}: {last}")
    return done.stdout


def platform_words() -> str:
    """For the head of a report: the program, and what it runs on."""
    import platform  # noqa: PLC0415

    kind = "packaged" if is_frozen() else "installed"
    return f"{kind}, Python {platform.python_version()}, {platform.system()} {sys.platform}"
