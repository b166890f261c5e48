"""Defines the command ``camviewer structure``, which prints the network with shapes."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camviewer.cli.parameters import (
    input_options,
    json_option,
    model_option,
    open_model,
    placement_options,
)
from camviewer.engine.geometry import PlacementMode, place

if TYPE_CHECKING:
    from camviewer.engine.structure import NetworkParts, Part


@click.command()
@click.argument("picture", required=False, type=Path)
@model_option
@input_options
@placement_options
@click.option("--find", metavar="TEXT", help="Only modules whose name or printed form has it.")
@json_option
def structure(
    *,
    picture: Path | None,
    model: str | None,
    bands: str | None,
    values: str | None,
    placement: str,
    detail: float,
    find: str | None,
    as_json: bool,
) -> None:
    """Prints the network with the output shape and the parameters of each module.

    The shapes are those for PICTURE; without one, for a picture of the trained size. A star
    stands at the layer that is tapped unless another is chosen, a dot at what cannot be tapped.
    """
    from camviewer.engine.picture import read_image  # noqa: PLC0415  (imports numpy)

    image = None if picture is None else read_image(picture)
    opened = open_model(model, bands, values)
    recipe = opened.info.recipe
    size = recipe.input_size if image is None else image.size
    placed = place(size, recipe, PlacementMode(placement), detail)
    network = opened.structure(image, placement=placement, detail=detail)
    shown = [part for part in network.parts if find is None or _matches(part, find)]
    if as_json:
        click.echo(json.dumps([asdict(part) for part in shown], indent=2))
        return
    height, width = placed.input_size
    click.echo(f"{opened.info.title}, input {width} x {height}")
    click.echo(_printed(shown, network))


def _matches(part: Part, text: str) -> bool:
    return text.lower() in f"{part.name} {part.printed}".lower()


def _printed(shown: list[Part], network: NetworkParts) -> str:
    from camviewer.cli.wording import table  # noqa: PLC0415  (imports numpy)

    rows = [["", "module", "output", "parameters"]]
    for part in shown:
        mark = "*" if part.name == network.default_layer else "" if part.grid else "."
        label = f"({part.own_name}): {part.printed}" if part.name else part.printed
        output = "-" if part.output is None else " x ".join(str(size) for size in part.output)
        count = f"{part.parameters:,}" if part.parameters else ""
        rows.append([mark, "  " * part.depth + label, output, count])
    return table(rows, right=(3,))
