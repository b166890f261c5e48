"""Defines the commands ``camviewer trust`` and ``camviewer compare``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from camviewer.cli.parameters import (
    input_options,
    json_option,
    model_option,
    open_model,
    placement_options,
    target_option,
)
from camviewer.cli.progress import Progress
from camviewer.cli.refinement import Refinement

_Command = TypeVar("_Command", bound=Callable[..., Any])
_MEASURES = ("insertion", "deletion", "road", "average-drop", "adcc", "stability")


def _picture_options(command: _Command) -> _Command:
    """Adds the picture, the model, and the options of the map."""
    for decorate in (
        input_options,
        placement_options,
        click.option(
            "--layer", metavar="NAME", help="Where maps are made.  [default: the method's own]"
        ),
        click.option(
            "class_words",
            "--class",
            metavar="NAME|INDEX",
            help="Explain this class.  [default: the most probable one]",
        ),
        target_option,
        model_option,
        click.argument("picture", type=Path),
    ):
        command = decorate(command)
    return command


@click.command()
@_picture_options
@click.option("--method", metavar="ID", help="How the map is made.  [default: as in explain]")
@click.option(
    "--budget",
    type=click.FloatRange(min=1.0),
    default=120.0,
    show_default=True,
    metavar="SECONDS",
    help="What is not measured by then is named and left out.",
)
@click.option(
    "--steps", type=click.IntRange(2, 200), default=20, show_default=True, help="Of each curve."
)
@click.option(
    "--random-maps",
    type=click.IntRange(1, 20),
    default=3,
    show_default=True,
    help="Over how many random maps the reference is averaged.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Of chance.")
@click.option(
    "--sanity", is_flag=True, help="Also see whether the map depends on what the model has learnt."
)
@json_option
def trust(
    *,
    picture: Path,
    model: str | None,
    bands: str | None,
    values: str | None,
    class_words: str | None,
    target_words: str | None,
    layer: str | None,
    placement: str,
    detail: float,
    method: str | None,
    budget: float,
    steps: int,
    random_maps: int,
    seed: int,
    sanity: bool,
    as_json: bool,
) -> None:
    """Measures how faithful and how stable the map of PICTURE is.

    Every number stands beside those of a random map and of a centred blob, which know nothing
    of the picture.
    """
    from camviewer.cli.trust_words import card_words, sanity_table  # noqa: PLC0415
    from camviewer.engine.picture.source_image import read_image  # noqa: PLC0415
    from camviewer.engine.results.method_info import usual_method  # noqa: PLC0415
    from camviewer.engine.trust.messages import TrustOptions  # noqa: PLC0415
    from camviewer.engine.trust.records import card_record, sanity_record  # noqa: PLC0415

    image = read_image(picture)
    opened = open_model(model, bands, values)
    method = method or usual_method(opened.methods(layer, target_words))
    options = TrustOptions(budget=budget, steps=steps, random_maps=random_maps, seed=seed)
    with Progress(1) as progress:
        explanation = opened.explain(
            image,
            class_words,
            method=method,
            layer=layer,
            placement=placement,
            detail=detail,
            target=target_words,
            on_progress=Refinement(progress, image.name).show,
        )
        card = opened.trust(
            explanation,
            options,
            lambda so_far: progress.say(
                f"Measuring: {so_far.share_done:.0%}, {so_far.seconds:.0f} s"
            ),
        )
        check = None
        if sanity:
            check = opened.sanity(
                explanation,
                seed=seed,
                on_progress=lambda so_far: progress.say(f"Random weights: {so_far.share_done:.0%}"),
            )
    if as_json:
        document = {"path": str(picture), **card_record(card)}
        document["sanity"] = None if check is None else sanity_record(check)
        click.echo(json.dumps(document, indent=2, allow_nan=False))
        return
    click.echo(f"{image.name} ({image.width} x {image.height})")
    click.echo(card_words(card))
    if check is not None:
        click.echo(sanity_table(check))


@click.command()
@_picture_options
@click.option(
    "--methods",
    metavar="ID,ID,...",
    help="Which methods; `camviewer methods` lists them.  [default: all that are defined and "
    "not slow]",
)
@click.option(
    "--measure",
    type=click.Choice(_MEASURES),
    default=_MEASURES[0],
    show_default=True,
    help="What they are ranked by.",
)
@click.option(
    "--steps", type=click.IntRange(2, 200), default=20, show_default=True, help="Of each curve."
)
@click.option("--seed", type=int, default=0, show_default=True, help="Of chance.")
@json_option
def compare(
    *,
    picture: Path,
    model: str | None,
    bands: str | None,
    values: str | None,
    class_words: str | None,
    target_words: str | None,
    layer: str | None,
    placement: str,
    detail: float,
    methods: str | None,
    measure: str,
    steps: int,
    seed: int,
    as_json: bool,
) -> None:
    """Ranks methods for PICTURE by one measure, with a random map and a blob among them."""
    from camviewer.cli.trust_words import ranking_words  # noqa: PLC0415
    from camviewer.engine.picture.source_image import read_image  # noqa: PLC0415
    from camviewer.engine.trust.messages import TrustOptions  # noqa: PLC0415
    from camviewer.engine.trust.records import comparison_record  # noqa: PLC0415

    image = read_image(picture)
    opened = open_model(model, bands, values)
    with Progress(1) as progress:
        ranking = opened.compare(
            image,
            class_words,
            methods=[name.strip() for name in methods.split(",")] if methods else None,
            measure=measure,
            layer=layer,
            placement=placement,
            detail=detail,
            target=target_words,
            options=TrustOptions(steps=steps, seed=seed),
            on_progress=lambda so_far: progress.say(f"Comparing: {so_far.share_done:.0%}"),
        )
    if as_json:
        document = {"path": str(picture), **comparison_record(ranking)}
        click.echo(json.dumps(document, indent=2, allow_nan=False))
        return
    click.echo(f"{image.name} ({image.width} x {image.height})")
    click.echo(ranking_words(ranking))
