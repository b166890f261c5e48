"""Defines the command ``camviewer models check``, which compares a model's batch statistics."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from camviewer.cli.parameters import json_option, open_session

if TYPE_CHECKING:
    from camviewer.engine.statistics.verdict import StatisticsCheck


@click.command()
@click.argument("identifier", metavar="ID|FILE|FOLDER")
@click.argument("pictures", metavar="[PICTURE]...", nargs=-1, type=Path)
@json_option
def check(*, identifier: str, pictures: tuple[Path, ...], as_json: bool) -> None:
    """Compares what a model remembers of its training with what it is fed.

    Batch normalisation keeps the mean and variance of its training. They are compared with those on
    the sample photographs and on up to six PICTUREs of yours, under the preprocessing in use and
    under the usual others. 0 is a perfect fit; what is below 0.3 fits.
    """
    from camviewer.engine.picture.source_image import read_image  # noqa: PLC0415  (help is faster)
    from camviewer.engine.session.statistics_check import check_model  # noqa: PLC0415

    session = open_session(identifier)
    found = check_model(session.classifier, [read_image(path) for path in pictures])
    click.echo(json.dumps(_record(found), indent=2) if as_json else _words(found))


def _words(found: StatisticsCheck) -> str:
    lines = [found.sentence]
    if found.own is not None:
        lines.append(f"  pictures: {found.pictures}")
        lines += [
            f"  {fit.divergence:>10.4g}  {fit.convention.title}{mark}"
            for fit, mark in ((found.own, " (in use)"), *((each, "") for each in found.others))
        ]
    if found.layers:
        lines.append(
            f"  over {found.layers} layers: {found.mean:.3g}; each from the one before: "
            f"{found.inner:.3g}"
        )
    return "\n".join(lines)


def _record(found: StatisticsCheck) -> dict[str, Any]:
    fits = () if found.own is None else (found.own, *found.others)
    return {
        "outcome": found.standing.value,
        "sentence": found.sentence,
        "pictures": found.pictures,
        "preprocessings": [
            {
                "title": fit.convention.title,
                "in_use": fit is found.own,
                "mean": list(fit.convention.mean),
                "std": list(fit.convention.std),
                "blue_first": fit.convention.blue_first,
                "divergence": fit.divergence,
            }
            for fit in fits
        ],
        "layers": found.layers,
        "divergence_over_layers": found.mean,
        "divergence_between_layers": found.inner,
        "largest_between_layers": found.worst,
    }
