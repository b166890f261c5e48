"""Runs over many pictures at the terminal: progress in one line, or JSON for another program."""

from __future__ import annotations

import json
import sys
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import click

from camviewer.cli.interrupt import stopped_by_interrupt
from camviewer.cli.progress import Progress
from camviewer.engine.batch import (
    RunOutcome,
    RunProgress,
    RunSettings,
    batch,
    open_run,
)
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.results.messages import OptionValues, ScoreKind

_STOPPED = 130
_TOLD_EVERY = 0.2
"""Seconds between two changes of the progress line."""
_LINES_EVERY = 1.0
"""Seconds between two lines of JSON on progress."""
_FAILURES = 10
"""Maximum number of failures that are listed."""


@dataclass(frozen=True)
class Order:
    """What was asked for at the terminal; see the options of the command."""

    sources: tuple[str, ...]
    run: Path
    model: str | None
    method: str
    layer: str | None
    score: ScoreKind
    options: tuple[str, ...]
    mode: PlacementMode
    detail: float
    nominal: bool
    classes: str
    truth: str
    part: tuple[int, int]
    shard_size: int
    jobs: int | None
    retry_failed: bool
    as_lines: bool


def carry_out(order: Order) -> int:
    """Begins a run or goes on with it.

    Returns:
        0, or 130 when it was stopped.

    Raises:
        CamviewerError: it cannot be carried out.
    """
    stop = threading.Event()
    with Progress(1) as progress:
        teller = _Teller(progress, as_lines=order.as_lines)
        with stopped_by_interrupt(stop.set, progress, "Stopping after the pictures at work ..."):
            progress.say("Loading the model and listing the pictures ...")
            try:
                outcome = batch(
                    order.sources,
                    order.run,
                    _settings(order),
                    jobs=order.jobs,
                    shard=order.part,
                    retry_failed=order.retry_failed,
                    on_progress=teller.tell,
                    stop=stop,
                )
            except CamviewerError as error:
                if order.as_lines:
                    _line("error", message=error.message, hint=error.hint)
                raise
        teller.end(outcome)
    return _STOPPED if outcome.stopped else 0


def print_status(run: Path, *, as_json: bool) -> None:
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


def _settings(order: Order) -> RunSettings:
    return RunSettings(
        model=order.model,
        method=order.method,
        layer=order.layer,
        score=order.score,
        options=_option_values(order),
        mode=order.mode,
        detail=order.detail,
        nominal=order.nominal,
        classes=order.classes.strip(),
        truth=order.truth,
        shard_size=order.shard_size,
    )


def _option_values(order: Order) -> OptionValues:
    if not order.options:
        return ()
    from camviewer.engine.methods import find_method  # noqa: PLC0415
    from camviewer.engine.results.method_options import options_of_words  # noqa: PLC0415

    return options_of_words(find_method(order.method).info, order.options)


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
            _line("progress", **asdict(now))
            return
        words = f"{now.done:,} of {now.total:,} pictures"
        if now.rate is not None and now.seconds_left is not None:
            words += f", {now.rate:.3g} a second, {_duration(now.seconds_left)} left"
        if now.failed:
            words += f", {now.failed:,} failed"
        self._progress.say(words)

    def end(self, outcome: RunOutcome) -> None:
        """Says what was done, and what is left."""
        status = open_run(outcome.folder.path).status()
        if self._as_lines:
            _line(
                "end",
                pictures=status.pictures,
                pictures_done=status.pictures_done,
                made=outcome.made,
                failed=len(status.failures),
                elsewhere=outcome.elsewhere,
                stopped=outcome.stopped,
            )
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
    count = "1 picture" if len(failures) == 1 else f"{len(failures):,} pictures"
    click.echo(f"{count} could not be {what}:")
    for path, error in failures[:_FAILURES]:
        click.echo(f"  {_on_one_line(path)}: {_on_one_line(error)}")
    if len(failures) > _FAILURES:
        click.echo(f"  and {len(failures) - _FAILURES:,} more")


def _on_one_line(words: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in words)


def _line(event: str, **facts: Any) -> None:
    sys.stdout.write(json.dumps({"event": event, **facts}) + "\n")
    sys.stdout.flush()


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
