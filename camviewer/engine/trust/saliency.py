"""Resamples maps to the network's input, and makes random and centred reference maps."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from camviewer.engine.geometry.cell_grid import GridGeometry
from camviewer.engine.geometry.geometry import Placement

_BLOB_SIGMA = 0.25
"""Sigma of the centred blob, as a share of each side of the input."""


def at_input_pixels(
    values: NDArray[np.float32], geometry: GridGeometry, placement: Placement
) -> Tensor:
    """Resamples a map to the pixels of its input.

    Interpolation is bilinear between the cells' centres, and constant beyond the outermost centres.
    Input pixels outside the map's extent are minus infinity, because the map does not cover them
    and they must come last.

    Args:
        values: (rows, columns) on the grid.
        geometry: geometry of the map.
        placement: placement of the map.

    Returns:
        float32 (h, w) of the input.
    """
    height, width = placement.input_size
    xs = (np.arange(width) + 0.5) / placement.scale[0] + placement.box.left
    ys = (np.arange(height) + 0.5) / placement.scale[1] + placement.box.top
    across = _between(values.shape[1], (xs - geometry.origin[0]) / geometry.pitch[0])
    down = _between(values.shape[0], (ys - geometry.origin[1]) / geometry.pitch[1])
    field = down @ torch.from_numpy(values.astype(np.float64)) @ across.T
    extent = geometry.extent
    outside_x = torch.from_numpy((xs < extent.left - 1e-6) | (xs > extent.right + 1e-6))
    outside_y = torch.from_numpy((ys < extent.top - 1e-6) | (ys > extent.bottom + 1e-6))
    field[outside_y[:, None] | outside_x[None, :]] = -torch.inf
    return field.float()


def _between(cells: int, places: NDArray[np.floating[Any]]) -> Tensor:
    """(places, cells): linear weights of the cells at positions in units of cells."""
    places = np.clip(places, 0.0, cells - 1.0)
    distance = np.abs(places[:, None] - np.arange(cells)[None, :])
    return torch.from_numpy(np.clip(1.0 - distance, 0.0, None))


def ranks(saliency: Tensor) -> Tensor:
    """Ranks (h, w) of the pixels, 0 for the strongest; equal ones keep their order."""
    order = torch.argsort(saliency.flatten(), descending=True, stable=True)
    places = torch.empty_like(order)
    places[order] = torch.arange(len(order))
    return places.view(saliency.shape)


def random_values(shape: tuple[int, int], seed: int) -> NDArray[np.float32]:
    """A random map, uniform in 0 to 1 for every cell of the grid."""
    return np.random.default_rng(seed).random(shape, dtype=np.float32)


def blob(input_size: tuple[int, int]) -> Tensor:
    """(h, w): a Gaussian at the centre of the input, where photographs often have their object."""
    down, across = (
        torch.exp(-0.5 * (((torch.arange(side) + 0.5) / side - 0.5) / _BLOB_SIGMA) ** 2)
        for side in input_size
    )
    return down[:, None] * across[None, :]


def mask_of(saliency: Tensor) -> Tensor | None:
    """(h, w) in 0 to 1: the positive part, scaled from its lowest to its highest value.

    A map without a positive value has no mask and gives None.
    """
    positive = saliency.clamp_min(0.0)
    low, high = positive.min(), positive.max()
    if not high > low:
        return None
    mask: Tensor = (positive - low) / (high - low)
    return mask
