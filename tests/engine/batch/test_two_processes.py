"""Two processes on one run share its shards, and end with what one alone makes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import camviewer
from camviewer.engine.batch import RunSettings, batch, open_run
from tests.engine.small_runs import shard_hashes

ROOT = Path(camviewer.__file__).parents[1]


@pytest.mark.slow
def test_two_processes_on_one_run_end_equal(pictures: Callable[..., Path], tmp_path: Path) -> None:
    folder, run = pictures(24), tmp_path / "shared"
    words = [sys.executable, "-m", "camviewer", "batch", str(folder), "-o", str(run)]
    words += ["--shard-size", "2", "--jobs", "1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_WAIT_POLICY": "PASSIVE"}
    processes = [
        subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL) for _ in range(2)
    ]
    assert [process.wait(timeout=120) for process in processes] == [0, 0]
    status = open_run(run).status()
    assert (status.is_done, status.shards_claimed, status.failures) == (True, 0, ())
    batch([folder], tmp_path / "alone", RunSettings(shard_size=2))
    assert shard_hashes(run) == shard_hashes(tmp_path / "alone")
