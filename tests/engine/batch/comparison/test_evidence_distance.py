"""How far evidence moved between two maps, with numbers that can be reckoned by hand."""

from __future__ import annotations

import numpy as np
import pytest

from camviewer.engine.batch.comparison.evidence_distance import (
    PlacedMaps,
    difference_map,
    distances,
    placed,
)
from camviewer.engine.geometry import Box
from camviewer.engine.geometry.cell_grid import GridGeometry
from camviewer.engine.geometry.coverage import axis_borders
from camviewer.engine.results.heatmap import Heatmap

SIDE = 60.0
DIAGONAL = np.array([SIDE * 2**0.5])


def heatmap(
    values: object, extent: tuple[float, float, float, float] = (0, 0, SIDE, SIDE)
) -> Heatmap:
    grid = np.array(values, np.float32)
    left, top, right, bottom = extent
    pitch = (right - left) / grid.shape[1], (bottom - top) / grid.shape[0]
    geometry = GridGeometry(
        grid.shape, (left + pitch[0] / 2, top + pitch[1] / 2), pitch, Box(*extent), pitch,
        (0.0, 0.0), measured=False,
    )  # fmt: skip
    return Heatmap(grid, geometry, "logit", noise_scale=1.0)


def between(first: Heatmap, second: Heatmap) -> tuple[float, float, float]:
    found = distances(placed(first), placed(second), DIAGONAL)
    return float(found.moved[0]), float(found.centre[0]), float(found.correlation[0])


def test_a_map_has_no_distance_from_itself_and_from_its_multiple() -> None:
    values = np.random.default_rng(0).normal(size=(5, 7))
    assert between(heatmap(values), heatmap(3.0 * values)) == pytest.approx((0, 0, 1), abs=1e-6)


def test_evidence_in_another_cell_moved_wholly() -> None:
    moved, centre, correlation = between(heatmap([[1, 0, 0]]), heatmap([[0, 0, 1]]))
    assert moved == pytest.approx(1.0)
    assert centre == pytest.approx(40.0 / DIAGONAL[0])
    assert correlation == pytest.approx(np.corrcoef([1, 0, 0], [0, 0, 1])[0, 1])


def test_a_part_of_the_evidence_moved() -> None:
    moved, centre, _ = between(heatmap([[4, 0], [0, 0]]), heatmap([[3, 0], [0, 1]]))
    assert moved == pytest.approx(0.25)
    assert centre == pytest.approx(0.25 * np.hypot(30, 30) / DIAGONAL[0])


def test_what_is_against_the_class_is_no_evidence() -> None:
    assert between(heatmap([[2, -9], [0, 0]]), heatmap([[1, 0], [-5, 0]]))[0] == 0.0


def test_the_same_evidence_on_another_grid_did_not_move() -> None:
    coarse = np.random.default_rng(1).uniform(size=(2, 3))
    fine = np.kron(coarse, np.ones((3, 2)))
    assert between(heatmap(coarse), heatmap(fine)) == pytest.approx((0, 0, 1), abs=1e-6)


def test_grids_that_do_not_divide_each_other_are_compared_exactly() -> None:
    """Halves against thirds: a sixth of the picture has one map's evidence alone, on each side."""
    halves, thirds = heatmap([[1, 0]]), heatmap([[1, 0, 0]])
    assert between(halves, thirds)[0] == pytest.approx(1 / 3, abs=1e-6)


def test_a_crop_and_the_whole_picture_are_compared_where_they_lie() -> None:
    whole = heatmap(np.eye(4)[:, ::-1])
    crop = heatmap([[0, 1], [1, 0]], (15, 15, 45, 45))
    assert between(whole, crop)[0] == pytest.approx(0.5, abs=1e-6)
    apart = heatmap([[1]], (0, 0, 15, 15)), heatmap([[1, 2]], (45, 45, 60, 60))
    found = distances(placed(heatmap([[1, 0.5]], (0, 0, 15, 15))), placed(apart[1]), DIAGONAL)
    assert found.moved[0] == pytest.approx(1.0)


@pytest.mark.parametrize("values", [[[0, 0]], [[-1, -2]], [[2, 2]], [[1e-7, 0]]])
def test_a_map_without_evidence_has_no_distance(values: list[list[float]]) -> None:
    found = distances(placed(heatmap(values)), placed(heatmap([[1, 0]])), DIAGONAL)
    assert np.isnan([found.moved, found.centre, found.correlation, found.strongest]).all()
    assert difference_map(heatmap(values), heatmap([[1, 0]])) is None


def test_many_pairs_have_the_distances_of_each_alone() -> None:
    random = np.random.default_rng(2)
    count = 300
    pairs = [
        (heatmap(random.normal(size=(7, 7))), heatmap(random.normal(size=(5, 6)), extent))
        for extent in [(0, 0, SIDE, SIDE), (5, 0, 50, SIDE), (0, 10, SIDE, 40)] * (count // 3)
    ]
    together = []
    for side in (0, 1):
        each = [placed(pair[side]) for pair in pairs]
        together.append(
            PlacedMaps(*(np.concatenate([getattr(one, name) for one in each])
                         for name in ("values", "xs", "ys", "noise")))
        )  # fmt: skip
    found = distances(*together, np.repeat(DIAGONAL, count))
    for number in range(0, count, 50):
        expected = between(*pairs[number])
        got = found.moved[number], found.centre[number], found.correlation[number]
        assert got == pytest.approx(expected)


def test_borders_are_those_that_maps_are_drawn_with() -> None:
    first, pitch, start, stop = (np.array([v]) for v in (20.0, 10.0, 0.0, 60.0))
    found = axis_borders(first, pitch, 3, start, stop)
    assert found.tolist() == [[0.0, 25.0, 35.0, 60.0]]


@pytest.mark.parametrize(
    "second", [heatmap([[0, 0], [0, 1]]), heatmap([[0, 0, 0], [0, 0, 0], [0, 0, 1]])]
)
def test_a_drawn_difference_is_positive_where_evidence_came_and_sums_to_nothing(
    second: Heatmap,
) -> None:
    difference = difference_map(heatmap([[1, 0], [0, 0]]), second)
    assert difference is not None
    values = difference.values
    assert values.sum() == pytest.approx(0.0, abs=1e-4)
    assert values[0, 0] == pytest.approx(-4.0)
    assert values[-1, -1] == pytest.approx(4.0 if second.values.size == 4 else 9.0)
    assert np.abs(values).mean() / 2 == pytest.approx(
        between(heatmap([[1, 0], [0, 0]]), second)[0], abs=0.01
    )
