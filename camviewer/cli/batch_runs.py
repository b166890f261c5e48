"""Runs over many pictures at the terminal: progress in one line, or JSON for another program."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

import click

from camviewer.cli.interrupt import follow_commands, stopped_by_interrupt
from camviewer.cli.progress import Progress
from camviewer.cli.wording import on_one_line, pictures_words
from camviewer.engine.batch import Run, RunOutcome, RunSettings, batch, measures_of, open_run
from camviewer.engine.batch.pages import require_pages
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry import PlacementMode
from camviewer.engine.results import RUN_LINES, OptionValues, RunEnded, RunEvent, RunProgress
from camviewer.engine.support import Control, Paused, failure

_STOPPED = 130
_TOLD_EVERY = 0.2
"""Seconds between two changes of the progress line."""
_LINES_EVERY = 1.0
"""Seconds between two lines of JSON on progress."""
_FAILURES = 10
"""Maximum number of failures that are listed."""


@dataclass(frozen=True)
class Work:
    """Who does how much of a run.

    Attributes:
        run: the folder of the run.
        part: (I, N): only every N-th shard, beginning with the I-th.
        jobs: processors to use; None for all.
        retry_failed: make those shards again that have pictures which could not be explained.
        as_lines: whether to write events to stdout.
        commands: whether to read pause, resume and cancel from stdin.
        cluster: address of a cluster; None for this process.
        workers: of the cluster; None for as many as it has processors.
        gpu_share: what each of them gets of a GPU.
    """

    run: Path | str
    part: tuple[int, int]
    jobs: int | None
    retry_failed: bool
    as_lines: bool
    commands: bool
    cluster: str | None
    workers: int | None
    gpu_share: float


def begin(sources: Sequence[str], words: Mapping[str, Any], work: Work) -> int:
    """Begins a run or goes on with it.

    Args:
        sources: what the run is over.
        words: the options that decide its rows, by name.
        work: who does how much of it.

    Returns:
        0, or 130 when it was stopped.

    Raises:
        CamviewerError: it cannot be carried out.
    """
    return _carry_out(work, lambda: (sources, _settings(words)))


def go_on(work: Work) -> int:
    """Goes on with a run, with the settings that it was begun with.

    Returns:
        0, or 130 when it was stopped.

    Raises:
        CamviewerError: there is no such run, or it cannot be carried out.
    """
    reaches_out = work.cluster is not None
    return _carry_out(work, lambda: open_run(work.run, over_a_network=reaches_out).settings())


def _carry_out(work: Work, plan: Callable[[], tuple[Sequence[str], RunSettings]]) -> int:
    with Progress(1) as progress:
        teller = _Teller(progress, as_lines=work.as_lines)
        control = Control(lambda paused: teller.take(Paused(paused)))
        with stopped_by_interrupt(
            control.cancel, progress, "Stopping after the pictures at work ..."
        ):
            if work.commands:
                follow_commands(control)
            progress.say("Loading the model and listing the pictures ...")
            try:
                sources, settings = plan()
                outcome = _carrier(work)(
                    sources,
                    work.run,
                    settings,
                    shard=work.part,
                    retry_failed=work.retry_failed,
                    on_progress=teller.tell,
                    on_failure=teller.take,
                    control=control,
                )
            except CamviewerError as error:
                teller.take(failure(error))
                raise
        teller.end(outcome)
    return _STOPPED if outcome.stopped else 0


def _carrier(work: Work) -> Callable[..., RunOutcome]:
    """What carries a run out: this process, or a cluster."""
    if work.cluster is None:
        return partial(batch, jobs=work.jobs)
    # Imported late, because nothing of it is needed without a cluster.
    from camviewer.engine.cluster import Cluster, batch_on_cluster  # noqa: PLC0415

    cluster = Cluster(work.cluster, work.workers, work.jobs or 1, work.gpu_share)
    return partial(batch_on_cluster, cluster)


def print_status(run: Path | str, *, as_json: bool) -> None:
    """Says how far a run is.

    Raises:
        CamviewerError: there is none, or it cannot be read.
    """
    status = open_run(run).status()
    if as_json:
        record = asdict(status) | {
            "failures": [{"path": path, "error": error} for path, error in status.failures],
            "done": status.is_done,
        }
        click.echo(json.dumps(record, indent=2))
        return
    claimed = f", {status.shards_claimed} at work" if status.shards_claimed else ""
    click.echo(
        f"{status.pictures_done:,} of {status.pictures:,} pictures, "
        f"{status.shards_done:,} of {status.shards:,} shards{claimed}."
    )
    say_failures(status.failures)


def _settings(words: Mapping[str, Any]) -> RunSettings:
    named = dict(words)
    mode, options = PlacementMode(named.pop("placement")), named.pop("options")
    return RunSettings(
        mode=mode,
        options=_option_values(named["method"], options),
        measures=measures_of(named.pop("measures")),
        bands=named.pop("bands") or "",
        values=named.pop("values") or "",
        target=named.pop("target_words") or "",
        page=require_pages(named.pop("page")),
        **named,
    )


def _option_values(method: str, options: tuple[str, ...]) -> OptionValues:
    if not options:
        return ()
    from camviewer.engine.methods import find_method  # noqa: PLC0415
    from camviewer.engine.results import options_of_words  # noqa: PLC0415

    return options_of_words(find_method(method).info, options)


class _Teller:
    """Tells of progress, not more often than anybody can read."""

    def __init__(self, progress: Progress, *, as_lines: bool) -> None:
        self._progress = progress
        self._as_lines = as_lines
        self._told = 0.0

    def tell(self, now: RunProgress) -> None:
        """Shows how far it is."""
        every = _LINES_EVERY if self._as_lines else _TOLD_EVERY
        if monotonic() - self._told < every and now.done < now.total:
            return
        self._told = monotonic()
        if self._as_lines:
            self.take(now)
            return
        words = f"{now.done:,} of {now.total:,} pictures"
        if now.rate is not None and now.seconds_left is not None:
            words += f", {now.rate:.3g} a second, {_duration(now.seconds_left)} left"
        if now.failed:
            words += f", {now.failed:,} failed"
        self._progress.say(words)

    def take(self, event: RunEvent) -> None:
        """Writes an event for another program."""
        if self._as_lines:
            sys.stdout.write(f"{RUN_LINES.line(event)}\n")
            sys.stdout.flush()

    def end(self, outcome: RunOutcome) -> None:
        """Says what was done, and what is left."""
        status = Run(outcome.folder).status()
        if self._as_lines:
            ended = RunEnded(
                status.pictures,
                status.pictures_done,
                outcome.made,
                len(status.failures),
                outcome.elsewhere,
                outcome.stopped,
            )
            self.take(ended)
            return
        self._progress.clear()
        if outcome.stopped:
            click.echo(
                f"Stopped: the rows of {status.pictures_done:,} of {status.pictures:,} pictures "
                "are written; the same command goes on from there.",
                err=True,
            )
            return
        click.echo(
            f"{status.pictures_done:,} of {status.pictures:,} pictures are in "
            f"{outcome.folder.path} ({outcome.made:,} of them new)."
        )
        if outcome.elsewhere:
            shards = "1 shard is" if outcome.elsewhere == 1 else f"{outcome.elsewhere} shards are"
            click.echo(f"{shards} at work in other processes.")
        say_failures(status.failures)


def say_failures(failures: tuple[tuple[str, str], ...], what: str = "explained") -> None:
    """Lists the first pictures that something could not be done with, and why."""
    if not failures:
        return
    click.echo(f"{pictures_words(len(failures))} could not be {what}:")
    for path, error in failures[:_FAILURES]:
        click.echo(f"  {on_one_line(path)}: {on_one_line(error)}")
    if len(failures) > _FAILURES:
        click.echo(f"  and {len(failures) - _FAILURES:,} more")


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
