"""Numbers of maps whose evidence lies at a known place."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from skimage.measure import label, regionprops

from camviewer.engine.batch.map_statistics import evidence_box, map_statistics
from camviewer.engine.geometry.cell_grid import GridGeometry
from camviewer.engine.geometry.geometry import Box
from camviewer.engine.render.overlay import field
from camviewer.engine.results.heatmap import Heatmap

WHOLE = Box(0.0, 0.0, 80.0, 80.0)


def heatmap(values: NDArray[np.float32], extent: Box = WHOLE) -> Heatmap:
    """A map whose cells are 10 source pixels wide and cover the extent."""
    geometry = GridGeometry(
        shape=(values.shape[0], values.shape[1]),
        origin=(extent.left + 5.0, extent.top + 5.0),
        pitch=(10.0, 10.0),
        extent=extent,
        stride=(10.0, 10.0),
        offset=(0.0, 0.0),
        measured=False,
    )
    return Heatmap(values.astype(np.float32), geometry, "logit", 1.0)


def test_one_bright_cell_is_found_where_it_looks() -> None:
    values = np.zeros((8, 8), np.float32)
    values[2, 5] = 3.0
    (found,) = map_statistics([heatmap(values)], Box(0.0, 0.0, 40.0, 80.0))
    assert (found.total, found.positive_share) == (3.0, 1.0)
    assert found.peak == (55.0, 25.0)
    assert (found.spread, found.border_share, found.outside_share) == (0.0, 0.0, 1.0)
    assert found.box is not None
    assert found.box.left == pytest.approx(110.0 - found.box.right)  # around (55, 25)
    assert found.box.top == pytest.approx(50.0 - found.box.bottom)
    assert 10.0 < found.box.width < 20.0


def test_shares_and_spread_of_two_cells() -> None:
    values = np.zeros((8, 8), np.float32)
    values[0, 0], values[4, 4], values[6, 6] = 1.0, 3.0, -4.0
    (found,) = map_statistics([heatmap(values)], WHOLE)
    assert found.total == 0.0
    assert found.positive_share == 0.5
    assert found.border_share == pytest.approx(0.25)
    assert found.outside_share == 0.0
    # Weights 1/4 and 3/4 at a distance of 40 sqrt(2): the variance is 3/16 of its square.
    assert found.spread == pytest.approx((3 / 16) ** 0.5 * 40 * 2**0.5)


def test_a_map_without_evidence_has_a_sum_and_no_place() -> None:
    (found,) = map_statistics([heatmap(np.full((4, 4), -1.0, np.float32))], WHOLE)
    assert (found.total, found.positive_share) == (-16.0, 0.0)
    assert (found.peak, found.box, found.spread, found.border_share) == (None,) * 4


@pytest.mark.parametrize("seed", range(12))
def test_the_box_frames_the_largest_connected_part_as_skimage_finds_it(seed: int) -> None:
    values = np.random.default_rng(seed).normal(size=(9, 7)).astype(np.float32)
    extent = Box(20.0, 40.0, 20.0 + 70.0, 40.0 + 90.0)
    subject = heatmap(values, extent)
    found = evidence_box(subject)
    enlarged = field(subject, (90, 70))
    parts = regionprops(label(enlarged >= 0.2 * enlarged.max(), connectivity=2))
    areas = sorted((part.area for part in parts), reverse=True)
    assert len(areas) == 1 or areas[0] > areas[1]
    top, left, bottom, right = max(parts, key=lambda part: part.area).bbox
    assert found == Box(20.0 + left, 40.0 + top, 20.0 + right, 40.0 + bottom)


def test_maps_measured_together_have_the_numbers_of_each_alone() -> None:
    random = np.random.default_rng(0)
    maps = [heatmap(random.normal(size=(8, 8))) for _ in range(4)]
    maps[1] = heatmap(np.zeros((8, 8)))
    maps.append(heatmap(random.normal(size=(4, 6)), Box(0.0, 0.0, 60.0, 40.0)))
    trained = Box(10.0, 0.0, 50.0, 80.0)
    alone = [map_statistics([each], trained)[0] for each in maps]
    assert map_statistics(maps, trained) == alone
    assert alone[1].box is None
