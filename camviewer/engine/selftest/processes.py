"""Checks that the program can start itself, as a worker and with an offscreen window."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer

from PIL import Image

from camviewer.engine.methods import all_methods
from camviewer.engine.packs.store import list_packs
from camviewer.engine.selftest.result import Checks, SelfTestFailure, require
from camviewer.engine.support.own_executable import is_frozen, own_command
from camviewer.engine.support.resources import resource

CHECK_WINDOW = "--check-window"
"""Argument before a picture and the file for a screenshot; see ``app`` and ``ui.app``."""

_COPIES = 3
_TIMEOUT_S = 300
_SCREENSHOT_BYTES = 10_000


def process_checks(folder: Path) -> Checks:
    """Starts the program in all the ways in which it starts itself."""
    yield "Worker", _worker
    yield "Training", partial(_train, folder)
    yield "Window", partial(_window, folder)


def _worker() -> str:
    listed = json.loads(_run("methods", "--json"))
    require(len(listed) == len(all_methods()), f"{len(listed)} methods in the other process")
    return f"{len(listed)} methods told by another process"


def _train(folder: Path) -> str:
    """Trains the embedded model for two classes in a process, as the window does."""
    for label, sample in (("cat", "chelsea.png"), ("cup", "coffee.png")):
        pictures = folder / "classes" / label
        pictures.mkdir(parents=True)
        with Image.open(resource("samples", sample)) as picture:
            for copy in range(_COPIES):
                picture.crop((copy * 8, 0, *picture.size)).save(pictures / f"{copy}.png")
    words = ("--epochs", "1", "--no-flips", "--val-share", "0.5", "--batch", "2", "--json-lines")
    lines = _run("train", str(folder / "classes"), "-o", "self-test", *words).splitlines()
    trained = [pack for pack in list_packs() if pack.title == "self-test"]
    require(len(trained) == 1, f"no model was made; {len(lines)} lines of news")
    return f"{trained[0].classes} classes, {len(lines)} lines of news from another process"


def _window(folder: Path) -> str:
    picture, screenshot = resource("samples", "chelsea.png"), folder / "window.png"
    said = _run(CHECK_WINDOW, str(picture), str(screenshot)).strip()
    require("tiger cat" in said, f"the window says {said!r}")
    size = screenshot.stat().st_size
    require(size >= _SCREENSHOT_BYTES, f"its picture has only {size} bytes")
    return said


def _run(*arguments: str) -> str:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    if not is_frozen():
        # The other process must find the program even if it runs from a source tree.
        package = Path(__file__).resolve().parents[3]
        others = environment.get("PYTHONPATH")
        environment["PYTHONPATH"] = os.pathsep.join([str(package), *([others] if others else [])])
    with (
        TemporaryFile() as errors,
        subprocess.Popen(  # noqa: S603  (the program itself)
            [*own_command(), *arguments],
            env=environment,
            # A worker stops at the end of its input.
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        ) as process,
    ):
        assert process.stdout is not None  # noqa: S101
        too_long = Timer(_TIMEOUT_S, process.kill)
        too_long.start()
        said = process.stdout.read().decode("utf-8", "replace")
        code = process.wait()
        too_long.cancel()
        errors.seek(0)
        complaint = errors.read().decode("utf-8", "replace")
    if code:
        last = (complaint.strip() or said.strip() or "no word").splitlines()[-1]
        raise SelfTestFailure(f"it ended with code {code}: {last}")
    return said


def platform_words() -> str:
    """The program's version and its platform, for the head of a report."""
    import platform  # noqa: PLC0415

    kind = "packaged" if is_frozen() else "installed"
    return f"{kind}, Python {platform.python_version()}, {platform.system()} {sys.platform}"
