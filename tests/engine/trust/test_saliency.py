"""A map at the pixels of the input, and their order."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from camviewer.engine.geometry.cell_grid import Registration, grid_geometry
from camviewer.engine.geometry.geometry import PlacementMode, Recipe, place
from camviewer.engine.trust.saliency import at_input_pixels, ranks
from tests.engine.trust.conftest import SIDE


def test_every_pixel_of_the_input_has_its_own_rank() -> None:
    saliency = torch.tensor([[0.5, 2.0], [0.5, -1.0]])

    assert ranks(saliency).tolist() == [[1, 0], [2, 3]]


def test_a_map_is_read_where_its_cells_look() -> None:
    recipe = Recipe(input_size=(SIDE, SIDE), step=16)
    placement = place((SIDE, SIDE), recipe, PlacementMode.STRETCH)
    values = np.zeros((4, 4), np.float32)
    values[1, 2] = 1.0
    for offset in ((0.0, 0.0), (5.0, -3.0)):
        geometry = grid_geometry(placement, (4, 4), Registration((16.0, 16.0), offset, True))
        field = at_input_pixels(values, geometry, placement)
        rows, columns = np.indices(field.shape) + 0.5
        weights = field.numpy()

        assert (weights * columns).sum() / weights.sum() == pytest.approx(40 + offset[0], abs=0.1)
        assert (weights * rows).sum() / weights.sum() == pytest.approx(24 + offset[1], abs=0.1)


def test_pixels_that_the_map_does_not_cover_come_last() -> None:
    recipe = Recipe(input_size=(SIDE, SIDE), step=16)
    placement = place((SIDE, SIDE), recipe, PlacementMode.STRETCH)
    registration = Registration((16.0, 16.0), first=(24.0, 24.0))
    geometry = grid_geometry(placement, (2, 2), registration)
    field = at_input_pixels(np.full((2, 2), -3.0, np.float32), geometry, placement)

    assert torch.isfinite(field[16:48, 16:48]).all()
    assert int(torch.isfinite(field).sum()) == 32 * 32
