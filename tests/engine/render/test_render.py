"""Values become colours exactly where their cells look, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import cmap
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.cell_grid import GridGeometry, Registration, grid_geometry
from camviewer.engine.geometry.geometry import Box, PlacementMode, Recipe, place
from camviewer.engine.render import overlay as render
from camviewer.engine.render.look import COLORMAPS, SIGNED_COLORMAPS, Look
from camviewer.engine.results.heatmap import Heatmap

TALL = (448, 300)

EVERYWHERE = np.linspace(1.0, 2.0, 49, dtype=np.float32).reshape(7, 7)
ALL_OUT = Look(fade=False, fixed_high=1.0)
"""In this look all of ``EVERYWHERE`` has the last colour."""


def heatmap(values: Any, geometry: GridGeometry | None = None) -> Heatmap:
    array = np.asarray(values, np.float32)
    return Heatmap(array, geometry or plain_geometry(array.shape), "logit per cell", 1.0)


def plain_geometry(shape: tuple[int, int], cell: float = 10.0) -> GridGeometry:
    """Cells side by side from the picture's corner on."""
    return GridGeometry(
        shape=shape,
        origin=(cell / 2, cell / 2),
        pitch=(cell, cell),
        extent=Box(0.0, 0.0, shape[1] * cell, shape[0] * cell),
        stride=(cell, cell),
        offset=(0.0, 0.0),
        measured=False,
    )


def photo(height: int, width: int) -> Any:
    pixels = np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8)
    pixels.setflags(write=False)
    return SimpleNamespace(pixels=pixels)


def centroid(values: NDArray[np.float32], region: Box) -> tuple[float, float]:
    """(x, y) of a field's centre of mass in source pixels."""
    height, width = values.shape
    xs = region.left + (np.arange(width) + 0.5) * region.width / width
    ys = region.top + (np.arange(height) + 0.5) * region.height / height
    total = float(values.sum())
    return float((values.sum(0) * xs).sum() / total), float((values.sum(1) * ys).sum() / total)


@settings(max_examples=60, deadline=None)
@given(
    mode=st.sampled_from(PlacementMode),
    height=st.integers(100, 700),
    width=st.integers(100, 700),
    offset_x=st.floats(-16, 16),
    offset_y=st.floats(-16, 16),
)
def test_a_hot_cell_lies_at_its_centre(
    mode: PlacementMode, height: int, width: int, offset_x: float, offset_y: float
) -> None:
    placement = place((height, width), Recipe(), mode)
    rows, columns = (side // 32 for side in placement.input_size)
    geometry = grid_geometry(
        placement, (rows, columns), Registration((32, 32), (offset_x, offset_y), measured=True)
    )
    row, column = rows // 2, columns // 2
    values = np.zeros((rows, columns), np.float32)
    values[row, column] = 1.0
    # A margin around the picture, so that nothing of the hot spot is cut off.
    around = 3 * int(max(geometry.pitch))
    region = Box(-around, -around, width + around, height + around)
    enlarged = render.field(
        heatmap(values, geometry), (height + 2 * around, width + 2 * around), region
    )
    assert centroid(enlarged, region) == pytest.approx(geometry.centre(row, column), abs=0.5)


def test_a_field_over_the_extent_is_a_part_of_the_field_over_the_picture() -> None:
    geometry = replace(plain_geometry((5, 6)), extent=Box(10.0, 20.0, 50.0, 40.0))
    values = np.random.default_rng(1).normal(size=(5, 6))
    over_all = render.field(heatmap(values, geometry), (50, 60), Box(0, 0, 60, 50))
    over_extent = render.field(heatmap(values, geometry), (20, 40))
    np.testing.assert_allclose(over_extent, over_all[20:40, 10:50], atol=1e-5)


def test_a_ramp_stays_straight_between_the_cells() -> None:
    ramp = np.tile(np.arange(12.0), (4, 1))
    enlarged = render.field(heatmap(ramp), (40, 120))
    xs = np.arange(120) + 0.5
    inside = (xs > 15) & (xs < 105)
    np.testing.assert_allclose(enlarged[20][inside], ((xs - 5) / 10)[inside], atol=1e-4)


def test_a_field_never_goes_beyond_the_values_of_the_map() -> None:
    values = np.zeros((6, 6), np.float32)
    values[2:4, 2:4] = 5.0
    values[0, 0] = -2.0
    enlarged = render.field(heatmap(values), (300, 300))
    assert enlarged.min() == -2.0
    assert enlarged.max() == 5.0


def test_a_field_reaches_far_beyond_the_grid_with_the_border_values() -> None:
    enlarged = render.field(heatmap([[1.0, 2.0]]), (4, 100), Box(-500, 0, 500, 10))
    assert enlarged[0, 0] == 1.0
    assert enlarged[0, -1] == 2.0


def test_the_range_starts_at_nothing_and_ends_at_the_most() -> None:
    shown = heatmap([[-4.0, 3.0]])
    assert render.value_range(shown, Look()) == (0.0, 3.0)
    assert render.value_range(shown, Look(signed=True)) == (-4.0, 4.0)
    assert render.value_range(shown, Look(fixed_high=9.0)) == (0.0, 9.0)
    assert render.value_range(shown, Look(signed=True, fixed_high=9.0)) == (-9.0, 9.0)


def test_indices_span_the_table() -> None:
    values = np.array([[-1.0, 0.0, 1.0, 2.0, 3.0]], np.float32)
    assert render.indices(values, (0.0, 2.0)).tolist() == [[0, 0, 128, 255, 255]]
    assert render.indices(values, (0.0, 0.0)).tolist() == [[0, 0, 0, 0, 0]]


PUBLISHED_AS = {
    "inferno": "bids:inferno",
    "viridis": "bids:viridis",
    "magma": "bids:magma",
    "cividis": "cividis:cividis",
    "turbo": "google:turbo",
    "jet": "matlab:jet",
}


@pytest.mark.parametrize("name", COLORMAPS)
def test_a_table_has_the_colours_of_its_colormap(name: str) -> None:
    table = render.colour_table(Look(colormap=name, opacity=0.6))
    wanted = np.rint(np.asarray(cmap.Colormap(PUBLISHED_AS[name]).lut(256)) * 255)
    np.testing.assert_array_equal(table[:, :3], wanted[:, :3])
    assert table[0, 3] == 0
    assert table[-1, 3] == 153
    assert (np.diff(table[:, 3].astype(int)) >= 0).all()


@pytest.mark.parametrize("name", SIGNED_COLORMAPS)
def test_the_middle_of_a_signed_table_is_neutral_and_clear(name: str) -> None:
    table = render.colour_table(Look(signed_colormap=name, signed=True))
    middle = table[127:129, :3].astype(int)
    assert np.ptp(middle, axis=1).max() < 20
    assert table[127:129, 3].max() <= 1
    assert table[0, 3] == table[-1, 3] == 153


def test_opacity_is_even_without_fading() -> None:
    assert set(render.colour_table(Look(opacity=0.5, fade=False))[:, 3]) == {128}


def test_a_look_refuses_what_cannot_be_shown() -> None:
    for wrong in (
        {"colormap": "mud"},
        {"signed_colormap": "jet"},
        {"opacity": 1.5},
        {"fixed_high": 0.0},
        {"fixed_high": float("nan")},
    ):
        with pytest.raises(CamviewerError):
            Look(**wrong)  # type: ignore[arg-type]


def test_outside_the_extent_the_picture_is_untouched() -> None:
    image = photo(*TALL)
    placement = place(TALL, Recipe(), PlacementMode.CROP)
    geometry = grid_geometry(placement, (7, 7), Registration((32, 32), (5, 1.6), measured=True))
    shown = render.overlay(image, heatmap(EVERYWHERE, geometry), ALL_OUT)
    box = geometry.extent
    inside = np.zeros(TALL, bool)
    inside[round(box.top) : round(box.bottom), round(box.left) : round(box.right)] = True
    assert 0 < inside.sum() < inside.size
    np.testing.assert_array_equal(shown[~inside], image.pixels[~inside])
    assert (shown[inside] != image.pixels[inside]).any(axis=1).mean() > 0.9


def test_an_overlay_mixes_picture_and_colour_by_the_opacity() -> None:
    image = photo(20, 30)
    shown = render.overlay(image, heatmap(EVERYWHERE[:2, :3]), replace(ALL_OUT, opacity=0.4))
    colour = render.colormap_table("inferno")[255].astype(float)
    np.testing.assert_allclose(shown, image.pixels * 0.6 + colour * 0.4, atol=0.51)


@pytest.mark.parametrize("look", [Look(), Look(signed=True)])
def test_a_flat_map_leaves_the_picture(look: Look) -> None:
    image = photo(20, 30)
    flat = heatmap(np.full((2, 3), 1e-7))
    np.testing.assert_array_equal(render.overlay(image, flat, look), image.pixels)


def test_only_negative_evidence_is_never_stretched_into_colour() -> None:
    image = photo(20, 30)
    against = heatmap([[-1.0, -2.0, -3.0], [-1.0, -1.0, -1.0]])
    np.testing.assert_array_equal(render.overlay(image, against, Look()), image.pixels)
    assert (render.overlay(image, against, Look(signed=True)) != image.pixels).any()


def test_strips_equal_the_whole() -> None:
    image = photo(*TALL)
    placement = place(TALL, Recipe(), PlacementMode.CROP)
    geometry = grid_geometry(placement, (7, 7), Registration((32, 32), (5, 1.6), measured=True))
    values = np.random.default_rng(2).normal(size=(7, 7))
    whole = render.overlay(image, heatmap(values, geometry), Look())
    strips = render.overlay(image, heatmap(values, geometry), Look(), strip_pixels=1000)
    # Positions are rounded differently in the last bits of a float.
    assert np.abs(strips.astype(int) - whole).max() <= 2
    assert (strips != whole).mean() < 1e-3


def test_a_map_of_more_cells_than_pixels_keeps_its_mean() -> None:
    values = np.random.default_rng(3).normal(size=(56, 56))
    small = render.field(heatmap(values), (14, 14))
    assert small.mean() == pytest.approx(values.mean(), abs=0.01)


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.0, "0"), (3.0712, "3.07"), (27.04, "27"), (1234.5, "1234"), (-0.0421, "−0.0421")],
)
def test_numbers_have_three_digits_that_count(value: float, words: str) -> None:
    assert render.number_words(value) == words


def test_a_legend_says_the_true_values() -> None:
    shown = heatmap([[-4.0, 3.07]])
    assert render.legend_ticks(shown, Look()) == ((0.0, "0"), (1.0, "3.07"))
    signed = render.legend_ticks(shown, Look(signed=True))
    assert signed == ((0.0, "−4"), (0.5, "0"), (1.0, "+4"))
