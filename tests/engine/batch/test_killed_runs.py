"""A run whose process is killed at any moment ends as one that was never interrupted."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import threading
from collections.abc import Callable
from multiprocessing.context import BaseContext
from pathlib import Path

import pytest

from camviewer.engine.batch import open_run
from tests.engine.small_runs import shard_hashes

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")

ENDED, KILLED = 0, -9
"""Exit codes of a process."""


def go_on(source: Path, run: Path, size: int, seconds: float | None) -> None:
    """Goes on with a run, and kills its own process so long after the work has begun."""
    from camviewer.engine.batch import RunSettings, batch

    timers: list[threading.Timer] = []

    def begin(_progress: object) -> None:
        if seconds is not None and not timers:
            timers.append(threading.Timer(seconds, os.kill, (os.getpid(), signal.SIGKILL)))
            timers[0].start()

    batch([source], run, RunSettings(shard_size=size), jobs=2, on_progress=begin)
    os._exit(ENDED)


@pytest.fixture(scope="module")
def processes() -> BaseContext:
    """Processes that begin with what they need imported."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["camviewer.engine.batch.run_loop", __name__])
    return context


def run_until(context: BaseContext, *arguments: object) -> int:
    """The exit code of a process that goes on with a run, and may be killed."""
    process = context.Process(target=go_on, args=arguments)
    process.start()
    process.join(240)
    process.kill()  # one that hangs, or pytest would wait for it
    assert process.exitcode is not None
    return process.exitcode


def survives(
    context: BaseContext,
    source: Path,
    folder: Path,
    *,
    size: int,
    kills: int,
    longest: float,
    seed: int,
) -> None:
    """Kills a run so often at random moments, and compares it with one that was not."""
    assert run_until(context, source, folder / "whole", size, None) == ENDED
    moments = random.Random(seed)
    killed = 0
    for _ in range(kills):
        code = run_until(context, source, folder / "cut", size, moments.uniform(0.0, longest))
        assert code in {ENDED, KILLED}
        killed += code == KILLED
    assert killed > 0
    assert run_until(context, source, folder / "cut", size, None) == ENDED
    assert shard_hashes(folder / "cut") == shard_hashes(folder / "whole")
    assert open_run(folder / "cut").rows().equals(open_run(folder / "whole").rows())
    assert not list((folder / "cut" / "shards").glob(".*"))


@pytest.mark.slow
def test_a_run_that_is_killed_six_times_ends_equal(
    processes: BaseContext, pictures: Callable[..., Path], tmp_path: Path
) -> None:
    survives(processes, pictures(48), tmp_path, size=4, kills=6, longest=0.8, seed=1)


@pytest.mark.exhaustive
@pytest.mark.timeout(3600)
def test_a_run_of_300_pictures_that_is_killed_50_times_ends_equal(
    processes: BaseContext, pictures: Callable[..., Path], tmp_path: Path
) -> None:
    survives(processes, pictures(300), tmp_path, size=10, kills=50, longest=1.0, seed=2)
