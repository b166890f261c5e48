"""How a map lies on objects: numbers that can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from camviewer.engine.batch.objects.annotations import AnnotatedObject, masked, outlined
from camviewer.engine.batch.objects.localisation import localisation, overlap
from camviewer.engine.geometry.cell_grid import GridGeometry
from camviewer.engine.geometry.geometry import Box
from camviewer.engine.results.heatmap import Heatmap

PEAK = (25.0, 15.0)


def heatmap(values: np.ndarray) -> Heatmap:
    """Cells of 10 x 10 source pixels from (0, 0)."""
    rows, columns = values.shape
    geometry = GridGeometry(
        shape=(rows, columns),
        origin=(5.0, 5.0),
        pitch=(10.0, 10.0),
        extent=Box(0.0, 0.0, columns * 10.0, rows * 10.0),
        stride=(10.0, 10.0),
        offset=(0.0, 0.0),
        measured=False,
    )
    return Heatmap(values.astype(np.float32), geometry, "logit", 1.0)


def example() -> Heatmap:
    values = np.zeros((3, 4))
    values[1, 2], values[0, 0], values[2, 3] = 3.0, 1.0, -5.0
    return heatmap(values)


def test_the_energy_inside_a_box_counts_cells_by_their_area() -> None:
    box = AnnotatedObject("x", Box(20.0, 10.0, 25.0, 30.0))  # the left half of the strongest cell
    found = localisation(example(), [box], PEAK, Box(20.0, 10.0, 30.0, 20.0))
    assert found is not None
    assert found.energy_inside == pytest.approx(1.5 / 4.0)
    assert found.pointing is False  # 25 is the first pixel beyond it
    assert found.box_iou == pytest.approx(50.0 / 150.0)


def test_two_objects_of_a_class_count_their_common_pixels_once() -> None:
    mask = np.zeros((30, 40), np.bool_)
    mask[10:20, 20:30] = True
    shape = masked("x", mask)
    assert shape is not None
    outline = outlined("x", [((20.0, 10.0), (30.0, 10.0), (30.0, 20.0), (20.0, 20.0))])
    corner = AnnotatedObject("x", Box(0.0, 0.0, 5.0, 10.0))
    for objects, inside in (([shape, outline], 0.75), ([shape, outline, corner], 0.875)):
        found = localisation(example(), objects, PEAK, Box(18.0, 10.0, 30.0, 20.0))
        assert found is not None
        assert found.energy_inside == pytest.approx(inside, abs=0.004)
        assert found.pointing is True
        assert found.box_iou == pytest.approx(100.0 / 120.0)


def test_a_crowd_holds_evidence_and_has_no_box() -> None:
    crowd = AnnotatedObject("x", Box(0.0, 0.0, 40.0, 30.0), crowd=True)
    found = localisation(example(), [crowd], PEAK, Box(18.0, 10.0, 30.0, 20.0))
    assert found is not None
    assert found.energy_inside == pytest.approx(1.0)
    assert (found.pointing, found.box_iou) == (True, None)


def test_without_an_object_or_evidence_there_is_no_number() -> None:
    assert localisation(example(), [], PEAK, None) is None
    box = AnnotatedObject("x", Box(0.0, 0.0, 5.0, 5.0))
    found = localisation(heatmap(np.full((2, 2), -1.0)), [box], None, None)
    assert found is not None
    assert (found.energy_inside, found.pointing, found.box_iou) == (None, None, None)


def test_the_overlap_of_boxes() -> None:
    one = Box(0.0, 0.0, 10.0, 10.0)
    assert overlap(one, one) == 1.0
    assert overlap(one, Box(5.0, 0.0, 15.0, 10.0)) == pytest.approx(1 / 3)
    assert overlap(one, Box(10.0, 0.0, 15.0, 10.0)) == 0.0
    assert overlap(one, Box(20.0, 20.0, 25.0, 25.0)) == 0.0
