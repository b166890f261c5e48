"""Where the cells of a grid of activations look in the picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from camviewer.engine.geometry.geometry import Box, Placement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class GridGeometry:
    """Where the cells of a layer's grid look, in source pixels.

    Attributes:
        shape: (h, w) in cells.
        origin: (x, y) of the centre of cell (0, 0).
        pitch: (x, y) distance between the centres of neighbouring cells.
        extent: the part of the picture that the map is drawn over.
        stride: (x, y) in input pixels.
        offset: (x, y) in input pixels: how far from its nominal centre a cell really looks.
        measured: whether ``offset`` was measured on the loaded weights.
    """

    shape: tuple[int, int]
    origin: tuple[float, float]
    pitch: tuple[float, float]
    extent: Box
    stride: tuple[float, float]
    offset: tuple[float, float]
    measured: bool

    def centre(self, row: int, column: int) -> tuple[float, float]:
        """(x, y) of a cell's centre in source pixels."""
        return (
            self.origin[0] + column * self.pitch[0],
            self.origin[1] + row * self.pitch[1],
        )

    def centre_lines(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """x of the columns (w,) and y of the rows (h,) of the cells' centres, in source pixels."""
        return centre_lines(self.shape, self.origin, self.pitch)

    def to_grid(self, x: float, y: float) -> tuple[float, float]:
        """Carries source pixels to (column, row), where cell ``i`` covers ``[i, i + 1)``."""
        return (
            (x - self.origin[0]) / self.pitch[0] + 0.5,
            (y - self.origin[1]) / self.pitch[1] + 0.5,
        )

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """(row, column) of the cell whose centre is nearest; None outside the map's extent."""
        if not self.extent.contains(x, y):
            return None
        column, row = self.to_grid(x, y)
        rows, columns = self.shape
        return (
            min(max(int(row), 0), rows - 1),
            min(max(int(column), 0), columns - 1),
        )


def centre_lines(
    shape: tuple[int, int], origin: tuple[float, float], pitch: tuple[float, float]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """x of the columns (w,) and y of the rows (h,) of the centres of a grid's cells.

    Args:
        shape: (h, w) in cells.
        origin: (x, y) of the centre of cell (0, 0).
        pitch: (x, y) distance between the centres of neighbouring cells.
    """
    import numpy as np  # noqa: PLC0415  (start-up)

    rows, columns = (np.arange(count, dtype=np.float64) for count in shape)
    return origin[0] + columns * pitch[0], origin[1] + rows * pitch[1]


@dataclass(frozen=True)
class Registration:
    """The position of a layer's cells in input pixels.

    The nominal centre of cell (i, j) is ``first + (j, i) * stride``; it looks at that plus
    ``offset``.

    Attributes:
        stride: (x, y) in input pixels.
        offset: (x, y) in input pixels, 0 when it is not known.
        measured: whether ``offset`` was measured on the loaded weights.
        first: (x, y) nominal centre of cell (0, 0); half a stride when None.
    """

    stride: tuple[float, float]
    offset: tuple[float, float] = (0.0, 0.0)
    measured: bool = False
    first: tuple[float, float] | None = None

    def of_windows(
        self, size: tuple[int, int], padding: tuple[int, int], margin: tuple[float, float]
    ) -> Registration:
        """Registration of a map whose cells each look at a window of this grid's cells.

        Without padding the first window begins at the first cell, so its centre lies half a
        window into the grid: for VGG16's 7 cells of 32 input pixels at 112 of 224. At the trained
        size the only window takes up the whole input; where the grid's cells fall short of it (as
        AlexNet's do, whose first layer has no padding for the rest), the centre is the input's. A
        window is a part of the input, so where its cells look does not move it.

        Args:
            size: (rows, columns) of cells in a window.
            padding: (rows, columns) of empty cells put around the grid on each side.
            margin: (x, y) input pixels by which the grid falls short of the trained input.
        """
        stride_x, stride_y = self.stride
        half_x, half_y = margin[0] / 2, margin[1] / 2
        first = (
            (size[1] / 2 - padding[1]) * stride_x + half_x,
            (size[0] / 2 - padding[0]) * stride_y + half_y,
        )
        return Registration(self.stride, first=first)

    def nominal(self) -> Registration:
        """The same grid without the measured offset, as other programs draw it."""
        return Registration(self.stride, first=self.first)


def grid_geometry(
    placement: Placement, shape: tuple[int, int], registration: Registration
) -> GridGeometry:
    """Lays a grid of ``shape`` (h, w) cells onto the picture.

    Where the nominal cells cover the whole input the map is drawn over all that the network saw:
    the measured offset moves the values inside it, and the border cells reach to its edge. Where
    they do not (no padding), it is drawn where its cells look and nowhere else.
    """
    rows, columns = shape
    stride_x, stride_y = registration.stride
    first_x, first_y = registration.first or (stride_x / 2, stride_y / 2)
    scale_x, scale_y = placement.scale
    height, width = placement.input_size
    fills = first_x == stride_x / 2 and first_y == stride_y / 2
    fills = fills and columns * stride_x >= width - 1 and rows * stride_y >= height - 1
    shift_x, shift_y = (0.0, 0.0) if fills else registration.offset
    left, top = placement.to_source(
        first_x + shift_x - stride_x / 2, first_y + shift_y - stride_y / 2
    )
    right, bottom = placement.to_source(
        first_x + shift_x + (columns - 0.5) * stride_x, first_y + shift_y + (rows - 0.5) * stride_y
    )
    return GridGeometry(
        shape=shape,
        origin=placement.to_source(
            first_x + registration.offset[0], first_y + registration.offset[1]
        ),
        pitch=(stride_x / scale_x, stride_y / scale_y),
        extent=Box(left, top, right, bottom)
        .intersected(placement.box)
        .intersected(placement.picture),
        stride=registration.stride,
        offset=registration.offset,
        measured=registration.measured,
    )
