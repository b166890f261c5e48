"""Converts a model for OpenVINO in advance."""

from __future__ import annotations

from pathlib import Path

from camviewer.engine.errors import CamviewerError, reason_of
from camviewer.engine.network import Classifier
from camviewer.engine.runtime import convert_model, converted_networks_of, openvino
from camviewer.engine.support import networks_folder


def require_second_engine() -> None:
    """Refuses to go on without OpenVINO.

    Raises:
        CamviewerError: it is not installed.
    """
    if not openvino.is_available():
        raise CamviewerError(
            "The second engine, OpenVINO, is not installed.",
            'Install it with: pip install "camviewer[fast]"',
        )


def prepare(classifier: Classifier, layer: str, folder: Path | None) -> None:
    """Converts a network, with its logits and one layer as outputs, unless that was done.

    Args:
        classifier: the model.
        layer: dotted name.
        folder: where the files go; among the user's converted networks when None.

    Raises:
        CamviewerError: OpenVINO is not installed, there is no such layer, or the network cannot be
            converted or kept.
    """
    require_second_engine()
    if layer not in dict(classifier.network.named_modules()):
        raise CamviewerError(f"There is no layer called {layer}.", "`camviewer layers` lists them.")
    if folder is not None:
        convert_model(classifier, layer, folder)
        return
    kept = converted_networks_of(classifier.info)
    if kept.find(layer) is not None:
        return
    try:
        kept.make(layer, lambda place: convert_model(classifier, layer, place))
    except OSError as error:
        raise CamviewerError(
            f"The converted network could not be kept in {networks_folder()}: {reason_of(error)}.",
            "Make room there, and see that you may write there.",
        ) from error
