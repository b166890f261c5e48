"""Defines the commands ``camviewer methods`` and ``camviewer layers``."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
    from camviewer.engine.results import LayerInfo, MethodOption


@click.command()
@model_option
@json_option
def methods(*, model: str | None, as_json: bool) -> None:
    """Lists the methods, and whether the model has what they need."""
    opened = open_model(model)
    listed = opened.methods()
    if as_json:
        _echo_json(
            [
                {**asdict(info), "defined": not refusal, "reason": refusal}
                for info, refusal in listed
            ]
        )
        return
    width = max(len(info.id) for info, _ in listed)
    indent = " " * (width + 2)
    group = ""
    for info, refusal in listed:
        if info.group != group:
            group = info.group
            click.echo(f"\n{group}")
        click.echo(f"{info.id.ljust(width)}  {info.title} ({info.cost}): {info.summary}")
        click.echo(indent + info.citation)
        click.echo(f"{indent}For {info.defined_for}.")
        for option in info.options:
            value = _option_words(option)
            click.echo(f"{indent}--option {option.key}={value}: {option.summary}")
        defined = f"Defined for {opened.info.title}."
        click.echo(indent + (f"Not defined here: {refusal}" if refusal else defined))
    from camviewer.engine.methods.core.plugins import load_plugins  # noqa: PLC0415  (imports torch)

    for plugin in load_plugins():
        click.echo(
            f"The methods of the package {plugin.name} were left out: {plugin.reason}. "
            "Update or remove that package.",
            err=True,
        )


@click.command()
@click.argument("picture", required=False, type=Path)
@model_option
@input_options
@placement_options
@json_option
def layers(
    *,
    picture: Path | None,
    model: str | None,
    bands: str | None,
    values: str | None,
    placement: str,
    detail: float,
    as_json: bool,
) -> None:
    """Lists the layers with a grid, and their output's shape.

    The shapes are those for PICTURE; without one, for a picture of the trained size.
    """
    from camviewer.cli.wording import placement_words  # noqa: PLC0415  (imports numpy)
    from camviewer.engine.picture import read_image  # noqa: PLC0415

    image = None if picture is None else read_image(picture)
    opened = open_model(model, bands, values)
    info = opened.info
    size = info.recipe.input_size if image is None else image.size
    placed = place(size, info.recipe, PlacementMode(placement), detail)
    listed = opened.layers(image, placement=placement, detail=detail)
    if as_json:
        _echo_json([_plain(layer, info.default_layer) for layer in listed])
        return
    click.echo(f"{info.title}, {placement_words(placed)}")
    click.echo(_tree(listed, info.default_layer))


def _option_words(option: MethodOption) -> str:
    if isinstance(option.default, bool):
        return "yes" if option.default else "no"
    return f"{option.default:g}" if isinstance(option.default, int | float) else option.default


def _plain(layer: LayerInfo, default: str) -> dict[str, Any]:
    channels, rows, columns = layer.shape
    return {
        "name": layer.name,
        "kind": layer.kind,
        "channels": channels,
        "rows": rows,
        "columns": columns,
        "cam": layer.cam,
        "default": layer.name == default,
    }


def _tree(layers: list[LayerInfo], default: str) -> str:
    """Layer names, indented by depth, with columns of kinds and shapes."""
    from camviewer.cli.wording import table  # noqa: PLC0415

    rows = [["layer", "kind", "channels", "columns x rows", ""]]
    for layer in layers:
        channels, height, width = layer.shape
        marks = ["CAM is exact here"] if layer.cam else []
        marks += ["default"] if layer.name == default else []
        name = "  " * layer.name.count(".") + layer.name
        rows.append([name, layer.kind, str(channels), f"{width} x {height}", ", ".join(marks)])
    return table(rows, right=(2, 3))


def _echo_json(document: object) -> None:
    click.echo(json.dumps(document, indent=2))
