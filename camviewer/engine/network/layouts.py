"""Recognises how an output holds its spatial grid: channels first, channels last, or tokens."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import torch
from torch import Tensor

_MOST_PREFIX_TOKENS = 8


class Arrangement(Enum):
    """The order of a tensor's axes."""

    CHANNELS_FIRST = "(N, C, h, w)"
    CHANNELS_LAST = "(N, h, w, C)"
    TOKENS = "(N, T, C)"


@dataclass(frozen=True)
class Layout:
    """The position of a grid's cells in a tensor.

    Attributes:
        arrangement: the order of the axes.
        grid: (h, w) in cells.
        prefix: tokens before those of the grid: class, distillation and register tokens.
    """

    arrangement: Arrangement
    grid: tuple[int, int]
    prefix: int = 0

    def to_grid(self, output: Tensor) -> Tensor:
        """A view (N, C, h, w) of the cells; gradients flow through it."""
        if self.arrangement is Arrangement.CHANNELS_FIRST:
            return output
        if self.arrangement is Arrangement.CHANNELS_LAST:
            return output.permute(0, 3, 1, 2)
        rows, columns = self.grid
        cells = output[:, self.prefix :]
        return cells.reshape(cells.shape[0], rows, columns, -1).permute(0, 3, 1, 2)

    def from_grid(self, cells: Tensor, output: Tensor | None = None) -> Tensor:
        """An output of the layer with other cells (N, C, h, w).

        Args:
            cells: the grid.
            output: an output of the layer, (1, ...), whose tokens before the grid are kept.
        """
        if self.arrangement is Arrangement.CHANNELS_FIRST:
            return cells
        if self.arrangement is Arrangement.CHANNELS_LAST:
            return cells.permute(0, 2, 3, 1)
        tokens = cells.flatten(2).transpose(1, 2)
        if not self.prefix or output is None:
            return tokens
        before = output[:, : self.prefix].expand(len(tokens), -1, -1)
        return torch.cat((before, tokens), 1)


def grid_of_one(output: Tensor, layout: Layout | None) -> Tensor:
    """(C, h, w) of a single picture's output; channels first for None."""
    return output[0] if layout is None else layout.to_grid(output)[0]


def layout_of(output: Tensor, input_size: tuple[int, int]) -> Layout | None:
    """The layout of an output with a grid of more than one cell; None when it has none.

    A grid has the proportions of the input, because both axes have one stride. This distinguishes
    channels first from channels last, and gives the number of tokens before those of the grid.

    Args:
        output: of a module.
        input_size: (h, w) in input pixels.
    """
    if output.dim() == 4:
        _, first, second, third = output.shape
        if _is_grid((second, third), input_size):
            return Layout(Arrangement.CHANNELS_FIRST, (second, third))
        if _is_grid((first, second), input_size):
            return Layout(Arrangement.CHANNELS_LAST, (first, second))
    if output.dim() == 3:
        return _token_layout(output.shape[1], input_size)
    return None


def _is_grid(grid: tuple[int, int], input_size: tuple[int, int]) -> bool:
    rows, columns = grid
    height, width = input_size
    if rows * columns <= 1 or rows > height or columns > width:
        return False
    # Rounding and borders may remove a cell or two from either axis, but hardly change the
    # proportions. Scores of two or three classes (N, K, 1, 1) are no grid.
    across, down = rows * width, columns * height
    return abs(across - down) <= 2 * max(height, width) and max(across, down) < 2 * min(
        across, down
    )


def _token_layout(count: int, input_size: tuple[int, int]) -> Layout | None:
    height, width = input_size
    for prefix in range(min(_MOST_PREFIX_TOKENS, count - 1)):
        rows = round(((count - prefix) * height / width) ** 0.5)
        if rows < 2 or (count - prefix) % rows:
            continue
        columns = (count - prefix) // rows
        if columns > 1 and height * columns == width * rows:
            return Layout(Arrangement.TOKENS, (rows, columns), prefix)
    return None
