"""Resamples maps of different grids to one grid."""

from __future__ import annotations

import torch
from torch import Tensor

from camviewer.engine.geometry.cell_grid import GridGeometry


def sampled(values: Tensor, geometry: GridGeometry, onto: GridGeometry) -> Tensor:
    """The values of a map at the cell centres of another grid.

    Interpolation between cell centres is bilinear; values beyond the outermost centres are those
    of the border cells.

    Args:
        values: (h, w).
        geometry: the grid of the values.
        onto: the other grid.
    """
    rows, columns = values.shape
    down = _weights(_places(geometry, onto, 1), rows).to(values)
    across = _weights(_places(geometry, onto, 0), columns).to(values)
    return down @ values @ across.T


def _places(geometry: GridGeometry, onto: GridGeometry, axis: int) -> Tensor:
    """Positions of the other grid's columns (axis 0) or rows (1), in cells of this one."""
    count = onto.shape[1 - axis]
    centres = onto.origin[axis] + torch.arange(count, dtype=torch.float64) * onto.pitch[axis]
    return (centres - geometry.origin[axis]) / geometry.pitch[axis]


def _weights(places: Tensor, cells: int) -> Tensor:
    """Interpolation weights (n, cells) of each cell at each position."""
    distance = (places.clamp(0, cells - 1)[:, None] - torch.arange(cells)).abs()
    return (1.0 - distance).clamp_min(0.0)
