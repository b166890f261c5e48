"""Colours a raw map over a picture. Values are normalised here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from camviewer.engine.geometry.cell_grid import GridGeometry
from camviewer.engine.geometry.geometry import Box
from camviewer.engine.render.look import Look
from camviewer.engine.render.number_words import number_words
from camviewer.engine.results.heatmap import Evidence, Heatmap

if TYPE_CHECKING:
    from camviewer.engine.picture.source_image import SourceImage

Matrix = NDArray[np.float32]

_CMAP_NAMES = {
    "inferno": "bids:inferno",
    "viridis": "bids:viridis",
    "magma": "bids:magma",
    "cividis": "cividis:cividis",
    "turbo": "google:turbo",
    "jet": "matlab:jet",
    "vik": "crameri:vik",
    "RdBu_r": "colorbrewer:RdBu_r",
    "berlin": "crameri:berlin",
}

_FADE_END = 0.6
"""Share of the value range from which colours have the full opacity of the look."""

STRIP_PIXELS = 1 << 20
"""Approximate size of the strips in which overlays are drawn, in pixels, because of memory."""

_BICUBIC_REACH = 2
"""Radius of Pillow's bicubic filter for enlarging, in cells."""


def shows_nothing(heatmap: Heatmap, look: Look) -> bool:
    """Whether the map has no value that this look would colour."""
    if heatmap.evidence is Evidence.ONLY_NEGATIVE:
        return not look.signed
    return heatmap.evidence is Evidence.FLAT


def value_range(heatmap: Heatmap, look: Look) -> tuple[float, float]:
    """The values at both ends of the colours: (0, max), or (-m, m) when signed.

    Of a map with a few values that are far larger than the others, m is the largest of the others.
    """
    if look.signed:
        most = look.fixed_high or heatmap.largest_coloured
        return -most, most
    return 0.0, look.fixed_high or max(min(heatmap.high, heatmap.largest_coloured), 0.0)


def field(
    heatmap: Heatmap, size: tuple[int, int], region: Box | None = None
) -> NDArray[np.float32]:
    """The map's values over ``region``, interpolated from the positions of its cells.

    Args:
        heatmap: values on their grid.
        size: (h, w) of the result.
        region: the part of the picture that the result covers, in source pixels; the map's
            extent when None.

    Returns:
        float32 (h, w), enlarged bicubically and never beyond the grid's own lowest and highest.
    """
    region = region or heatmap.geometry.extent
    across, down = _axes(heatmap.geometry, size, region)
    padded = heatmap.values[down.cells[:, None], across.cells]
    resized = Image.fromarray(np.ascontiguousarray(padded, dtype=np.float32)).resize(
        (size[1], size[0]),
        Image.Resampling.BICUBIC,
        box=(across.start, down.start, across.stop, down.stop),
    )
    return np.clip(np.asarray(resized, dtype=np.float32), heatmap.low, heatmap.high)


@lru_cache(maxsize=64)
def enlarging(geometry: GridGeometry, size: tuple[int, int]) -> tuple[Matrix, Matrix]:
    """The matrices D (H, h) and A (W, w) that enlarge maps over their extent.

    ``D @ values @ A.T`` is ``field`` but for its limits, in a fraction of its time for small sizes.

    Args:
        geometry: the grid, (h, w) cells.
        size: (H, W) of the result.
    """
    across, down = _axes(geometry, size, geometry.extent)
    return _resampling(down, geometry.shape[0], size[0]), _resampling(
        across, geometry.shape[1], size[1]
    )


@dataclass(frozen=True, eq=False)
class _Axis:
    """What is resampled along one axis.

    Attributes:
        cells: numbers of the cells, those at the border repeated beyond it.
        start: where the result begins, among these.
        stop: where it ends.
    """

    cells: NDArray[np.intp]
    start: float
    stop: float


def _axes(geometry: GridGeometry, size: tuple[int, int], region: Box) -> tuple[_Axis, _Axis]:
    """The axes to the right and downwards."""
    left, top = geometry.to_grid(region.left, region.top)
    right, bottom = geometry.to_grid(region.right, region.bottom)
    rows, columns = geometry.shape
    return _axis(left, right, columns, size[1]), _axis(top, bottom, rows, size[0])


def _axis(start: float, stop: float, cells: int, pixels: int) -> _Axis:
    """Repeats the border so often that the filter fills ``[start, stop)``."""
    per_pixel = max((stop - start) / pixels, 1.0)
    reach = ceil(_BICUBIC_REACH * per_pixel) + 1
    before, after = max(ceil(-start), 0) + reach, max(ceil(stop - cells), 0) + reach
    # As np.pad does it, which takes far longer.
    padded = np.arange(-before, cells + after).clip(0, cells - 1)
    return _Axis(padded, start + before, stop + before)


def _resampling(axis: _Axis, cells: int, pixels: int) -> Matrix:
    """The matrix (pixels, cells) of an axis: what Pillow makes of each cell alone."""
    alone = Image.fromarray(np.eye(cells, dtype=np.float32)[axis.cells])
    box = (0.0, axis.start, float(cells), axis.stop)
    return np.asarray(alone.resize((cells, pixels), Image.Resampling.BICUBIC, box=box))


def indices(values: NDArray[np.float32], limits: tuple[float, float]) -> NDArray[np.uint8]:
    """The index of every value in a table of 256 colours that spans ``limits``."""
    low, high = limits
    if not high > low:
        return np.zeros(values.shape, np.uint8)
    scaled = (values - np.float32(low)) * np.float32(255.0 / (high - low))
    np.clip(scaled, 0.0, 255.0, out=scaled)
    np.rint(scaled, out=scaled)
    return scaled.astype(np.uint8)


def colour_table(look: Look) -> NDArray[np.uint8]:
    """uint8 (256, 4): RGBA with straight alpha, which includes opacity and fading."""
    table = np.empty((256, 4), np.uint8)
    table[:, :3] = colormap_table(look.active_colormap)
    strength = np.linspace(0.0, 1.0, 256, dtype=np.float32)
    if look.signed:
        strength = np.abs(2.0 * strength - 1.0)
    shares = fading(strength) if look.fade else np.ones(256)
    table[:, 3] = np.rint(255.0 * look.opacity * shares)
    return table


def fading(strength: NDArray[np.float32]) -> NDArray[np.float32]:
    """The opacity, 0 to 1, of values with this share (0 to 1) of the largest shown value."""
    rising = np.clip(strength / np.float32(_FADE_END), 0.0, 1.0)
    smooth: NDArray[np.float32] = rising * rising * (3.0 - 2.0 * rising)
    return smooth


@lru_cache(maxsize=32)
def colormap_table(name: str) -> NDArray[np.uint8]:
    """uint8 (256, 3): a colormap's RGB, not writeable; for legends and swatches."""
    # Imported late, because it would delay the window.
    from cmap import Colormap  # noqa: PLC0415

    colours = np.asarray(Colormap(_CMAP_NAMES[name]).lut(256))[:, :3]
    table: NDArray[np.uint8] = np.rint(255.0 * colours).astype(np.uint8)
    table.setflags(write=False)
    return table


def overlay(
    image: SourceImage, heatmap: Heatmap, look: Look, strip_pixels: int = STRIP_PIXELS
) -> NDArray[np.uint8]:
    """uint8 (H, W, 3): the picture at full resolution with the map over it.

    Outside the map's extent, and where the map has nothing to show, the picture is unchanged.
    """
    pixels = image.pixels.copy()
    draw_over(pixels, heatmap, look, strip_pixels)
    return pixels


def draw_over(
    pixels: NDArray[np.uint8], heatmap: Heatmap, look: Look, strip_pixels: int = STRIP_PIXELS
) -> None:
    """Draws the map over uint8 (H, W, 3) in place; the map's geometry is in these pixels."""
    if shows_nothing(heatmap, look):
        return
    left, right = _pixels_within(
        heatmap.geometry.extent.left, heatmap.geometry.extent.right, pixels.shape[1]
    )
    top, bottom = _pixels_within(
        heatmap.geometry.extent.top, heatmap.geometry.extent.bottom, pixels.shape[0]
    )
    if left >= right:
        return
    limits = value_range(heatmap, look)
    table = colour_table(look)
    for start, stop in _strips(top, bottom, right - left, strip_pixels):
        strip = Box(float(left), float(start), float(right), float(stop))
        values = field(heatmap, (stop - start, right - left), strip)
        _blend(pixels[start:stop, left:right], indices(values, limits), table)


def _pixels_within(start: float, stop: float, count: int) -> tuple[int, int]:
    """The range of pixels whose centres are in ``[start, stop)``, as (first, last + 1)."""
    return max(ceil(start - 0.5), 0), min(ceil(stop - 0.5), count)


def _strips(top: int, bottom: int, width: int, pixels: int) -> Iterator[tuple[int, int]]:
    height = max(pixels // width, 1)
    for start in range(top, bottom, height):
        yield start, min(start + height, bottom)


def _blend(pixels: NDArray[np.uint8], places: NDArray[np.uint8], table: NDArray[np.uint8]) -> None:
    """Blends colours over pixels in place, in integer arithmetic with correct rounding."""
    alpha = table[:, 3].astype(np.uint16)
    kept = (255 - alpha)[places]
    for channel in range(3):
        added = (table[:, channel] * alpha + 128)[places]
        total = pixels[..., channel] * kept
        total += added
        # Rounded division by 255 that fits into 16 bits.
        total += total >> 8
        pixels[..., channel] = total >> 8


def legend_ticks(heatmap: Heatmap, look: Look) -> tuple[tuple[float, str], ...]:
    """Positions along the colours (0 bottom, 1 top) with the true values there."""
    low, high = value_range(heatmap, look)
    below = "≤ " if heatmap.low < low else ""
    above = "≥ " if heatmap.high > high else ""
    if look.signed:
        return (
            (0.0, f"{below}{number_words(low)}"),
            (0.5, "0"),
            (1.0, f"{above}+{number_words(high)}"),
        )
    return ((0.0, "0"), (1.0, f"{above}{number_words(high)}"))
