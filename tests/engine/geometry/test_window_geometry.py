"""A map of windows lies where its windows are, and colours nothing else."""

from __future__ import annotations

from camviewer.engine.geometry.cell_grid import GridGeometry, Registration, grid_geometry
from camviewer.engine.geometry.geometry import Box, Placement, PlacementMode, Recipe, place

VGG = Registration((32.0, 32.0))
SQUARE = (448, 448)


def twice() -> Placement:
    """A picture of 448 x 448 pixels, all of it seen as it is."""
    return place(SQUARE, Recipe(), PlacementMode.WHOLE, 2.0)


def ends(geometry: GridGeometry) -> tuple[float, float]:
    """Where the first and the last centre lie on the x axis."""
    return geometry.centre(0, 0)[0], geometry.centre(0, geometry.shape[1] - 1)[0]


def test_vggs_windows_at_2x_have_their_centres_from_112_to_336() -> None:
    geometry = grid_geometry(twice(), (8, 8), VGG.of_windows((7, 7), (0, 0), (0.0, 0.0)))
    assert ends(geometry) == (112.0, 336.0)
    assert geometry.pitch == (32.0, 32.0)
    assert geometry.extent == Box(96.0, 96.0, 352.0, 352.0)
    assert geometry.cell_at(90.0, 200.0) is None
    assert geometry.cell_at(100.0, 200.0) == (3, 0)


def test_padded_windows_cover_the_whole_picture() -> None:
    geometry = grid_geometry(twice(), (14, 14), VGG.of_windows((7, 7), (3, 3), (0.0, 0.0)))
    assert ends(geometry) == (16.0, 432.0)
    assert geometry.extent == Box(0.0, 0.0, 448.0, 448.0)


def test_at_the_trained_size_the_only_window_has_the_inputs_centre() -> None:
    # AlexNet: 6 cells of 32 input pixels, 32 pixels short of the input's 224.
    placement = place((224, 224), Recipe(), PlacementMode.WHOLE, 1.0)
    registration = VGG.of_windows((6, 6), (0, 0), (32.0, 32.0))
    assert grid_geometry(placement, (1, 1), registration).centre(0, 0) == (112.0, 112.0)


def test_alexnets_padded_windows_cover_the_whole_picture() -> None:
    registration = VGG.of_windows((6, 6), (3, 3), (32.0, 32.0))
    geometry = grid_geometry(twice(), (14, 14), registration)  # 13 cells, padded by 3
    assert ends(geometry) == (16.0, 432.0)
    assert geometry.extent == Box(0.0, 0.0, 448.0, 448.0)


def test_where_its_cells_look_does_not_move_a_window() -> None:
    """A window is a part of the input, which AlexNet's six cells of offset 15.5 fall short of."""
    cells = Registration((32.0, 32.0), (15.5, 15.5), measured=True)
    windows = cells.of_windows((6, 6), (0, 0), (32.0, 32.0))
    assert ends(grid_geometry(twice(), (8, 8), windows)) == (112.0, 336.0)
