"""The modules of a network whose output has a spatial grid, found by running it once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class GridLayer:
    """A module whose output is (N, C, h, w) with more than one cell.

    Attributes:
        name: dotted path in the network.
        kind: the module's class name.
        shape: (C, h, w) for the input that it was found with.
    """

    name: str
    kind: str
    shape: tuple[int, int, int]


@contextmanager
def outputs_watched(network: nn.Module, see: Callable[[str, Tensor], None]) -> Iterator[None]:
    """Calls ``see(name, output)`` as each named module puts out a tensor, in the order of running.

    What is to be kept of the output must be taken at once: a later in-place layer may change it.
    """

    def watch(name: str, module: nn.Module) -> torch.utils.hooks.RemovableHandle:
        def hook(_module: nn.Module, _inputs: object, output: object) -> None:
            if isinstance(output, Tensor):
                see(name, output)

        return module.register_forward_hook(hook)

    handles = []
    try:
        handles += [watch(name, module) for name, module in network.named_modules() if name]
        yield
    finally:
        for handle in handles:
            handle.remove()


def grid_layers(network: nn.Module, example: Tensor) -> tuple[GridLayer, ...]:
    """All modules with a grid for this input, in the network's own order of definition.

    Args:
        network: in eval mode.
        example: (1, 3, h, w).
    """
    shapes: dict[str, tuple[int, int, int]] = {}

    def see(name: str, output: Tensor) -> None:
        if has_grid(output):
            shapes[name] = grid_shape(output)

    with outputs_watched(network, see), torch.no_grad():
        network(example)
    return tuple(
        GridLayer(name, type(module).__name__, shapes[name])
        for name, module in network.named_modules()
        if name in shapes
    )


def has_grid(output: Tensor) -> bool:
    """Whether a module's output is (N, C, h, w) with more than one cell."""
    return output.dim() == 4 and output.shape[2] * output.shape[3] > 1


def grid_shape(output: Tensor) -> tuple[int, int, int]:
    """(C, h, w) of an output (N, C, h, w)."""
    return output.shape[1], output.shape[2], output.shape[3]
