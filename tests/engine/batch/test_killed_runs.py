"""A run whose process is killed at any moment ends as one that was never interrupted."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import camviewer
from camviewer.engine.batch import open_run
from tests.engine.small_runs import shard_hashes

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")

ROOT = Path(camviewer.__file__).parents[1]

MORTAL = """
import os, signal, sys, threading
from pathlib import Path
from camviewer.engine.batch import RunSettings, batch

source, run, size, seconds = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
begun = False

def begin(progress):
    global begun
    if not begun and seconds != "never":
        begun = True
        threading.Timer(float(seconds), os.kill, (os.getpid(), signal.SIGKILL)).start()

batch([source], run, RunSettings(shard_size=size), jobs=2, on_progress=begin)
os._exit(0)
"""


def run_until(source: Path, run: Path, size: int, seconds: float | None) -> int:
    """Goes on with a run in a process that kills itself so long after its work has begun."""
    words = "never" if seconds is None else f"{seconds:.4f}"
    return subprocess.run(
        [sys.executable, "-c", MORTAL, str(source), str(run), str(size), words],
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_WAIT_POLICY": "PASSIVE"},
        check=False,
        timeout=240,
    ).returncode


def survives(source: Path, folder: Path, size: int, kills: int, longest: float, seed: int) -> None:
    """Kills a run so often at random moments, and compares it with one that was not."""
    assert run_until(source, folder / "whole", size, None) == 0
    moments = random.Random(seed)
    killed = 0
    for _ in range(kills):
        code = run_until(source, folder / "cut", size, moments.uniform(0.0, longest))
        assert code in {0, -signal.SIGKILL}
        killed += code != 0
    assert killed > 0
    assert run_until(source, folder / "cut", size, None) == 0
    assert shard_hashes(folder / "cut") == shard_hashes(folder / "whole")
    assert open_run(folder / "cut").rows().equals(open_run(folder / "whole").rows())
    assert not list((folder / "cut" / "shards").glob(".*"))


@pytest.mark.slow
def test_a_run_that_is_killed_twice_ends_equal(
    pictures: Callable[..., Path], tmp_path: Path
) -> None:
    survives(pictures(24), tmp_path, size=4, kills=2, longest=0.8, seed=1)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_run_of_300_pictures_that_is_killed_50_times_ends_equal(
    pictures: Callable[..., Path], tmp_path: Path
) -> None:
    survives(pictures(300), tmp_path, size=10, kills=50, longest=1.0, seed=2)
