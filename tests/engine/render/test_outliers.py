"""A few pixels that are far larger than all others do not take the colours from these."""

from __future__ import annotations

import numpy as np

from camviewer.engine.geometry.cell_grid import GridGeometry
from camviewer.engine.geometry.geometry import Box
from camviewer.engine.render.look import Look
from camviewer.engine.render.overlay import legend_ticks, value_range
from camviewer.engine.results.heatmap import Heatmap


def heatmap(coloured: float) -> Heatmap:
    """10 x 10 values of 0 to 0.98, and one of 50 and one of -20."""
    values = (np.arange(100, dtype=np.float32) / 100).reshape(10, 10)
    values[9, 9], values[9, 8] = 50.0, -20.0
    geometry = GridGeometry(
        (10, 10), (0.5, 0.5), (1, 1), Box(0, 0, 10, 10), (1, 1), (0, 0), measured=True
    )
    return Heatmap(values, geometry, "logit", 1.0, coloured)


def test_colours_end_at_the_largest_of_the_others_and_the_legend_says_so() -> None:
    usual, most = heatmap(1.0), heatmap(0.97)
    assert value_range(usual, Look()) == (0.0, 50.0)
    assert value_range(usual, Look(signed=True)) == (-50.0, 50.0)
    low, high = value_range(most, Look(signed=True))
    assert -low == high
    assert 0.9 < high < 1.0
    assert [words for _, words in legend_ticks(usual, Look(signed=True))] == ["−50", "0", "+50"]
    below, _, above = (words for _, words in legend_ticks(most, Look(signed=True)))
    assert below.startswith("≤ −0.9")
    assert above.startswith("≥ +0.9")


def test_a_range_that_the_user_fixed_holds() -> None:
    assert value_range(heatmap(0.97), Look(fixed_high=3.0)) == (0.0, 3.0)
