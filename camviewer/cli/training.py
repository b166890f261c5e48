"""Trains from the terminal, with a progress line, or with events as JSON for other programs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import click

from camviewer.cli.interrupt import follow_commands, stopped_by_interrupt
from camviewer.cli.progress import Progress
from camviewer.cli.wording import table
from camviewer.engine.errors import CamviewerError, Cancelled
from camviewer.engine.render.number_words import percent_words
from camviewer.engine.support import Control, Paused, failure
from camviewer.engine.training import (
    TRAINING_LINES,
    Epoch,
    FineTune,
    Finished,
    Found,
    Preparing,
    Skipped,
    Split,
    Stopped,
    TrainingEvent,
    TrainingPlan,
    TrainingStep,
    find_data_set,
    require_classes,
)
from camviewer.engine.training.plan import require_sensible

_STOPPED = 130
_BAR = 24
_MOST_CLASSES = 12


@dataclass(frozen=True)
class TrainingOptions:
    """The options of ``camviewer train``.

    Attributes:
        settings: settings of the plan, by name.
        named_settings: settings that the user has named; the others are defaults.
        device: id of the device; None for the fastest.
        resume: whether to resume an unfinished training.
        restart: whether to delete an unfinished training.
        as_lines: whether to write events to stdout and read commands from stdin.
    """

    settings: dict[str, Any]
    named_settings: frozenset[str]
    device: str | None
    resume: bool
    restart: bool
    as_lines: bool


def train_model(options: TrainingOptions) -> int:
    """Trains and keeps a model.

    Returns:
        0, or 130 when it was stopped.

    Raises:
        CamviewerError: it cannot be done.
    """
    settings = dict(options.settings)
    plan = TrainingPlan(**settings | {"fine_tune": FineTune(settings["fine_tune"])})
    with Progress(1) as progress:
        on_event: Callable[[TrainingEvent], None] = _EventPrinter(progress).on_event
        if options.as_lines:
            on_event = _print_event
        control = Control(lambda paused: on_event(Paused(paused)))
        with stopped_by_interrupt(
            control.cancel, progress, "Stopping; what was learnt is kept ..."
        ):
            if options.as_lines:
                follow_commands(control)
            try:
                return _train(plan, options, on_event, control)
            except Cancelled:
                from camviewer.engine.training.training_run import (  # noqa: PLC0415
                    unfinished,
                )

                resumable = unfinished(plan) is not None
                on_event(Stopped(resumable))
                return _STOPPED
            except CamviewerError as error:
                if options.as_lines:
                    on_event(failure(error))
                raise


def _train(
    plan: TrainingPlan,
    options: TrainingOptions,
    on_event: Callable[[TrainingEvent], None],
    control: Control,
) -> int:
    # Invalid settings must fail before the next import, which takes seconds.
    require_sensible(plan)
    data = find_data_set(plan.data)
    require_classes(data.classes, data.counts, data.root)
    from camviewer.engine.training.training_run import (  # noqa: PLC0415  (imports torch)
        discard,
        train,
        unfinished,
    )

    if options.restart:
        discard(plan)
    begun = unfinished(plan)
    if begun is not None:
        if not options.resume:
            raise CamviewerError(
                f"A training of {plan.title} from this model and these pictures was begun and "
                f"not finished.",
                "Go on with it (--resume), or forget it (--restart).",
            )
        # Settings that the user does not name stay those of the unfinished training.
        kept = begun.plan
        named = {
            name: getattr(plan, name) for name in options.named_settings if hasattr(plan, name)
        }
        other = replace(kept, **named | {"data": kept.data}).differences(kept)
        if other:
            raise CamviewerError(
                f"The training of {plan.title} was begun with another "
                f"{', '.join(name.replace('_', ' ') for name in other)}.",
                "Leave the option out to go on with it, or begin anew (--restart).",
            )
        plan = replace(kept, data=plan.data)
    elif options.resume:
        raise CamviewerError(
            f"There is no unfinished training of {plan.title} from this model and these pictures.",
            "Leave out --resume to begin one.",
        )
    train(plan, on_event, control, device=options.device)
    return 0


def _print_event(event: TrainingEvent) -> None:
    sys.stdout.write(TRAINING_LINES.line(event) + "\n")
    sys.stdout.flush()


class _EventPrinter:
    """Prints events as text."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._classes: tuple[str, ...] = ()

    def on_event(self, event: TrainingEvent) -> None:
        """Prints an event, in the progress line or as separate lines."""
        match event:
            case Preparing(done, total, left):
                words = f"Looking at the pictures {_bar(done / max(total, 1))} {done} of {total}"
                self._progress.say(words + _left(left))
            case TrainingStep(phase, epoch, epochs, share, left):
                words = f"{_title(phase)}, epoch {epoch} of {epochs} {_bar(share)}"
                self._progress.say(words + _left(left))
            case Found(classes, counts, others, base):
                self._classes = classes
                self._say(f"{sum(counts):,} pictures of {len(classes)} classes; base model {base}.")
                if others:
                    self._say(
                        f"{others:,} other {'file is' if others == 1 else 'files are'} no picture."
                    )
            case Skipped(picture, reason):
                self._say(f"Skipped: {picture}: {reason}", error=True)
            case Split(training, validation):
                self._say(
                    f"{sum(training):,} are learnt from, {sum(validation):,} are for measuring."
                )
            case Epoch():
                self._say(_epoch_words(event))
            case Finished():
                self._say(_result_words(event))
            case Stopped(resumable):
                words = "--resume goes on from here" if resumable else "nothing was learnt yet"
                self._say(f"Stopped; {words}.", error=True)
            case _:
                pass

    def _say(self, words: str, *, error: bool = False) -> None:
        self._progress.clear()
        click.echo(words, err=error)


def _epoch_words(epoch: Epoch) -> str:
    learnt = ""
    if epoch.training_loss is not None and epoch.training_accuracy is not None:
        learnt = f"training {epoch.training_loss:.3f} {epoch.training_accuracy:6.1%}   "
    mark = " *" if epoch.best else ""
    return (
        f"{_title(epoch.phase):<12} {epoch.epoch:>3}/{epoch.epochs}   {learnt}"
        f"validation {epoch.validation_loss:.3f} {epoch.validation_accuracy:6.1%}{mark}"
    )


def _result_words(result: Finished) -> str:
    rows = [["class", "found", "pictures", "taken most often for"]]
    for index, (name, accuracy) in enumerate(
        zip(result.classes, result.class_accuracy, strict=True)
    ):
        counts = result.confusion[index]
        wrong = [(count, other) for other, count in enumerate(counts) if other != index and count]
        most = max(wrong, default=None)
        mistaken = "" if most is None else f"{result.classes[most[1]]} ({most[0]})"
        rows.append([name, percent_words(accuracy), str(sum(counts)), mistaken])
    if len(rows) > _MOST_CLASSES + 1:
        worst = sorted(range(len(result.classes)), key=lambda i: result.class_accuracy[i])
        rows = [rows[0], *(rows[1 + index] for index in worst[:_MOST_CLASSES])]
    kept = (
        f"Kept as {result.model}: {result.title}, accuracy {percent_words(result.accuracy)} of "
        f"{sum(map(sum, result.confusion)):,} pictures, after {_duration(result.seconds)}."
    )
    return f"{kept}\n{table(rows, right=(1, 2))}"


def _title(phase: str) -> str:
    return phase[0].upper() + phase[1:]


def _bar(share: float) -> str:
    full = round(max(0.0, min(share, 1.0)) * _BAR)
    return "[" + "=" * full + " " * (_BAR - full) + "]"


def _left(seconds: float | None) -> str:
    return "" if seconds is None else f", {_duration(seconds)} left"


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
