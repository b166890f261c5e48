"""Contour lines: they pass through the source pixels where the map has their value."""

from __future__ import annotations

import numpy as np
import pytest

from camviewer.engine.geometry.cell_grid import GridGeometry
from camviewer.engine.geometry.geometry import Box
from camviewer.engine.render.contours import contours, mask_outline
from camviewer.engine.render.overlay import field
from camviewer.engine.results.heatmap import Heatmap


def heatmap(values: np.ndarray, origin: tuple[float, float], extent: Box) -> Heatmap:
    """Cells of 20 x 30 source pixels; (0, 0) looks at the origin."""
    rows, columns = values.shape
    geometry = GridGeometry(
        (rows, columns), origin, (20.0, 30.0), extent, (32.0, 32.0), (0.0, 0.0), measured=True
    )
    return Heatmap(values.astype(np.float32), geometry, "logit", 1.0)


def hill() -> Heatmap:
    """One high cell of 5 x 7 that looks at (105, 95), off the middle of its extent."""
    values = np.zeros((5, 7))
    values[2, 4] = 4.0
    return heatmap(values, (25.0, 35.0), Box(10.0, 15.0, 160.0, 170.0))


def test_a_line_lies_where_the_overlay_has_its_value() -> None:
    found = hill()
    extent = found.geometry.extent
    # One value for each half of a source pixel, as the overlay is drawn.
    size = (round(extent.height * 2), round(extent.width * 2))
    drawn = field(found, size)
    for contour in contours(found, (0.2, 0.5, 0.8)):
        (line,) = contour.lines
        assert (line[0] == line[-1]).all()
        for x, y in line:
            column = min(int((x - extent.left) * 2), size[1] - 1)
            row = min(int((y - extent.top) * 2), size[0] - 1)
            around = drawn[max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2]
            level = contour.share * drawn.max()
            assert around.min() - 0.01 <= level <= around.max() + 0.01
        # Around where the cell looks, and not where its middle would lie without an offset.
        middle = (line.min(0) + line.max(0)) / 2
        assert middle == pytest.approx((105.0, 95.0), abs=0.5)


def test_of_a_slope_the_line_crosses_where_arithmetic_says() -> None:
    found = heatmap(np.tile(np.arange(1.0, 8.0), (5, 1)), (30.0, 45.0), Box(20, 30, 160, 180))
    (contour,) = contours(found, (4.5 / 7.0,))
    (line,) = contour.lines
    # Cells 4 and 5 look at x = 90 and 110.
    assert line[:, 0] == pytest.approx(100.0, abs=0.2)
    # It ends at the edge of the extent.
    assert sorted((line[0, 1], line[-1, 1])) == pytest.approx([30.0, 180.0])


def test_two_parts_have_two_lines_and_no_evidence_has_none() -> None:
    values = np.zeros((5, 7))
    values[1, 1] = values[3, 5] = 1.0
    (contour,) = contours(heatmap(values, (30.0, 45.0), Box(20, 30, 160, 180)), (0.5,))
    assert len(contour.lines) == 2
    assert contours(heatmap(-values, (30.0, 45.0), Box(20, 30, 160, 180)), (0.5,)) == ()
    flat = heatmap(np.zeros((5, 7)), (30.0, 45.0), Box(20, 30, 160, 180))
    assert contours(flat, (0.5,)) == ()


@pytest.mark.parametrize("scale", [1, 30])
def test_the_outline_of_a_mask_follows_its_pixels(scale: int) -> None:
    mask = np.zeros((60 * scale, 80 * scale), np.bool_)
    mask[10 * scale : 30 * scale, 20 * scale : 80 * scale] = True
    (line,) = mask_outline(mask)
    assert (line[0] == line[-1]).all()
    left, top = line.min(0)
    right, bottom = line.max(0)
    sides = np.array([20, 10, 80, 30]) * scale
    assert [left, top, right, bottom] == pytest.approx(sides, abs=2.0 if scale > 1 else 0.5)
