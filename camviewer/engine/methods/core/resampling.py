"""Bringing maps of different grids to the same places in the picture."""

from __future__ import annotations

import torch
from torch import Tensor

from camviewer.engine.geometry.geometry import GridGeometry


def sampled(values: Tensor, geometry: GridGeometry, onto: GridGeometry) -> Tensor:
    """The values of a map where the cells of another grid look.

    Between the centres of its cells a map is bilinear; beyond the outermost it goes on as it is.

    Args:
        values: (h, w).
        geometry: where their cells look.
        onto: the other grid.

    Returns:
        As many values as ``onto`` has cells.
    """
    rows, columns = values.shape
    down = _weights(_places(geometry, onto, 1), rows).to(values)
    across = _weights(_places(geometry, onto, 0), columns).to(values)
    return down @ values @ across.T


def _places(geometry: GridGeometry, onto: GridGeometry, axis: int) -> Tensor:
    """Where the other grid's columns (axis 0) or rows (1) come to lie, 0 at the first centre."""
    count = onto.shape[1 - axis]
    centres = onto.origin[axis] + torch.arange(count, dtype=torch.float64) * onto.pitch[axis]
    return (centres - geometry.origin[axis]) / geometry.pitch[axis]


def _weights(places: Tensor, cells: int) -> Tensor:
    """(n, cells): how much of each cell's value comes to each place."""
    distance = (places.clamp(0, cells - 1)[:, None] - torch.arange(cells)).abs()
    return (1.0 - distance).clamp_min(0.0)
