"""What an architecture hands to its head: the width of its features, and its last grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from camviewer.engine.architectures.meta_tensors import ShapesAlone
from camviewer.engine.architectures.pooled_cut import ARRANGEMENTS
from camviewer.engine.network.grid_layers import outputs_watched
from camviewer.engine.network.layouts import Arrangement, Layout, layout_of

_FEATURES, _MAP = 2, 4
_REPEATING = (nn.AdaptiveAvgPool2d, nn.Dropout, nn.Dropout2d)
"""Modules behind the last grid whose output looks like a grid and is none."""
_NAMES = dict(
    zip(
        (Arrangement.CHANNELS_FIRST, Arrangement.CHANNELS_LAST, Arrangement.TOKENS),
        ARRANGEMENTS,
        strict=True,
    )
)


@dataclass(frozen=True)
class LastGrid:
    """The last layer before a head that puts out a grid.

    Attributes:
        layer: its dotted name.
        channels: of its cells.
        arrangement: one of ``ARRANGEMENTS``.
        prefix: tokens before those of the grid.
    """

    layer: str
    channels: int
    arrangement: str
    prefix: int


@dataclass(frozen=True)
class HeadPlace:
    """What stands before a module that a head may be put in the place of.

    Attributes:
        features: how many numbers the module is given; 0 when it is given a grid.
        grid: the last grid before it; None when there is none.
    """

    features: int
    grid: LastGrid | None


def head_place(network: nn.Module, place: str, size: tuple[int, int]) -> HeadPlace:
    """Runs a network once and looks at what a module is given.

    Args:
        network: on the ``meta`` device, in eval mode, for pictures of three channels.
        place: dotted name of the module.
        size: (h, w) of the pictures.
    """
    features, grid, reached = 0, None, False
    passing = {name for name, m in network.named_modules() if isinstance(m, _REPEATING)}

    def see(name: str, output: Tensor) -> None:
        nonlocal grid
        layout = layout_of(output, size)
        if not reached and layout is not None and name not in passing:
            grid = _grid(name, output, layout)

    def before(_module: nn.Module, inputs: tuple[Any, ...]) -> None:
        nonlocal features, reached
        reached = True
        given = inputs[0]
        flat = given.dim() == _FEATURES or (given.dim() == _MAP and given.shape[2:] == (1, 1))
        features = int(given.shape[1]) if flat else 0

    handle = network.get_submodule(place).register_forward_pre_hook(before)
    try:
        with outputs_watched(network, see), torch.no_grad(), ShapesAlone():
            network(torch.empty((1, 3, *size), device="meta"))
    finally:
        handle.remove()
    return HeadPlace(features, grid)


def _grid(name: str, output: Tensor, layout: Layout) -> LastGrid:
    channels = layout.to_grid(output).shape[1]
    return LastGrid(name, channels, _NAMES[layout.arrangement], layout.prefix)
