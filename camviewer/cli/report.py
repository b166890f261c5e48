"""Defines the command ``camviewer report``, which ``reporting`` implements."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from camviewer.cli.map_choice import map_choice, map_choice_options


@click.command()
@click.argument("pictures", metavar="PICTURE...", nargs=-1, required=True, type=Path)
@click.option(
    "file",
    "-o",
    "--output",
    type=Path,
    required=True,
    metavar="FILE",
    help="The report: a page (.html) with everything in it, a PDF (.pdf), or an evidence bundle "
    "(.zip) that `camviewer verify` checks.",
)
@map_choice_options
@click.option("--trust", is_flag=True, help="Measure every map, beside random references.")
@click.option(
    "--budget",
    type=click.FloatRange(min=1.0),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="How long measuring a map may take.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Of the random references.")
@click.option("--note", default="", metavar="TEXT", help="What you want to say about the pictures.")
@click.option(
    "--without-pictures",
    is_flag=True,
    help="Leave the pictures out of a bundle; DICOM files, which name patients, never go in.",
)
@click.option("--overwrite", is_flag=True, help="Replace the file.")
def report(
    *,
    pictures: tuple[Path, ...],
    file: Path,
    trust: bool,
    budget: float,
    seed: int,
    note: str,
    without_pictures: bool,
    overwrite: bool,
    **maps: Any,
) -> None:
    """Writes what maps of pictures show, mean and rest on as one file.

    For every PICTURE, and every picture in a folder: verdict, map, what it means and what it does
    not, measures beside random references, notes, hashes and versions. No folder of this computer
    is named in it, and no patient.
    """
    choice = map_choice(maps)
    from camviewer.cli.reporting import ReportOptions, report_pictures  # noqa: PLC0415  (numpy)

    report_pictures(
        pictures,
        ReportOptions(
            maps=choice,
            file=file,
            trust=trust,
            budget=budget,
            seed=seed,
            note=note,
            with_pictures=not without_pictures,
            overwrite=overwrite,
        ),
    )
