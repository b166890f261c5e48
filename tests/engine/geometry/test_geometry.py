"""Source pixels, input pixels and cells lie where they should, for every size and placement."""

from __future__ import annotations

from math import log

import pytest
import torch
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from torchvision.transforms import v2

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.cell_grid import GridGeometry, Registration, grid_geometry
from camviewer.engine.geometry.geometry import DETAILS, Box, Placement, PlacementMode, Recipe, place

RECIPE = Recipe()
SIDES = st.one_of(st.integers(1, 8), st.integers(1, 20000))
SIZES = st.tuples(SIDES, SIDES)
MODES = st.sampled_from(list(PlacementMode))
SHARES = st.floats(0, 1)


@st.composite
def placements(draw: st.DrawFn) -> Placement:
    return place(draw(SIZES), RECIPE, draw(MODES), draw(st.sampled_from(DETAILS)))


@st.composite
def grids(draw: st.DrawFn) -> tuple[Placement, GridGeometry]:
    placement = draw(placements())
    step = draw(st.sampled_from((4, 8, 16, 32)))
    offset = draw(st.tuples(st.floats(-16, 16), st.floats(-16, 16)))
    height, width = placement.input_size
    registration = Registration((float(step), float(step)), offset, measured=True)
    return placement, grid_geometry(placement, (height // step, width // step), registration)


@given(placements(), SHARES, SHARES)
@example(place((1, 1), RECIPE, PlacementMode.CROP), 0.3, 0.7)
@example(place((20000, 3), RECIPE, PlacementMode.CROP), 0.3, 0.7)
@example(place((3, 20000), RECIPE, PlacementMode.WHOLE), 0.3, 0.7)
def test_source_to_input_to_source_is_the_identity(
    placement: Placement, share_x: float, share_y: float
) -> None:
    height, width = placement.source_size
    x, y = share_x * width, share_y * height
    back_x, back_y = placement.to_source(*placement.to_input(x, y))
    assert abs(back_x - x) < 1e-6
    assert abs(back_y - y) < 1e-6


@given(placements())
def test_the_box_fills_the_input_and_lies_inside_the_picture(placement: Placement) -> None:
    height, width = placement.source_size
    box = placement.box
    assert 0 <= box.left < box.right <= width
    assert 0 <= box.top < box.bottom <= height
    assert placement.to_input(box.left, box.top) == (0, 0)
    corner = placement.to_input(box.right, box.bottom)
    assert corner == pytest.approx((placement.input_size[1], placement.input_size[0]))


@given(placements())
def test_whole_and_stretch_show_the_whole_picture(placement: Placement) -> None:
    if placement.mode is not PlacementMode.CROP:
        assert placement.covers_picture


@given(SIZES, MODES, st.sampled_from(DETAILS))
@example((1, 20000), PlacementMode.WHOLE, 3.0)
@example((1200, 200), PlacementMode.WHOLE, 1.0)
def test_input_sizes_are_whole_strides_and_their_area_is_bounded(
    size: tuple[int, int], mode: PlacementMode, detail: float
) -> None:
    height, width = place(size, RECIPE, mode, detail).input_size
    assert height % RECIPE.step == width % RECIPE.step == 0
    assert min(height, width) >= RECIPE.step
    assert height * width <= 4 * (224 * detail) ** 2


@given(st.integers(1, 600), st.integers(1, 600), st.sampled_from((224, 192, 288)))
@settings(max_examples=60, deadline=None)
@example(451, 300, 224)
@example(1, 1, 224)
def test_the_crop_is_that_of_torchvisions_resize_and_centre_crop(
    height: int, width: int, side: int
) -> None:
    assume(max(height, width) <= 8 * min(height, width))
    recipe = Recipe(input_size=(side, side))
    resized_to = int(side / recipe.crop_fraction)
    resize = v2.Resize(resized_to, v2.InterpolationMode.NEAREST, antialias=False)
    resized_h, resized_w = resize(torch.zeros(1, height, width)).shape[1:]
    where = torch.stack(
        torch.meshgrid(torch.arange(resized_h), torch.arange(resized_w), indexing="ij")
    )
    cropped = v2.CenterCrop(side)(where)
    (top, left), (bottom, right) = cropped[:, 0, 0].tolist(), (cropped[:, -1, -1] + 1).tolist()

    box = place((height, width), recipe).box

    assert box.left == pytest.approx(left * width / resized_w)
    assert box.top == pytest.approx(top * height / resized_h)
    assert box.right == pytest.approx(right * width / resized_w)
    assert box.bottom == pytest.approx(bottom * height / resized_h)


@pytest.mark.parametrize("detail", DETAILS)
@given(st.integers(200, 4000), st.floats(1 / 2.4, 2.4))
def test_the_whole_picture_keeps_an_ordinary_aspect_ratio(
    detail: float, height: int, aspect: float
) -> None:
    placement = place((height, round(height * aspect)), RECIPE, PlacementMode.WHOLE, detail)
    scale_x, scale_y = placement.scale
    assert abs(log(scale_x / scale_y)) < 0.08
    assert 0.75 <= min(placement.input_size) / (224 * detail) <= 1.3


def test_stretch_takes_the_trained_shape() -> None:
    assert place((100, 900), RECIPE, PlacementMode.STRETCH).input_size == (224, 224)
    assert place((100, 900), RECIPE, PlacementMode.STRETCH, 2.0).input_size == (448, 448)


def test_a_network_of_one_size_refuses_every_other_input() -> None:
    fixed = Recipe(input_size=(240, 320), flexible=False)
    assert place((500, 700), fixed, PlacementMode.CROP).input_size == (240, 320)
    assert place((500, 700), fixed, PlacementMode.STRETCH).input_size == (240, 320)
    for mode, detail in (
        (PlacementMode.WHOLE, 1.0),
        (PlacementMode.CROP, 2.0),
        (PlacementMode.STRETCH, 1.5),
    ):
        with pytest.raises(CamviewerError, match="only accepts pictures of 320 x 240 pixels"):
            place((500, 700), fixed, mode, detail)


@pytest.mark.parametrize("detail", [0.0, -1.0])
def test_a_detail_that_magnifies_nothing_is_refused(detail: float) -> None:
    with pytest.raises(CamviewerError, match="is not a magnification"):
        place((500, 700), RECIPE, PlacementMode.CROP, detail)


@given(grids(), SHARES, SHARES)
def test_a_cells_centre_lies_half_a_stride_in_and_moves_with_the_offset(
    made: tuple[Placement, GridGeometry], share_row: float, share_column: float
) -> None:
    placement, grid = made
    row = int(share_row * (grid.shape[0] - 1))
    column = int(share_column * (grid.shape[1] - 1))
    in_input = placement.to_input(*grid.centre(row, column))
    expected = (
        (column + 0.5) * grid.stride[0] + grid.offset[0],
        (row + 0.5) * grid.stride[1] + grid.offset[1],
    )
    assert in_input == pytest.approx(expected, abs=1e-6)


@given(grids(), SHARES, SHARES)
def test_the_cell_at_a_point_is_the_nearest_one(
    made: tuple[Placement, GridGeometry], share_x: float, share_y: float
) -> None:
    placement, grid = made
    height, width = placement.source_size
    x, y = share_x * width, share_y * height
    found = grid.cell_at(x, y)
    if not grid.extent.contains(x, y):
        assert found is None
        return
    assert found is not None
    centre = grid.centre(*found)
    rows = range(grid.shape[0])
    columns = range(grid.shape[1])
    slack = 1e-6 * max(grid.pitch)
    assert abs(centre[0] - x) <= min(abs(grid.centre(0, c)[0] - x) for c in columns) + slack
    assert abs(centre[1] - y) <= min(abs(grid.centre(r, 0)[1] - y) for r in rows) + slack


@given(grids(), SHARES, SHARES)
def test_to_grid_undoes_the_cell_centres(
    made: tuple[Placement, GridGeometry], share_row: float, share_column: float
) -> None:
    _, grid = made
    row = int(share_row * (grid.shape[0] - 1))
    column = int(share_column * (grid.shape[1] - 1))
    assert grid.to_grid(*grid.centre(row, column)) == pytest.approx(
        (column + 0.5, row + 0.5), abs=1e-6
    )


@given(grids())
def test_a_map_covers_what_the_network_saw_and_nothing_else(
    made: tuple[Placement, GridGeometry],
) -> None:
    placement, grid = made
    seen = placement.box
    assert (grid.extent.left, grid.extent.top) == pytest.approx((seen.left, seen.top))
    assert (grid.extent.right, grid.extent.bottom) == pytest.approx((seen.right, seen.bottom))


def test_with_a_crop_nothing_is_said_outside_of_it() -> None:
    placement = place((224, 448), RECIPE)
    grid = grid_geometry(placement, (7, 7), Registration((32.0, 32.0)))
    assert grid.cell_at(placement.box.left - 1, 112) is None
    assert grid.cell_at(placement.box.left + 1, 112) is not None


def test_the_class_map_of_a_fully_convolutional_network_lies_where_its_windows_do() -> None:
    """A window of 224 pixels that moves by 32 over 448 has its centre at 112, 144, ..., 336."""
    placement = place((448, 448), RECIPE, PlacementMode.STRETCH, 2.0)
    grid = grid_geometry(placement, (8, 8), Registration((32.0, 32.0), first=(112.0, 112.0)))
    assert grid.centre(0, 0) == pytest.approx((112, 112))
    assert grid.centre(7, 7) == pytest.approx((336, 336))
    assert grid.extent == Box(96, 96, 352, 352)
    assert grid.cell_at(50, 200) is None


def test_nominal_leaves_out_the_offset_alone() -> None:
    placement = place((448, 448), RECIPE, PlacementMode.STRETCH)
    registration = Registration((32.0, 32.0), (2.0, 5.0), measured=True)
    moved = grid_geometry(placement, (7, 7), registration)
    nominal = grid_geometry(placement, (7, 7), registration.nominal())
    assert nominal.measured is False
    assert nominal.extent == moved.extent
    assert nominal.pitch == moved.pitch
    assert moved.centre(3, 3) == pytest.approx(
        (nominal.centre(3, 3)[0] + 4, nominal.centre(3, 3)[1] + 10)
    )
