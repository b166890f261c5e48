"""Defines the command ``camviewer report``, which ``reporting`` implements."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from camviewer.cli.parameters import (
    input_options,
    look_of,
    look_options,
    map_options,
    model_option,
    page_option,
    placement_options,
    target_option,
)
from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.results.method_info import ScoreKind


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
@model_option
@page_option
@input_options
@click.option(
    "class_words",
    "--class",
    metavar="NAME|INDEX",
    help="Explain this class of every picture.  [default: the most probable one of each]",
)
@target_option
@click.option(
    "--method",
    metavar="ID",
    help="How the maps are made; `camviewer methods` lists them.  [default: the first of them "
    "that the model and the layer allow]",
)
@map_options
@partial(placement_options, default_detail="what the method is best at: 1, or 2 for fc-cam")
@look_options
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
    model: str | None,
    page: int,
    bands: str | None,
    values: str | None,
    class_words: str | None,
    target_words: str | None,
    method: str | None,
    layer: str | None,
    score: ScoreKind,
    options: tuple[str, ...],
    nominal: bool,
    placement: str,
    detail: float | None,
    colormap: str | None,
    signed: bool,
    opacity: float,
    trust: bool,
    budget: float,
    seed: int,
    note: str,
    without_pictures: bool,
    overwrite: bool,
) -> None:
    """Writes what maps of pictures show, mean and rest on as one file.

    For every PICTURE, and every picture in a folder: verdict, map, what it means and what it does
    not, measures beside random references, notes, hashes and versions. No folder of this computer
    is named in it, and no patient.
    """
    look = look_of(colormap, signed=signed, opacity=opacity)
    from camviewer.cli.reporting import ReportOptions, report_pictures  # noqa: PLC0415  (numpy)

    report_pictures(
        pictures,
        ReportOptions(
            file=file,
            model=model,
            page=page - 1,
            bands=bands,
            values=values,
            class_words=class_words,
            target_words=target_words,
            method=method,
            layer=layer,
            score=score,
            option_words=options,
            nominal=nominal,
            mode=PlacementMode(placement),
            detail=detail,
            look=look,
            trust=trust,
            budget=budget,
            seed=seed,
            note=note,
            with_pictures=not without_pictures,
            overwrite=overwrite,
        ),
    )
