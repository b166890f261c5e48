"""What every test stands on: no screen needed, and nothing of the user's is touched."""

from __future__ import annotations

import ctypes
import gc
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

# Set before anything imports Qt, torch or platformdirs, so that no module has seen anything else.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if "PYTEST_XDIST_WORKER" in os.environ:  # several processes share the processor
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

_HOME = Path(tempfile.mkdtemp(prefix="camviewer-tests-"))
_FOLDERS = {
    "HOME": "",
    "XDG_CACHE_HOME": "cache",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "APPDATA": "roaming",
    "LOCALAPPDATA": "local",
    "USERPROFILE": "",
}
for _name, _folder in _FOLDERS.items():
    (_HOME / _folder).mkdir(exist_ok=True)
    os.environ[_name] = str(_HOME / _folder)


def pytest_unconfigure() -> None:
    """Removes the folders made for this run."""
    import shutil

    shutil.rmtree(_HOME, ignore_errors=True)


def pytest_collection_finish() -> None:
    """What is there before the first test stays: looking for garbage need not go through it."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module", autouse=True)
def memory_given_back() -> Iterator[None]:
    """What a file's tests have freed goes back to the system, which the C library puts off."""
    yield
    gc.collect()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


_peaks: dict[str, int] = {}
"""Megabytes that each worker has taken at most."""


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tells the process that started this one, if there is one, how much memory it took."""
    if sys.platform == "win32":
        return
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    if sys.platform == "darwin":
        peak //= 1024
    told = getattr(session.config, "workeroutput", None)
    if told is not None:
        told["peak"] = peak
    elif not _peaks:
        _peaks["this process"] = peak


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    _peaks[node.gateway.id] = getattr(node, "workeroutput", {}).get("peak", 0)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    peaks = ", ".join(f"{name} {peak} MB" for name, peak in sorted(_peaks.items()))
    terminalreporter.write_line(f"Memory at most: {peaks}")
