"""Combines a network with its labels, preprocessing, head and device into a classifier."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import torch
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.network.dense_output import with_pixel_mean
from camviewer.engine.network.devices import describe
from camviewer.engine.network.layouts import Layout
from camviewer.engine.network.linear_end import LinearEnd
from camviewer.engine.network.one_output_network import with_both_sides
from camviewer.engine.network.out_of_memory import is_out_of_memory
from camviewer.engine.network.pooled_head import HeadSearch, PooledHead, find_head
from camviewer.engine.results.messages import ModelInfo
from camviewer.engine.results.one_output import both_names
from camviewer.engine.results.values import NO_ACTIVATION, value_names
from camviewer.engine.results.without_classes import FEATURES, WITHOUT_CLASSES
from camviewer.engine.support.progress import NO_PROGRESS, Progress

_MEAN_SCORE = "mean score"
"""Unit of the class scores of a network that scores every pixel."""


@dataclass(frozen=True, eq=False)
class Classifier:
    """A network in eval mode with frozen parameters, on its device.

    Attributes:
        network: (N, 3, h, w) in, logits (N, K) out.
        info: its description.
        head: its pooled linear head, when it ends in one.
        device: where it runs.
        layout: how the default layer holds its grid, for the trained input size.
        dense: the same network as it scores every pixel, (N, K, h, w); None for one that does not.
    """

    network: nn.Module
    info: ModelInfo
    head: PooledHead | None
    device: torch.device
    layout: Layout | None = None
    dense: nn.Module | None = None

    @cached_property
    def linear_end(self) -> LinearEnd:
        """Its linear layers as convolutions, if they have that form; searched at the first use."""
        return LinearEnd(self)

    def probabilities(self, logits: Tensor) -> Tensor:
        """(..., K) in 0 to 1 from logits (..., K); not numbers (nan) where they are values."""
        if self.info.activation == NO_ACTIVATION:
            return torch.full_like(logits, torch.nan)
        return logits.sigmoid() if self.info.activation == "sigmoid" else logits.softmax(-1)

    def moved_to(self, device: torch.device) -> Classifier:
        """Moves the classifier to another device; the old object must not be used any more.

        Raises:
            CamviewerError: that device's memory does not suffice; the old object stays valid.
        """
        try:
            network = self.network.to(device)
            dense = None if self.dense is None else self.dense.to(device)
        except RuntimeError as error:
            if not is_out_of_memory(error):
                raise
            self.network.to(self.device)  # half of it had moved
            if self.dense is not None:
                self.dense.to(self.device)
            title = describe(device).title
            raise CamviewerError(
                f"{title} does not have enough free memory for {self.info.title}.",
                "Choose another device, or close what else uses it.",
            ) from error
        head = self.head
        if head is not None:
            head = replace(head, weight=head.weight.to(device), bias=head.bias.to(device))
        info = replace(self.info, device=describe(device).title)
        return replace(self, network=network, info=info, head=head, device=device, dense=dense)


def classifier(
    network: nn.Module,
    *,
    identifier: str,
    title: str,
    labels: tuple[str, ...],
    recipe: Recipe,
    weights_sha256: str,
    device: torch.device,
    activation: str = "softmax",
    unit: str = "",
    outputs: int | None = None,
    search: HeadSearch | None = None,
    layer_refusal: str = "",
    remarks: tuple[str, ...] = (),
    head_activations: tuple[str, ...] = (),
    architecture: str = "",
    scores_pixels: bool = False,
    output: str = "",
    progress: Progress = NO_PROGRESS,
) -> Classifier:
    """Freezes a network, moves it to its device and finds its head.

    Args:
        network: (N, 3, h, w) in, logits (N, K) out; one that puts out a single number is read with
            a sigmoid and presents two classes, see ``one_output``.
        identifier: short name on the command line.
        title: name on screen.
        labels: class names by index; of no use when the activation is ``features``.
        recipe: the preprocessing of the network.
        weights_sha256: hash of the file with the weights.
        device: where it will run.
        activation: ``softmax`` or ``sigmoid``; ``none`` when it puts out values, and ``features``
            when it has no classes.
        unit: of the values.
        outputs: number of the network's outputs; the number of labels when None.
        search: the result of ``find_head``, if it is known; the search costs a pass.
        layer_refusal: why none of its layers can be reached; empty when they can.
        remarks: sentences from the import.
        head_activations: what stands between the linear layers of a rebuilt head.
        architecture: its name, where it has one.
        scores_pixels: whether it puts out class scores of every pixel, (N, K, h, w). Their means
            over the pixels are then what it says of the picture, and no probabilities.
        output: which of several tensors it puts out; empty for the usual one.
        progress: reports how far the search for the head is.
    """
    # Half-precision weights run in single precision, for the same results on every device.
    network = network.float().eval().requires_grad_(False).to(device)
    example = _example(recipe, device)
    dense = network if scores_pixels else None
    if scores_pixels:
        network, activation, unit = with_pixel_mean(network), NO_ACTIVATION, unit or _MEAN_SCORE
    one_output = activation not in {FEATURES, NO_ACTIVATION} and (outputs or len(labels)) == 1
    if activation == NO_ACTIVATION:
        labels = value_names(labels, outputs or len(labels))
    if one_output:
        network, labels, activation = (
            with_both_sides(network, example),
            both_names(labels),
            "sigmoid",
        )
    search = search or find_head(network, example, progress)
    if activation == FEATURES:
        # A linear layer at its end makes features, and its weights are those of no class.
        labels, search = (), replace(search, head=None, refusal=WITHOUT_CLASSES)
    info = ModelInfo(
        id=identifier,
        title=title,
        labels=labels,
        activation=activation,
        recipe=recipe,
        default_layer=search.last_layer,
        weights_sha256=weights_sha256,
        device=describe(device).title,
        cam_layer=None if search.head is None else search.head.layer,
        cam_refusal=search.refusal,
        layer_refusal=layer_refusal,
        one_output=one_output,
        remarks=remarks,
        head_activations=head_activations,
        architecture=architecture,
        unit=unit,
        scores_pixels=scores_pixels,
        output=output,
    )
    return Classifier(network, info, search.head, device, search.layout, dense)


def _example(recipe: Recipe, device: torch.device) -> Tensor:
    """(1, 3, h, w), not constant."""
    generator = torch.Generator().manual_seed(0)
    example = torch.rand((1, recipe.channels, *recipe.input_size), generator=generator)
    return example.to(device)
