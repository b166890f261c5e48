"""Converts a model in a separate process, so that the window does not wait for it."""

from __future__ import annotations

import subprocess
from collections.abc import Collection
from pathlib import Path

import torch

from camviewer.engine.errors import CamviewerError, Cancelled
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.module_copies import copy_sharing_tensors
from camviewer.engine.results.messages import ModelInfo
from camviewer.engine.runtime.converted_networks import ConvertedNetworks
from camviewer.engine.runtime.openvino import convert, is_available
from camviewer.engine.runtime.second_engine import SecondEngine
from camviewer.engine.runtime.shared_openvino import SharedEngine
from camviewer.engine.support.folders import networks_folder
from camviewer.engine.support.own_executable import own_command


def convert_model(classifier: Classifier, layer: str, folder: Path) -> None:
    """Writes a loaded model as OpenVINO files, with its logits and one layer as outputs.

    Raises:
        CamviewerError: it cannot be converted.
    """
    generator = torch.Generator().manual_seed(0)
    example = torch.rand(
        (1, classifier.info.recipe.channels, *classifier.info.recipe.input_size),
        generator=generator,
    )
    # A copy, because another thread may be running the network itself.
    convert(copy_sharing_tensors(classifier.network.to("cpu")), layer, example, folder)


class ConvertsElsewhere:
    """Converts a model in a second process of this program.

    Args:
        model: id of the model.
    """

    def __init__(self, model: str) -> None:
        self._model = model
        self._process: subprocess.Popen[str] | None = None
        self._closed = False

    def __call__(self, layer: str, folder: Path) -> None:
        """Fills the folder; takes seconds.

        Raises:
            CamviewerError: the model cannot be converted.
            Cancelled: closed meanwhile.
        """
        if self._closed:
            raise Cancelled
        words = [*own_command(), "prepare", self._model, "--layer", layer, "--into", str(folder)]
        self._process = subprocess.Popen(  # noqa: S603  (this very program)
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        _, said = self._process.communicate()
        if self._closed:
            raise Cancelled
        if self._process.returncode != 0:
            raise CamviewerError(said.strip() or "The conversion ended early.")

    def close(self) -> None:
        """Ends the process, if it still runs."""
        self._closed = True
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()


def second_engine_for(
    info: ModelInfo, *, converts: bool = True, begin_after: float = 0.0
) -> SecondEngine | None:
    """A second engine for a kept model; None if OpenVINO is not installed.

    Args:
        info: the model.
        converts: whether to convert networks; otherwise only earlier conversions are used.
        begin_after: seconds from the first pass until it begins.
    """
    if not is_available():
        return None
    convert = ConvertsElsewhere(info.id) if converts else None
    return SecondEngine(converted_networks_of(info), convert, begin_after)


def shared_engine_for(
    info: ModelInfo, layers: Collection[str], streams: int
) -> SharedEngine | None:
    """An engine for a run over many pictures; None if OpenVINO is not installed.

    Args:
        info: the model.
        layers: those that passes may be prepared for.
        streams: threads that run pictures at the same time.
    """
    if not is_available():
        return None
    return SharedEngine(converted_networks_of(info), ConvertsElsewhere(info.id), layers, streams)


def converted_networks_of(info: ModelInfo) -> ConvertedNetworks:
    """The user's converted networks of a model: of its weights, head's activations and output."""
    activations = "".join(info.head_activations)
    output = f":{info.output}" if info.output else ""
    return ConvertedNetworks(networks_folder(), f"{info.weights_sha256}{activations}{output}")
