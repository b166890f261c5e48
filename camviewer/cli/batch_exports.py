"""Writing what other programs read of a run, at the terminal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import click

from camviewer.cli.batch_runs import say_failures
from camviewer.cli.progress import Progress
from camviewer.engine.batch import (
    Run,
    available_processors,
    export_boxes,
    export_coco,
    export_csv,
    export_fiftyone,
    export_overlays,
    open_run,
    write_report,
)
from camviewer.engine.picture.eye_choice import eye_choice_of_words
from camviewer.engine.render import Look


@dataclass(frozen=True)
class Export:
    """What is to be written.

    Attributes:
        run: the folder of the run.
        csv: the file of all rows; None for none.
        boxes: the file of boxes; None for none.
        coco: the file of COCO results; None for none.
        fiftyone: the folder of a dataset; None for none.
        overlays: the folder; None for none.
        look: of the overlays.
        window: which values the overlays show from black to white, in words; empty for the usual.
        overwrite: replace files that are there.
    """

    run: Path | str
    csv: Path | None
    boxes: Path | None
    coco: Path | None
    fiftyone: Path | None
    overlays: Path | None
    look: Look
    window: str
    overwrite: bool


def carry_out(order: Export) -> int:
    """Writes it.

    Returns:
        0, or 2 when a picture could not be exported.

    Raises:
        CamviewerError: there is no such run, or nothing can be written there.
    """
    run = open_run(order.run)
    if order.csv is not None:
        count = export_csv(run, order.csv, overwrite=order.overwrite)
        click.echo(f"{count:,} rows are in {order.csv}.")
    if order.boxes is not None:
        count = export_boxes(run, order.boxes, overwrite=order.overwrite)
        click.echo(f"{count:,} boxes are in {order.boxes}.")
    if order.coco is not None:
        _write_coco(run, order.coco, overwrite=order.overwrite)
    failed = 0
    if order.fiftyone is not None:
        failed |= _write_fiftyone(run, order.fiftyone, overwrite=order.overwrite)
    if order.overlays is not None:
        failed |= _draw_overlays(run, order.overlays, order)
    return failed


def print_report(run: Path, file: Path, *, overwrite: bool) -> None:
    """Writes the report of a run.

    Raises:
        CamviewerError: there is no such run, or nothing can be written there.
    """
    with Progress(1) as progress:
        progress.say("Reading the rows and drawing pictures ...")
        write_report(open_run(run), file, overwrite=overwrite)
    click.echo(f"The report is in {file}.")


def _write_coco(run: Run, file: Path, *, overwrite: bool) -> None:
    done = export_coco(run, file, overwrite=overwrite)
    click.echo(f"{done.results:,} results are in {file}.")
    if done.images is not None:
        click.echo(f"The pictures and classes that they number are in {done.images}.")
    if done.left_out:
        click.echo(
            f"{done.left_out:,} boxes are left out: the run's COCO file does not name their "
            "picture or class."
        )


def _write_fiftyone(run: Run, folder: Path, *, overwrite: bool) -> int:
    with Progress(1) as progress:
        progress.say("Writing samples and heatmaps ...")
        done = export_fiftyone(run, folder, overwrite=overwrite)
    click.echo(f"A dataset of {done.samples:,} samples is in {folder}.")
    say_failures(tuple((failure.path, failure.error) for failure in done.failures), "exported")
    return 2 if done.failures else 0


def _draw_overlays(run: Run, folder: Path, order: Export) -> int:
    look = replace(order.look, signed=order.look.signed or run.record["model"]["signed"])
    with Progress(1) as progress:
        failures = export_overlays(
            run,
            folder,
            look,
            eye=eye_choice_of_words(order.window) if order.window else None,
            jobs=available_processors(),
            overwrite=order.overwrite,
            on_progress=lambda done, total: progress.say(f"{done:,} of {total:,} overlays"),
        )
    click.echo(f"The overlays are in {folder}.")
    say_failures(tuple((failure.path, failure.error) for failure in failures), "drawn")
    return 2 if failures else 0
