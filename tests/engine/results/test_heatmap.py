"""A map says whether it has anything to show, and what lies under a pixel."""

from __future__ import annotations

import numpy as np
import pytest

from camviewer.engine.geometry.cell_grid import Registration, grid_geometry
from camviewer.engine.geometry.geometry import PlacementMode, Recipe, place
from camviewer.engine.results.heatmap import Evidence, Heatmap


def heatmap(values: list[list[float]], noise_scale: float = 1.0) -> Heatmap:
    array = np.array(values, np.float32)
    rows, columns = array.shape
    placement = place((224, 224), Recipe(), PlacementMode.STRETCH)
    stride = (224 / columns, 224 / rows)
    geometry = grid_geometry(placement, (rows, columns), Registration(stride))
    return Heatmap(array, geometry, "logit", noise_scale)


@pytest.mark.parametrize(
    ("values", "noise_scale", "evidence"),
    [
        ([[0.0, 2.0], [-1.0, 0.5]], 3.0, Evidence.POSITIVE),
        ([[0.0, 0.0], [0.0, 0.0]], 0.0, Evidence.FLAT),
        ([[0.0, 0.0], [0.0, 0.0]], 5.0, Evidence.FLAT),
        ([[-2.0, -0.1], [-1.0, -0.5]], 3.0, Evidence.ONLY_NEGATIVE),
        ([[-2.0, 0.0], [-1.0, 1e-7]], 3.0, Evidence.ONLY_NEGATIVE),
        ([[1e-6, -1e-6], [2e-6, 0.0]], 3.0, Evidence.FLAT),
        ([[1e-6, -1e-6], [2e-6, 0.0]], 1e-5, Evidence.POSITIVE),
        ([[1.0, 1.0 + 1e-6], [1.0, 1.0]], 3.0, Evidence.FLAT),
        ([[1.0]], 3.0, Evidence.POSITIVE),
        ([[-1.0]], 3.0, Evidence.ONLY_NEGATIVE),
    ],
)
def test_rounding_noise_and_negative_maps_are_told_from_evidence(
    values: list[list[float]], noise_scale: float, evidence: Evidence
) -> None:
    assert heatmap(values, noise_scale).evidence is evidence


def test_the_range_keeps_its_sign() -> None:
    found = heatmap([[0.0, 2.0], [-1.0, 0.5]])
    assert (found.low, found.high) == (-1.0, 2.0)


def test_the_value_at_a_pixel_is_that_of_its_cell() -> None:
    found = heatmap([[1.0, 2.0], [3.0, 4.0]])
    assert found.value_at(10, 10) == 1.0
    assert found.value_at(200, 10) == 2.0
    assert found.value_at(10, 200) == 3.0
    assert found.value_at(111.9, 112.1) == 3.0


def test_outside_the_picture_there_is_no_value() -> None:
    found = heatmap([[1.0, 2.0], [3.0, 4.0]])
    assert found.value_at(-0.1, 10) is None
    assert found.value_at(10, 224.0) is None
