"""Defines the command ``camviewer models check``, which compares a model's batch statistics."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from camviewer.cli.editing import recipe_words
from camviewer.cli.parameters import json_option, open_model

if TYPE_CHECKING:
    from camviewer.engine.geometry import Recipe
    from camviewer.engine.statistics import StatisticsCheck


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
    opened = open_model(identifier)
    found = opened.check(pictures)
    words = _words(found, "" if opened.info.is_for_this_run else identifier)
    click.echo(json.dumps(check_record(found), indent=2) if as_json else words)


def checked(identifier: str) -> StatisticsCheck:
    """The check of a model by the sample photographs.

    Raises:
        CamviewerError: the model cannot be loaded.
    """
    return open_model(identifier).check()


def check_words(found: StatisticsCheck, identifier: str) -> str:
    """The outcome in one line, with the command that follows it.

    Args:
        found: the outcome.
        identifier: of the model; empty for one that cannot be edited.
    """
    better = found.suggested
    if better is None or not identifier:
        return found.sentence
    values = {"--mean": better.mean, "--std": better.std}
    words = [f"{option} {_numbers(numbers)}" for option, numbers in values.items()]
    words += ["--channel-order bgr"] if better.blue_first else []
    return f"{found.sentence} Use it: camviewer models edit {identifier} {' '.join(words)}"


def _numbers(values: tuple[float, ...]) -> str:
    shown = [f"{value:.6g}" for value in values]
    return shown[0] if len(set(shown)) == 1 else ",".join(shown)


def _words(found: StatisticsCheck, identifier: str) -> str:
    lines = [check_words(found, identifier)]
    if found.own is not None:
        lines.append(f"  pictures: {found.pictures}")
        lines += [
            f"  {fit.divergence:>10.4g}  {fit.convention.title}{mark}"
            for fit, mark in ((found.own, " (in use)"), *((each, "") for each in found.others))
        ]
    if found.layers:
        lines.append(f"  over {found.layers} layers, each from the one before: {found.inner:.3g}")
    if found.published:
        lines.append("  other published preprocessing:")
    for each in found.published:
        figure = "" if each.divergence is None else f"{each.divergence:.4g}"
        lines.append(f"  {figure:>10}  {each.published.source}: {_recipe(each.published.recipe)}")
    return "\n".join(lines)


def _recipe(recipe: Recipe) -> str:
    height, width = recipe.input_size
    return f"{width} x {height}, {recipe_words(recipe)}"


def check_record(found: StatisticsCheck) -> dict[str, Any]:
    """The outcome with all its figures, for JSON."""
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
        "published": [
            {
                "source": fit.published.source,
                "preprocessing": asdict(fit.published.recipe),
                "divergence": fit.divergence,
            }
            for fit in found.published
        ],
        "confidence": None if found.order is None else asdict(found.order),
        "layers": found.layers,
        "divergence_between_layers": found.inner,
        "largest_between_layers": found.worst,
    }
