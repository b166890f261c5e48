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
os.environ["CAMVIEWER_LANGUAGE"] = "en"

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


_GROWTH = 100_000_000
"""Bytes by which a process may grow before what was freed goes back to the system."""
_kept: list[int] = []
"""Bytes that were left the last time."""


def give_memory_back() -> None:
    """What the tests have freed goes back to the system, which the C library puts off."""
    gc.collect()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
        _kept[:] = [resident_bytes()]


def resident_bytes() -> int:
    """What this process has in memory, on Linux."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


@pytest.fixture(scope="module", autouse=True)
def memory_given_back() -> Iterator[None]:
    """Nothing of a file's tests is left behind it."""
    yield
    give_memory_back()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """Networks with hooks refer to each other, and would wait for the collector for long."""
    yield
    if sys.platform == "linux" and resident_bytes() > sum(_kept) + _GROWTH:
        give_memory_back()


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
