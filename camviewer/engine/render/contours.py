"""Draws contour lines of a map, where the overlay has the same values, and outlines of masks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from camviewer.engine.render.overlay import field
from camviewer.engine.results.heatmap import Evidence, Heatmap

Line = NDArray[np.float64]
"""(N, 2): x and y of points in source pixels; closed where the last is the first."""

_FIELD_SIDE = 384
"""Maximum side, in pixels, of the field that lines are found in; because it is smooth, and lines
run between its pixels, more is not visible."""

_LEAST_ISLAND = 0.01
"""Minimum size of a closed line, as a share of the extent's longer side; because maps of single
pixels have thousands of smaller ones, which hide the picture."""

_MASK_SIDE = 768
"""Maximum side, in pixels, to which a mask is reduced for its outline."""


@dataclass(frozen=True, eq=False)
class Contour:
    """Where a map has one value.

    Attributes:
        share: the value, as a share of the map's maximum, 0 to 1.
        lines: in source pixels; none where the map has the value nowhere.
    """

    share: float
    lines: tuple[Line, ...]


def contours(heatmap: Heatmap, shares: Sequence[float]) -> tuple[Contour, ...]:
    """The lines at shares of a map's maximum; empty for a map without evidence.

    The map is enlarged as the overlay is (``field``). Lines that leave the map's extent end there.
    Islands of less than a hundredth of its longer side have no line.

    Args:
        heatmap: the raw map.
        shares: of its maximum, each above 0 and below 1.
    """
    extent = heatmap.geometry.extent
    if heatmap.evidence is not Evidence.POSITIVE or extent.width <= 0 or extent.height <= 0:
        return ()
    scale = _FIELD_SIDE / max(extent.width, extent.height)
    height, width = (max(round(side * scale), 1) for side in (extent.height, extent.width))
    values = field(heatmap, (height, width))
    xs = extent.left + _centres(width) * (extent.width / width)
    ys = extent.top + _centres(height) * (extent.height / height)
    most = float(values.max())
    lines = _lines(xs, ys, np.pad(values, 1, mode="edge"), [share * most for share in shares])
    least = _LEAST_ISLAND * max(extent.width, extent.height)
    kept = (tuple(line for line in level if not _is_island(line, least)) for level in lines)
    return tuple(map(Contour, shares, kept))


def mask_outline(mask: NDArray[np.bool_]) -> tuple[Line, ...]:
    """The closed lines around the parts of a mask (H, W), in source pixels."""
    height, width = mask.shape
    scale = min(_MASK_SIDE / max(height, width), 1.0)
    small_height, small_width = (max(round(side * scale), 1) for side in (height, width))
    # Pillow's mode L from 0 to 255: a half covered pixel is half as high.
    picture = Image.fromarray(mask.astype(np.uint8) * 255)
    reduced = picture.resize((small_width, small_height), Image.Resampling.BOX)
    xs = _centres(small_width) * (width / small_width)
    ys = _centres(small_height) * (height / small_height)
    # Nothing lies beyond the edge, so that lines close there.
    (lines,) = _lines(xs, ys, np.pad(np.asarray(reduced, np.float32), 1), [127.5])
    return lines


def _is_island(line: Line, least: float) -> bool:
    """Whether a line is closed and smaller than this in both directions."""
    return bool((line[0] == line[-1]).all() and (np.ptp(line, axis=0) < least).all())


def _centres(count: int) -> NDArray[np.float64]:
    """Positions of pixels, with both ends of the row."""
    return np.concatenate(([0.0], np.arange(count) + 0.5, [float(count)]))


def _lines(
    xs: NDArray[np.float64],
    ys: NDArray[np.float64],
    values: NDArray[np.float32],
    levels: Sequence[float],
) -> list[tuple[Line, ...]]:
    # Imported late, because most pictures are looked at without lines.
    from contourpy import contour_generator  # noqa: PLC0415

    generator = contour_generator(xs, ys, values, name="serial", line_type="Separate")
    return [tuple(cast("list[Line]", generator.lines(level))) for level in levels]
