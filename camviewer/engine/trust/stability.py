"""Measures whether a map follows its object when the picture is shifted by less than a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import torch
import torch.nn.functional as F  # noqa: N812  (torch's own abbreviation)
from torch import Tensor

from camviewer.engine.trust.masking import correlation

_SHARES = (-0.5, -0.25, 0.25, 0.5)
"""Shifts along each axis, in strides, which makes sixteen shifts."""


def shifts(stride: tuple[float, float]) -> tuple[tuple[int, int], ...]:
    """Sixteen shifts (x, y) in whole input pixels, up to half a stride in each direction."""
    return tuple((round(x * stride[0]), round(y * stride[1])) for y in _SHARES for x in _SHARES)


def moved(picture: Tensor, shift: tuple[int, int]) -> Tensor:
    """(N, 3, h, w) with its content shifted right and down by (x, y) pixels, edges repeated."""
    height, width = picture.shape[2:]
    x, y = shift
    padded = F.pad(picture, (abs(x), abs(x), abs(y), abs(y)), mode="replicate")
    top, left = abs(y) - y, abs(x) - x
    return padded[:, :, top : top + height, left : left + width].contiguous()


def moved_back(
    values: Tensor, shift: tuple[int, int], stride: tuple[float, float]
) -> tuple[Tensor, Tensor]:
    """A map of the shifted picture, resampled to the cells of the original one.

    Args:
        values: (h, w), the map of the shifted picture.
        shift: (x, y) in input pixels.
        stride: (x, y) in input pixels.

    Returns:
        (h, w), interpolated bilinearly, and (h, w), true for cells that are still inside.
    """
    rows, columns = values.shape
    y = torch.arange(rows, dtype=torch.float64) + shift[1] / stride[1]
    x = torch.arange(columns, dtype=torch.float64) + shift[0] / stride[0]
    down, across = (
        (1 - (places[:, None] - torch.arange(cells)[None, :]).abs()).clamp_min(0)
        for places, cells in ((y.clamp(0, rows - 1), rows), (x.clamp(0, columns - 1), columns))
    )
    inside = ((y >= 0) & (y <= rows - 1))[:, None] & ((x >= 0) & (x <= columns - 1))[None, :]
    return down @ values.double().cpu() @ across.T, inside


def stability(
    map_of: Callable[[Tensor], Tensor],
    picture: Tensor,
    values: Tensor,
    stride: tuple[float, float],
) -> Iterator[float]:
    """Yields, for each shift, the correlation with the map of the shifted picture, shifted back.

    Args:
        map_of: maps (1, 3, h, w) to the raw map (h, w).
        picture: (1, 3, h, w), the network's input.
        values: (h, w), its map.
        stride: (x, y) of the map's grid in input pixels.
    """
    for shift in shifts(stride):
        back, inside = moved_back(map_of(moved(picture, shift)), shift, stride)
        if int(inside.sum()) > 1:
            yield correlation(back[inside], values.double().cpu()[inside])
