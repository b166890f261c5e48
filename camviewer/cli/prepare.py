"""Defines the command ``camviewer prepare``, which converts a model for OpenVINO in advance."""

from __future__ import annotations

from pathlib import Path

import click

from camviewer.cli.parameters import open_session


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
    from camviewer.engine.errors import CamviewerError, reason_of  # noqa: PLC0415  (help is instant)
    from camviewer.engine.runtime import openvino  # noqa: PLC0415  (imports torch)
    from camviewer.engine.runtime.conversion_process import convert_model, stand_back  # noqa: PLC0415
    from camviewer.engine.runtime.converted_networks import ConvertedNetworks  # noqa: PLC0415
    from camviewer.engine.support.folders import networks_folder  # noqa: PLC0415

    if not openvino.is_available():
        raise CamviewerError(
            "The second engine, OpenVINO, is not installed.",
            'Install it with: pip install "camviewer[fast]"',
        )
    if into is not None:
        stand_back()
    session = open_session(model)
    chosen = layer or session.info.default_layer
    if chosen not in dict(session.classifier.network.named_modules()):
        raise CamviewerError(
            f"There is no layer called {chosen}.", "`camviewer layers` lists them."
        )
    if into is not None:
        convert_model(session.classifier, chosen, into)
        return
    kept = ConvertedNetworks(networks_folder(), session.info.weights_sha256)
    if kept.find(chosen) is None:
        try:
            kept.make(chosen, lambda folder: convert_model(session.classifier, chosen, folder))
        except OSError as error:
            raise CamviewerError(
                f"The converted network could not be kept in {networks_folder()}: "
                f"{reason_of(error)}.",
                "Make room there, and see that you may write there.",
            ) from error
    click.echo(f"{session.info.title} is prepared for {openvino.NAME}, with layer {chosen}.")
