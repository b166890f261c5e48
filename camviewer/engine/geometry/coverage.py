"""Computes which share of pixels and cells lies inside a region."""

from __future__ import annotations

from math import ceil

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from camviewer.engine.geometry.cell_grid import GridGeometry
from camviewer.engine.geometry.geometry import Placement
from camviewer.engine.geometry.region import Region

_Floats = NDArray[np.float64]

_FINE = 2048
"""Number of pixels along the longer side of the raster for a freely drawn outline."""


def covered_cells(region: Region, geometry: GridGeometry) -> _Floats:
    """(rows, columns) in 0 to 1: the share of every cell's area inside the region.

    Borders of cells are half way between their centres, and the outermost cells reach to the edge
    of the map, as drawn. Together they fill the map's extent.
    """
    return coverage(region, *cell_borders(geometry))


def cell_borders(geometry: GridGeometry) -> tuple[_Floats, _Floats]:
    """Borders of the columns and of the rows of cells as drawn, rising, in source pixels."""
    extent, (rows, columns) = geometry.extent, geometry.shape
    xs = axis_borders(geometry.origin[0], geometry.pitch[0], columns, extent.left, extent.right)
    ys = axis_borders(geometry.origin[1], geometry.pitch[1], rows, extent.top, extent.bottom)
    return xs, ys


def axis_borders(
    first: float | _Floats,
    pitch: float | _Floats,
    cells: int,
    start: float | _Floats,
    stop: float | _Floats,
) -> _Floats:
    """(..., cells + 1): borders of cells along one axis, of one grid or of many at once.

    Args:
        first: (...) where the first cell looks.
        pitch: (...) distance of neighbouring cells.
        cells: number of them.
        start: (...) where the map begins.
        stop: (...) where it ends.
    """
    first, pitch, start, stop = (
        np.asarray(each, np.float64)[..., None] for each in (first, pitch, start, stop)
    )
    inner = first + (np.arange(1, cells) - 0.5) * pitch
    return np.concatenate((start, np.clip(inner, start, stop), stop), axis=-1)


def covered_pixels(region: Region, placement: Placement) -> _Floats:
    """(h, w) in 0 to 1: the share of every input pixel inside the region."""
    height, width = placement.input_size
    box = placement.box
    return coverage(
        region,
        np.linspace(box.left, box.right, width + 1),
        np.linspace(box.top, box.bottom, height + 1),
    )


def coverage(region: Region, xs: _Floats, ys: _Floats) -> _Floats:
    """(len(ys) - 1, len(xs) - 1): the share of every field of a grid inside the region.

    The result is exact for upright rectangles. A freely drawn outline is rasterised first, by the
    even-odd rule.

    Args:
        region: in source pixels.
        xs: borders of the columns, rising, in source pixels.
        ys: borders of the rows.
    """
    if region.is_rectangle:
        left, top, right, bottom = region.bounds
        down, across = _shares(ys, np.array([top, bottom])), _shares(xs, np.array([left, right]))
        return np.outer(down, across)
    width, height = xs[-1] - xs[0], ys[-1] - ys[0]
    scale = _FINE / max(width, height)
    size = max(ceil(width * scale), 1), max(ceil(height * scale), 1)
    filled = Image.new("L", size)
    scale_x, scale_y = filled.width / width, filled.height / height
    points = [((x - xs[0]) * scale_x, (y - ys[0]) * scale_y) for x, y in region.points]
    ImageDraw.Draw(filled).polygon(points, fill=1)
    return coverage_of_raster(filled, xs, ys)


def coverage_of_raster(filled: Image.Image, xs: _Floats, ys: _Floats) -> _Floats:
    """(len(ys) - 1, len(xs) - 1): the share of every field of a grid that is filled.

    Args:
        filled: 0 or 1 in each pixel, from the first to the last border.
        xs: borders of the columns, rising, in source pixels.
        ys: borders of the rows.
    """
    down, across = _pixel_shares(ys, filled.height), _pixel_shares(xs, filled.width)
    covered: _Floats = down @ np.asarray(filled, np.float64) @ across.T
    return np.clip(covered, 0.0, 1.0)


def common_lengths(ones: _Floats, others: _Floats) -> _Floats:
    """(fields of the ones, fields of the others): lengths that they have in common.

    Args:
        ones: borders of fields along an axis, rising.
        others: the same of others.
    """
    common = np.minimum(ones[1:, None], others[1:]) - np.maximum(ones[:-1, None], others[:-1])
    lengths: _Floats = np.clip(common, 0.0, None)
    return lengths


def _pixel_shares(borders: _Floats, pixels: int) -> _Floats:
    """(fields, pixels): which share of each field's length lies in each pixel of a raster.

    Args:
        borders: of the fields, rising; the raster reaches from the first to the last.
        pixels: of the raster.
    """
    return _shares(borders, np.linspace(borders[0], borders[-1], pixels + 1))


def _shares(borders: _Floats, others: _Floats) -> _Floats:
    """(fields, fields of the others): which share of each field's length lies in each other one."""
    shares: _Floats = common_lengths(borders, others) / np.maximum(np.diff(borders), 1e-12)[:, None]
    return shares
