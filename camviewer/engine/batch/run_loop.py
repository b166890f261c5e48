"""Begins a run or goes on with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from camviewer.engine.batch.addresses import place_of, require_paths
from camviewer.engine.batch.configuration import RunSettings, configuration
from camviewer.engine.batch.loaded_run import load_for_run
from camviewer.engine.batch.objects.finding import objects_mark
from camviewer.engine.batch.run_creation import begin_or_go_on, require_sensible
from camviewer.engine.batch.run_folder import RunFolder, shards_with_failures
from camviewer.engine.batch.shard_work import OpenedRun, Worker
from camviewer.engine.batch.truth import truth_mark
from camviewer.engine.results.run_events import PictureFailed, RunProgress
from camviewer.engine.support.control import Control


@dataclass(frozen=True)
class RunOutcome:
    """What a process has done of a run.

    Attributes:
        folder: the run.
        total: pictures of this process's part.
        made: pictures whose rows it has written.
        failed: those of them that could not be explained.
        elsewhere: shards that other processes are at work on.
        stopped: whether it was told to stop.
    """

    folder: RunFolder
    total: int
    made: int
    failed: int
    elsewhere: int
    stopped: bool


def batch(
    sources: Sequence[str | Path],
    run: Path | str,
    settings: RunSettings,
    *,
    jobs: int | None = None,
    shard: tuple[int, int] = (1, 1),
    retry_failed: bool = False,
    on_progress: Callable[[RunProgress], None] | None = None,
    on_failure: Callable[[PictureFailed], None] | None = None,
    control: Control | None = None,
) -> RunOutcome:
    """Begins a run, or goes on with it.

    Args:
        sources: see ``list_pictures``.
        run: the folder of the run.
        settings: what is computed.
        jobs: processors to use; all that this process may use when None.
        shard: (I, N): only every N-th shard, beginning with the I-th.
        retry_failed: make those shards again that have pictures which could not be explained.
        on_progress: told after each picture.
        on_failure: told of each picture that could not be explained.
        control: pauses the run, or ends it, after the pictures at work.

    Raises:
        CamviewerError: it cannot be carried out, or the folder has a run with another
            configuration; what was written stays.
    """
    require_sensible(settings, jobs, shard)
    require_paths([*sources, run])
    opened = open_work(sources, run, settings)
    shards = opened.folder.shards()[shard[0] - 1 :: shard[1]]
    control = control or Control()
    with Worker(opened, jobs or available_processors()) as worker:
        done = worker.carry_out(
            shards,
            again=shards_with_failures(opened.folder) if retry_failed else frozenset(),
            on_progress=on_progress,
            on_failure=on_failure,
            control=control,
        )
    return RunOutcome(
        folder=opened.folder,
        total=sum(map(len, shards)),
        made=done.made,
        failed=done.failed,
        elsewhere=done.elsewhere,
        stopped=control.is_cancelled,
    )


def open_work(sources: Sequence[str | Path], run: Path | str, settings: RunSettings) -> OpenedRun:
    """Loads the model, and begins the run or finds it.

    Raises:
        CamviewerError: it cannot be carried out, or the folder has a run with another
            configuration.
    """
    truth, objects = truth_mark(settings.truth), objects_mark(settings.objects)
    loaded = load_for_run(settings)
    settings = loaded.settings
    info = loaded.session.info
    asked = configuration(
        settings, info, loaded.request, loaded.offset, truth=truth, objects=objects
    )
    folder, settled, roots = begin_or_go_on(sources, place_of(run), settings, asked, loaded)
    return OpenedRun(folder, settled, roots, loaded)


def available_processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
