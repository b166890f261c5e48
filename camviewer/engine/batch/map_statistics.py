"""Numbers that say where a map's evidence lies, without looking at it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.geometry.cell_grid import GridGeometry
from camviewer.engine.geometry.geometry import Box
from camviewer.engine.render.overlay import enlarging
from camviewer.engine.results.heatmap import Evidence, Heatmap
from camviewer.engine.support.connected_parts import lowest_connected

_Numbers = NDArray[np.intp]

BOX_SHARE = 0.2
"""Threshold of a box, as a share of the maximum (Zhou et al., Learning Deep Features for
Discriminative Localization, 2016)."""

_BOX_PIXELS = 128
"""Maximum side, in pixels, of the enlarged map that a box is read from."""


_KEPT_GRIDS = 64
"""Maximum number of grids whose cells are kept; because pictures of one size share theirs."""


@dataclass(frozen=True)
class MapStatistics:
    """Where the evidence of one map lies; evidence is what the map has above 0.

    Attributes:
        total: sum over all cells.
        positive_share: of all absolute values, 0 to 1; None for a map of zeros.
        peak: (x, y) where the cell with the largest value looks, in source pixels.
        box: around the largest connected part that reaches 20% of the maximum, in source pixels.
        spread: root mean square distance of the evidence from its mean, in source pixels.
        border_share: the evidence's share in the outermost cells.
        outside_share: its share in cells that look outside the trained crop.

    All but ``total`` and ``positive_share`` are None for a map without evidence.
    """

    total: float
    positive_share: float | None
    peak: tuple[float, float] | None = None
    box: Box | None = None
    spread: float | None = None
    border_share: float | None = None
    outside_share: float | None = None


def map_statistics(heatmaps: Sequence[Heatmap], trained: Box) -> list[MapStatistics]:
    """Measures maps; those of one picture together take little longer than one.

    Args:
        heatmaps: raw maps.
        trained: what the model's own recipe shows it of the picture, in source pixels.
    """
    found: list[MapStatistics] = []
    for geometry, group in groupby(heatmaps, attrgetter("geometry")):
        found += _of_one_grid(geometry, list(group), trained)
    return found


def _of_one_grid(
    geometry: GridGeometry, heatmaps: Sequence[Heatmap], trained: Box
) -> Iterator[MapStatistics]:
    values = np.stack([heatmap.values for heatmap in heatmaps]).astype(np.float64)
    positive = np.clip(values, 0.0, None)
    cells = _cells(geometry, trained)
    totals, absolute, evidence = (each.sum((1, 2)) for each in (values, np.abs(values), positive))
    with np.errstate(invalid="ignore"):  # maps without evidence, whose shares are left out below
        weights = positive / evidence[:, None, None]
        means_x, means_y = (weights * cells.x).sum((1, 2)), (weights * cells.y).sum((1, 2))
        away = (cells.x - means_x[:, None, None]) ** 2 + (cells.y - means_y[:, None, None]) ** 2
        spreads = (weights * away).sum((1, 2)) ** 0.5
        border = 1.0 - weights[:, 1:-1, 1:-1].sum((1, 2))
        outside = (weights * cells.outside).sum((1, 2))
    peaks = values.reshape(len(values), -1).argmax(1)
    boxes = evidence_boxes(heatmaps)
    for number, heatmap in enumerate(heatmaps):
        total = float(totals[number])
        share = float(evidence[number] / absolute[number]) if absolute[number] > 0.0 else None
        if heatmap.evidence is not Evidence.POSITIVE:
            yield MapStatistics(total, share)
            continue
        place = peaks[number]
        yield MapStatistics(
            total=total,
            positive_share=share,
            peak=(float(cells.x.flat[place]), float(cells.y.flat[place])),
            box=boxes[number],
            spread=float(spreads[number]),
            border_share=float(border[number]),
            outside_share=float(outside[number]),
        )


def evidence_box(heatmap: Heatmap, share: float = BOX_SHARE) -> Box | None:
    """The box of one map; see ``evidence_boxes``."""
    return evidence_boxes([heatmap], share)[0]


def evidence_boxes(heatmaps: Sequence[Heatmap], share: float = BOX_SHARE) -> list[Box | None]:
    """The boxes around the largest connected parts of at least a share of each map's maximum.

    Zhou et al. cut the enlarged map at 20% of its maximum and take the largest connected part.

    Args:
        heatmaps: raw maps of one grid.
        share: of the enlarged map's maximum, 0 to 1.

    Returns:
        In source pixels; None for a map without a positive value.
    """
    geometry = heatmaps[0].geometry
    extent = geometry.extent
    if extent.width <= 0 or extent.height <= 0:
        return [None] * len(heatmaps)
    scale = min(_BOX_PIXELS / max(extent.width, extent.height), 1.0)
    height, width = (max(round(side * scale), 1) for side in (extent.height, extent.width))
    down, across = enlarging(geometry, (height, width))
    values = np.stack([heatmap.values for heatmap in heatmaps])
    enlarged = down @ values @ across.T
    # A map's own maximum, because the bicubic filter overshoots.
    most = np.minimum(enlarged.max((1, 2)), values.max((1, 2)))
    masks = enlarged >= (np.float32(share) * most)[:, None, None]
    masks[most <= 0.0] = False
    per_x, per_y = extent.width / width, extent.height / height
    return [
        None
        if part is None
        else Box(
            extent.left + part[0] * per_x,
            extent.top + part[1] * per_y,
            extent.left + part[2] * per_x,
            extent.top + part[3] * per_y,
        )
        for part in _largest_parts(masks)
    ]


@dataclass(frozen=True, eq=False)
class _Cells:
    """Where the cells of a grid look.

    Attributes:
        x: (h, w) in source pixels; those beyond the extent on its edge.
        y: the same, downwards.
        outside: (h, w), whether they look outside the trained crop.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    outside: NDArray[np.bool_]


@lru_cache(maxsize=_KEPT_GRIDS)
def _cells(geometry: GridGeometry, trained: Box) -> _Cells:
    x, y = geometry.centre_lines()
    x = np.clip(x, geometry.extent.left, geometry.extent.right)
    y = np.clip(y, geometry.extent.top, geometry.extent.bottom)
    across, down = np.meshgrid(x, y)
    inside = (across >= trained.left) & (across < trained.right)
    inside &= (down >= trained.top) & (down < trained.bottom)
    return _Cells(across, down, ~inside)


_Sides = tuple[int, int, int, int]


def _largest_parts(masks: NDArray[np.bool_]) -> Iterator[_Sides | None]:
    """(left, top, right, bottom) of the part with most pixels of each mask (N, h, w).

    Neighbours may touch by a corner. The masks lie below each other with an empty row between.
    Rows are cut into runs, and runs of neighbouring rows that touch are joined.
    """
    count, height, width = masks.shape
    pile = np.zeros((count, height + 1, width), np.bool_)
    pile[:, :height] = masks
    rows, starts, stops = _runs(pile.reshape(-1, width))
    # Runs are sorted, so those of the next row that a run touches follow each other.
    line = width + 2
    below = (rows + 1) * line
    firsts = np.searchsorted(rows * line + stops, below + starts)
    lasts = np.searchsorted(rows * line + starts, below + stops, side="right")
    touched = np.maximum(lasts - firsts, 0)
    upper = np.arange(len(rows)).repeat(touched)
    within = np.arange(len(upper)) - (np.cumsum(touched) - touched).repeat(touched)
    labels = lowest_connected(len(rows), upper, firsts.repeat(touched) + within)
    sizes = np.bincount(labels, weights=stops - starts, minlength=len(rows))
    ends = np.searchsorted(rows, np.arange(count + 1) * (height + 1))
    for number, (first, last) in enumerate(pairwise(ends)):
        if first == last:
            yield None
            continue
        part = first + np.flatnonzero(labels[first:last] == first + sizes[first:last].argmax())
        top = number * (height + 1)
        yield (
            int(starts[part].min()),
            int(rows[part[0]]) - top,
            int(stops[part].max()),
            int(rows[part[-1]]) + 1 - top,
        )


def _runs(mask: NDArray[np.bool_]) -> tuple[_Numbers, _Numbers, _Numbers]:
    """(row, first column, column behind the last) of each stretch of set pixels."""
    padded = np.zeros((mask.shape[0], mask.shape[1] + 2), np.bool_)
    padded[:, 1:-1] = mask
    changes = np.flatnonzero(padded[:, 1:] != padded[:, :-1])
    rows, starts = np.divmod(changes[::2], mask.shape[1] + 1)
    return rows, starts, changes[1::2] - rows * (mask.shape[1] + 1)
