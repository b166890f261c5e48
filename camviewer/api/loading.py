"""Opens a model for a script: the built-in one, one that is kept, a file, or a network."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from os import PathLike
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from camviewer.api.model import Model
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.geometry.input_scale import InputChoice, scale_of_words
from camviewer.engine.network.classifier import classifier
from camviewer.engine.network.devices import find_device
from camviewer.engine.network.module_copies import copy_sharing_tensors
from camviewer.engine.network.offset_store import OffsetStore
from camviewer.engine.network.structured_output import (
    choose_output,
    offered_words,
    tensors_by_path,
)
from camviewer.engine.packs.manifest import ACTIVATIONS
from camviewer.engine.runtime.conversion_process import second_engine_for
from camviewer.engine.session.opening import open_session
from camviewer.engine.session.session import Session
from camviewer.engine.support.folders import offsets_folder

if TYPE_CHECKING:
    from camviewer.engine.network.classifier import Classifier


def load(
    model: str | PathLike[str] | nn.Module | None = None,
    *,
    labels: Sequence[str] | None = None,
    recipe: Recipe | None = None,
    activation: str = "softmax",
    unit: str = "",
    output: str | None = None,
    title: str | None = None,
    device: str | None = None,
    bands: Sequence[int] = (),
    values: str = "",
) -> Model:
    """Opens a model; one that ``Model.prepare`` has converted runs by OpenVINO where that is exact.

    Args:
        model: None for the built-in one; the id of one that is kept; the path of a checkpoint,
            program or folder, of which nothing is kept; or a network of your own, which gives
            logits (N, K) for input (N, C, h, w) and is frozen by this.
        labels: names of a network's classes; numbers when None.
        recipe: what a network is fed; ImageNet's usual 224 pixels, mean and deviation when None.
            Of a network of other bands, mean and deviation are 0 and 1 unless they have as many
            numbers as it has channels.
        activation: of a network: ``softmax`` or ``sigmoid``; ``none`` for one that puts out values,
            as regressions do.
        unit: of the values.
        output: which tensor of a network that puts out several, by its path: ``out``, ``0`` or
            ``logits.1``; of the file of a program by its name in ONNX, its place in a .pt2, its
            path in TorchScript. Scores of every pixel (N, K, h, w) count by their means.
        title: of a network; its class's name when None.
        device: ``cpu``, ``cuda:0`` ...; the best one when None.
        bands: numbers of the pictures' bands, from 1, in the order of the model's channels; as its
            recipe says when empty.
        values: which stored values it is fed as 0 and 1: ``auto``, ``depth``, ``0,4095``,
            ``percentiles:0.1,99.9`` or ``extremes``; as its recipe says when empty.

    Raises:
        CamviewerError: there is no such model, or it cannot be opened or fed that.
    """
    where = find_device(device) if device else find_device()
    choice = InputChoice(tuple(bands), scale_of_words(values) if values else None)
    if isinstance(model, nn.Module):
        network = _classifier(
            model,
            labels,
            (recipe or Recipe()).with_input(choice),
            activation,
            title or type(model).__name__,
            unit=unit,
            output=output,
            device=where,
        )
        store = OffsetStore(network.info.weights_sha256, offsets_folder())
        return Model(Session(network, store))
    if labels is not None or recipe is not None or unit:
        raise CamviewerError(
            "Labels, recipe and unit belong to a network of your own.",
            "A model that is kept has its own: `camviewer models edit` changes them.",
        )
    identifier = None if model is None else str(model)
    session = open_session(identifier, offsets_folder(), where, choice=choice, output=output or "")
    # Nothing is converted unasked, because a few pictures would not win back the seconds.
    session.use_second_engine(second_engine_for(session.info, converts=False))
    return Model(session)


def _classifier(
    network: nn.Module,
    labels: Sequence[str] | None,
    recipe: Recipe,
    activation: str,
    name: str,
    *,
    unit: str,
    output: str | None,
    device: torch.device,
) -> Classifier:
    if activation not in ACTIVATIONS:
        raise CamviewerError(
            f"There is no activation {activation}.", f"Choose one of {', '.join(ACTIVATIONS)}."
        )
    if output:
        network = choose_output(copy_sharing_tensors(network), output)
    example = _answer(network, recipe)
    outputs, scores_pixels = example.shape[1], example.dim() == 4
    names = tuple(labels) if labels is not None else tuple(str(i) for i in range(outputs))
    if len(names) != outputs and not (outputs == 1 and len(names) <= 2):
        raise CamviewerError(
            f"{len(names)} labels were given for the {outputs} outputs of {name}.",
            "Give one name for each output, in their order.",
        )
    return classifier(
        network,
        identifier=name.lower(),
        title=name,
        labels=names,
        recipe=recipe,
        weights_sha256=_weights_sha256(network),
        device=device,
        activation=activation,
        unit=unit,
        outputs=outputs,
        scores_pixels=scores_pixels,
        output=output or "",
    )


@torch.no_grad()
def _answer(network: nn.Module, recipe: Recipe) -> Tensor:
    """What a network puts out for a picture: (1, K), or (1, K, h, w) of one that scores pixels.

    Raises:
        CamviewerError: it puts out something else.
    """
    example = next(iter(network.parameters()), torch.empty(0))
    shape = (1, recipe.channels, *recipe.input_size)
    picture = torch.zeros(shape, device=example.device, dtype=example.dtype)
    try:
        found = network.eval()(picture)
    except RuntimeError as error:
        raise CamviewerError(
            f"{type(network).__name__} does not take a picture {shape}: "
            f"{str(error).splitlines()[0]}.",
            "Give its recipe with the right input size and number of channels: "
            "camviewer.Recipe(input_size=(h, w), channels=n).",
        ) from error
    offered = tensors_by_path(found)
    if isinstance(found, Tensor) and found.dim() in {2, 4}:
        return found
    if not isinstance(found, Tensor) and offered:
        first = next(iter(offered))
        raise CamviewerError(
            f"{type(network).__name__} puts out several tensors: {offered_words(offered)}.",
            f"Choose one by its path: output={first!r}.",
        )
    raise CamviewerError(
        f"{type(network).__name__} does not give logits (N, K), or scores of pixels (N, K, h, w).",
        "Wrap it in a module whose forward returns the class scores alone.",
    )


def _weights_sha256(network: nn.Module) -> str:
    """Tells networks apart by their weights, so that what was measured on one is its own."""
    digest = hashlib.sha256(type(network).__qualname__.encode())
    for name, tensor in sorted(network.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().flatten().view(torch.uint8).numpy().tobytes())
    return digest.hexdigest()
