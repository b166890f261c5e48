"""Finds the modules of a network whose output has a spatial grid, by running it once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.network.layouts import Layout, layout_of
from camviewer.engine.network.network_contracts import StatesFixedBatch, StatesPicturesAtOnce

_GROWTH = 8
"""Number of strides by which an input is enlarged to measure the growth of its grid."""


@dataclass(frozen=True)
class GridLayer:
    """A module whose output has a grid of more than one cell.

    Attributes:
        name: dotted path in the network.
        kind: the module's class name.
        shape: (C, h, w) for the input that it was found with.
        layout: how the output holds the grid.
    """

    name: str
    kind: str
    shape: tuple[int, int, int]
    layout: Layout


@contextmanager
def outputs_watched(network: nn.Module, see: Callable[[str, Tensor], None]) -> Iterator[None]:
    """Calls ``see(name, output)`` for each tensor that a named module returns, in execution order.

    ``see`` must copy what it keeps, because a later in-place layer may change the output.
    """

    def add_hook(name: str, module: nn.Module) -> torch.utils.hooks.RemovableHandle:
        def hook(_module: nn.Module, _inputs: object, output: object) -> None:
            # Imported graphs also have modules that return sizes and masks.
            if isinstance(output, Tensor) and output.is_floating_point():
                see(name, output)

        return module.register_forward_hook(hook)

    handles = []
    try:
        handles += [add_hook(name, module) for name, module in network.named_modules() if name]
        yield
    finally:
        for handle in handles:
            handle.remove()


class OnePatch:
    """Detects networks that embed the whole picture as a single patch.

    Such a network has no spatial positions, but may have several tokens or attention heads, which
    must not be mistaken for cells.

    Args:
        network: the network whose outputs ``see`` will get.
    """

    def __init__(self, network: nn.Module) -> None:
        modules = network.named_modules()
        self._kernels = {
            name: max(module.kernel_size)
            for name, module in modules
            if isinstance(module, nn.Conv2d)
        }
        self._widest = self._most_cells = 0

    def see(self, name: str, output: Tensor) -> None:
        """Records the output of a module."""
        if name in self._kernels:
            self._widest = max(self._widest, self._kernels[name])
            self._most_cells = max(self._most_cells, output.shape[-2] * output.shape[-1])

    @property
    def is_all(self) -> bool:
        """Whether a convolution reads the picture's pixels, and none returns several cells."""
        return self._widest > 1 and self._most_cells == 1


def grid_layers(network: nn.Module, example: Tensor) -> tuple[GridLayer, ...]:
    """All modules with a grid for this input, in the network's own order of definition.

    A network that embeds the picture as one patch has none.

    Args:
        network: in eval mode.
        example: (1, 3, h, w).
    """
    found: dict[str, tuple[tuple[int, int, int], Layout]] = {}
    input_size = (example.shape[2], example.shape[3])

    pictures, one_patch = pictures_inside(network, example), OnePatch(network)

    def see(name: str, output: Tensor) -> None:
        one_patch.see(name, output)
        layout = layout_of(output, input_size)
        # A larger batch than the input's holds windows of the picture, or pixels of patches.
        if layout is not None and len(output) == pictures:
            found[name] = grid_shape(layout.to_grid(output)), layout
        else:
            found.pop(name, None)  # of a layer that runs again the last call counts

    with outputs_watched(network, see), torch.no_grad():
        network(example)
    if one_patch.is_all:
        return ()
    return tuple(
        GridLayer(name, type(module).__name__, *found[name])
        for name, module in network.named_modules()
        if name in found
    )


def pictures_inside(network: nn.Module, example: Tensor) -> int:
    """The batch size inside the network for an example (N, 3, h, w).

    A program that was written for a fixed number of pictures fills its input up to that.
    """
    return fixed_batch(network) or len(example)


def fixed_batch(network: nn.Module) -> int | None:
    """The fixed batch size of a network's layers; None when any size is possible.

    A program that was exported with a fixed batch size splits its input into such batches. Code
    that replaces activations, or ends a pass at a layer, must use this number of pictures.
    """
    return network.fixed_batch if isinstance(network, StatesFixedBatch) else None


def whole_batch(network: nn.Module) -> int:
    """Minimum number of pictures that a network runs, however few it gets.

    A program without accessible layers may have a fixed batch size, too.
    """
    at_once = network.pictures_at_once if isinstance(network, StatesPicturesAtOnce) else None
    return fixed_batch(network) or at_once or 1


def grid_shape(cells: Tensor) -> tuple[int, int, int]:
    """(C, h, w) of a grid (N, C, h, w)."""
    return cells.shape[1], cells.shape[2], cells.shape[3]


def mixes_globally(network: nn.Module) -> bool:
    """Whether a network has attention, through which every cell depends on the whole picture."""
    return any(is_attention(module) for module in network.modules())


def is_attention(module: nn.Module) -> bool:
    """Whether a module computes attention, by its class name; timm abbreviates some names."""
    kind = type(module).__name__
    return "Attention" in kind or kind.endswith("Attn")


def even_stride(input_size: tuple[int, int], grid: tuple[int, int]) -> tuple[float, float] | None:
    """(x, y): the stride of a grid whose padding keeps the whole input; None when it is unclear.

    An input size that is a multiple of the grid's size may be a coincidence: AlexNet's unpadded
    first layer makes 8 cells of 288 pixels at stride 32. True strides are powers of two, except
    for patches of tokens.
    """
    strides = input_size[1] / grid[1], input_size[0] / grid[0]
    is_even = all(stride.is_integer() and int(stride).bit_count() == 1 for stride in strides)
    return strides if is_even else None


def grid_stride(
    network: nn.Module, layer: str, recipe: Recipe, input_size: tuple[int, int]
) -> tuple[float, float]:
    """(x, y): input pixels between the cells of a layer.

    If padding keeps the whole input, the stride is the input size divided by the grid size. A
    network without padding (Inception) has fewer cells, so the growth of its grid is measured.
    """
    device = next(network.parameters()).device

    def grid(height: int, width: int) -> tuple[int, int]:
        example = torch.zeros((1, recipe.channels, height, width), device=device)
        return next(
            found.layout.grid for found in grid_layers(network, example) if found.name == layer
        )

    height, width = input_size
    rows, columns = grid(height, width)
    even = even_stride((height, width), (rows, columns))
    if even is not None:
        return even
    if not recipe.flexible:
        return width / columns, height / rows
    more = _GROWTH * recipe.step
    more_rows, more_columns = grid(height + more, width + more)
    if more_rows == rows or more_columns == columns:
        return width / columns, height / rows
    return more / (more_columns - columns), more / (more_rows - rows)
