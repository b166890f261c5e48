"""Finding out whether a network ends in global average pooling and one linear layer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor, nn

from camviewer.engine.layers import grid_shape, has_grid, outputs_watched

_EQUAL = 1e-4
"""Relative difference up to which two float32 tensors count as the same numbers."""


@dataclass(frozen=True)
class PooledHead:
    """The end of a network: logits = weight @ (mean over cells of the activations) + bias.

    Attributes:
        layer: dotted name of the layer whose cells are averaged.
        rectified: whether a ReLU that is no module of its own lies between layer and pooling.
        weight: (K, C).
        bias: (K,).
    """

    layer: str
    rectified: bool
    weight: Tensor
    bias: Tensor


@dataclass(frozen=True)
class HeadSearch:
    """What was found at the end of a network.

    Attributes:
        head: None when CAM is not defined.
        refusal: why not, with this network's shapes; empty when it is.
        last_layer: the last layer with a grid, in the order of running.
    """

    head: PooledHead | None
    refusal: str
    last_layer: str


def find_head(network: nn.Module, example: Tensor) -> HeadSearch:
    """Looks for the layer whose spatial mean is what the last linear layer is fed.

    The numbers decide, not the names: each layer's mean is compared with the linear layer's real
    input, so any pooling, flattening or reshaping in between is recognised, and a
    normalisation in between is not mistaken for none.

    Args:
        network: in eval mode.
        example: (1, 3, h, w), not constant.
    """
    means: dict[str, tuple[Tensor, Tensor]] = {}
    shapes: dict[str, tuple[int, int, int]] = {}
    linear_inputs: dict[str, Tensor] = {}

    def see(name: str, output: Tensor) -> None:
        if has_grid(output):
            means.pop(name, None)
            means[name] = output.mean((0, 2, 3)), output.relu().mean((0, 2, 3))
            shapes[name] = grid_shape(output)

    linears = {name: m for name, m in network.named_modules() if isinstance(m, nn.Linear)}
    handles = [
        module.register_forward_pre_hook(_keep_input(linear_inputs, name))
        for name, module in linears.items()
    ]
    try:
        with outputs_watched(network, see), torch.no_grad():
            logits = network(example)
    finally:
        for handle in handles:
            handle.remove()

    last_layer = next(reversed(means), "")
    last_linear = next(reversed(linear_inputs), None)
    if last_linear is None or not last_layer:
        return HeadSearch(None, "This network does not end in a linear layer.", last_layer)
    linear, features = linears[last_linear], linear_inputs[last_linear].reshape(-1)
    if features.numel() != linear.in_features or not _same(linear(features), logits.reshape(-1)):
        return HeadSearch(None, "This network does not end in one linear layer.", last_layer)
    for name, (mean, rectified_mean) in reversed(means.items()):
        for candidate, rectified in ((mean, False), (rectified_mean, True)):
            if candidate.numel() == features.numel() and _same(candidate, features):
                head = PooledHead(name, rectified, linear.weight.detach(), _bias(linear))
                return HeadSearch(head, "", name)
    return HeadSearch(None, _why_not(linear, shapes[last_layer]), last_layer)


def _why_not(linear: nn.Linear, last_grid: tuple[int, int, int]) -> str:
    channels, height, width = last_grid
    if channels == linear.in_features:
        return (
            f"Between the {channels} channels of the last {height} x {width} grid and the class "
            "weights lies more than averaging."
        )
    return (
        f"The class weights belong to {linear.in_features} features of the layer before, not to "
        f"the {channels} channels of the last {height} x {width} grid."
    )


def _keep_input(
    kept: dict[str, Tensor], name: str
) -> Callable[[nn.Module, tuple[Tensor, ...]], None]:
    def hook(_module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        kept.pop(name, None)
        kept[name] = inputs[0].detach().clone()

    return hook


def _bias(linear: nn.Linear) -> Tensor:
    bias = cast("Tensor | None", linear.bias)  # torch's own stubs do not know of bias=False
    return linear.weight.new_zeros(linear.out_features) if bias is None else bias.detach()


def _same(left: Tensor, right: Tensor) -> bool:
    difference = float((left - right).abs().max())
    return difference <= _EQUAL * max(float(right.abs().max()), 1e-12)
