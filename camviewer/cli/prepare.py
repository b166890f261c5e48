"""Defines the command ``camviewer prepare``, which converts a model for OpenVINO in advance."""

from __future__ import annotations

from pathlib import Path

import click

from camviewer.cli.parameters import open_model

_POLITE = 10
"""Steps by which a conversion for the window stands back, so that it does not slow the user."""


@click.command()
@click.argument("model", required=False, metavar="[MODEL]")
@click.option(
    "--layer",
    metavar="NAME",
    help="The layer whose maps are to be fast, too.  [default: the model's own]",
)
@click.option("into", "--into", type=Path, hidden=True)
def prepare(*, model: str | None, layer: str | None, into: Path | None) -> None:
    """Converts MODEL for OpenVINO, which runs it in about half the time on a CPU.

    The window does this by itself after the first map of a model; what is prepared here is there
    at once, in the window and for the other commands. Needs camviewer[fast].
    """
    from camviewer.api import require_second_engine  # noqa: PLC0415  (help is instant)
    from camviewer.engine.runtime.openvino import NAME  # noqa: PLC0415
    from camviewer.engine.support import stand_back  # noqa: PLC0415

    require_second_engine()
    if into is not None:
        stand_back(_POLITE)
    opened = open_model(model)
    opened.prepare(layer, into)
    if into is None:
        chosen = layer or opened.info.default_layer
        click.echo(f"{opened.info.title} is prepared for {NAME}, with layer {chosen}.")
