"""Writing what other programs read of a run, at the terminal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import click

from camviewer.cli.batch_runs import say_failures
from camviewer.cli.progress import Progress
from camviewer.engine.batch import export_csv, export_overlays, open_run
from camviewer.engine.batch.running import available_processors
from camviewer.engine.render.overlay import Look


@dataclass(frozen=True)
class Export:
    """What is to be written.

    Attributes:
        run: the folder of the run.
        csv: the file; None for none.
        overlays: the folder; None for none.
        look: of the overlays.
        overwrite: replace files that are there.
    """

    run: Path | str
    csv: Path | None
    overlays: Path | None
    look: Look
    overwrite: bool


def carry_out(order: Export) -> int:
    """Writes it.

    Returns:
        0, or 2 when an overlay could not be drawn.

    Raises:
        CamviewerError: there is no such run, or nothing can be written there.
    """
    run = open_run(order.run)
    if order.csv is not None:
        count = export_csv(run, order.csv, overwrite=order.overwrite)
        click.echo(f"{count:,} rows are in {order.csv}.")
    if order.overlays is None:
        return 0
    look = replace(order.look, signed=order.look.signed or run.record["model"]["signed"])
    with Progress(1) as progress:
        failures = export_overlays(
            run,
            order.overlays,
            look,
            jobs=available_processors(),
            overwrite=order.overwrite,
            on_progress=lambda done, total: progress.say(f"{done:,} of {total:,} overlays"),
        )
    click.echo(f"The overlays are in {order.overlays}.")
    say_failures(tuple((failure.path, failure.error) for failure in failures), "drawn")
    return 2 if failures else 0
