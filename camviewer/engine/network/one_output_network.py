"""Gives networks with one output z two logits, (-z, z): against the class and for it."""

from __future__ import annotations

from typing import cast

import torch
from torch import Tensor, nn

from camviewer.engine.network.grid_layers import outputs_watched
from camviewer.engine.results.one_output import SIDES
from camviewer.engine.support.numeric_comparison import same_numbers


def with_both_sides(network: nn.Module, example: Tensor) -> nn.Module:
    """The same network with logits (N, 2), which are (-z, z).

    If a linear layer or a convolution computes z, it gets a second row, so that the network keeps
    a head that the methods know. Otherwise a hook appends -z to the output.

    Args:
        network: (N, 3, h, w) in, z as (N, 1) or (N,) out; it is changed.
        example: (1, 3, h, w), not constant.
    """
    if not _double_last_layer(network, example):
        network.register_forward_hook(_both_sides)
    return network


def _both_sides(_network: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> Tensor:
    score = output.reshape(len(inputs[0]), 1)
    return torch.cat((-score, score), 1)


def _double_last_layer(network: nn.Module, example: Tensor) -> bool:
    """Adds a row for -z to the layer that computes z; returns whether there is such a layer."""
    layers = {
        name: module
        for name, module in network.named_modules()
        if isinstance(module, nn.Linear | nn.Conv2d) and len(module.weight) == 1
    }
    seen: list[tuple[str, Tensor]] = []

    def see(name: str, output: Tensor) -> None:
        if name in layers and output.numel() == 1:
            seen.append((name, output.clone()))

    with outputs_watched(network, see), torch.no_grad():
        score = network(example).reshape(1, 1)
    if not seen or not same_numbers(seen[-1][1].reshape(1, 1), score):
        return False
    layer = layers[seen[-1][0]]
    weight = cast("nn.Parameter", layer.weight)
    bias = cast("nn.Parameter | None", layer.bias)
    _set_rows(layer, _mirrored(weight), None if bias is None else _mirrored(bias))
    if _agrees(network, example, score):
        return True
    _set_rows(layer, weight, bias)
    return False


def _mirrored(rows: Tensor) -> nn.Parameter:
    return nn.Parameter(torch.cat((-rows, rows)).detach(), requires_grad=False)


def _set_rows(
    layer: nn.Linear | nn.Conv2d, weight: nn.Parameter, bias: nn.Parameter | None
) -> None:
    layer.weight = weight
    layer.register_parameter("bias", bias)
    if isinstance(layer, nn.Linear):
        layer.out_features = len(weight)
    else:
        layer.out_channels = len(weight)


def _agrees(network: nn.Module, example: Tensor, score: Tensor) -> bool:
    """Whether the network returns (-z, z) for one picture and for two."""
    try:
        with torch.no_grad():
            found = network(torch.cat((example, example)))
            alone = network(example)
    except (RuntimeError, ValueError, TypeError, IndexError):
        return False
    wanted = torch.cat((-score, score), 1)
    return all(
        answer.shape == (count, SIDES) and same_numbers(answer, wanted)
        for answer, count in ((found, 2), (alone, 1))
    )
