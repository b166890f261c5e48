"""Numbers that say where a map's evidence lies, without looking at it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.geometry.geometry import Box, GridGeometry
from camviewer.engine.render.overlay import field
from camviewer.engine.results.heatmap import Evidence, Heatmap

_Numbers = NDArray[np.intp]

_BOX_SHARE = 0.2
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


def map_statistics(heatmap: Heatmap, trained: Box) -> MapStatistics:
    """Measures a map.

    Args:
        heatmap: the raw map.
        trained: what the model's own recipe shows it of the picture, in source pixels.
    """
    values = heatmap.values.astype(np.float64)
    positive = np.clip(values, 0.0, None)
    absolute, evidence = float(np.abs(values).sum()), float(positive.sum())
    total = float(values.sum())
    share = evidence / absolute if absolute > 0.0 else None
    if heatmap.evidence is not Evidence.POSITIVE:
        return MapStatistics(total, share)
    cells = _cells(heatmap.geometry, trained)
    weights = positive / evidence
    mean_x, mean_y = float((weights * cells.x).sum()), float((weights * cells.y).sum())
    variance = float((weights * ((cells.x - mean_x) ** 2 + (cells.y - mean_y) ** 2)).sum())
    place = int(heatmap.values.argmax())
    return MapStatistics(
        total=total,
        positive_share=share,
        peak=(float(cells.x.flat[place]), float(cells.y.flat[place])),
        box=evidence_box(heatmap),
        spread=variance**0.5,
        border_share=1.0 - float(weights[1:-1, 1:-1].sum()),
        outside_share=float(weights[cells.outside].sum()),
    )


def evidence_box(heatmap: Heatmap, share: float = _BOX_SHARE) -> Box | None:
    """The box around the largest connected part of at least a share of the maximum.

    Zhou et al. cut the enlarged map at 20% of its maximum and take the largest connected part.

    Args:
        heatmap: the raw map.
        share: of the enlarged map's maximum, 0 to 1.

    Returns:
        In source pixels; None where the map has no positive value.
    """
    extent = heatmap.geometry.extent
    if extent.width <= 0 or extent.height <= 0:
        return None
    scale = min(_BOX_PIXELS / max(extent.width, extent.height), 1.0)
    height, width = (max(round(side * scale), 1) for side in (extent.height, extent.width))
    enlarged = field(heatmap, (height, width))
    most = float(enlarged.max())
    if most <= 0.0:
        return None
    left, top, right, bottom = _largest_part(enlarged >= share * most)
    per_x, per_y = extent.width / width, extent.height / height
    return Box(
        extent.left + left * per_x,
        extent.top + top * per_y,
        extent.left + right * per_x,
        extent.top + bottom * per_y,
    )


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
    rows, columns = geometry.shape
    x = geometry.origin[0] + np.arange(columns) * geometry.pitch[0]
    y = geometry.origin[1] + np.arange(rows) * geometry.pitch[1]
    x = np.clip(x, geometry.extent.left, geometry.extent.right)
    y = np.clip(y, geometry.extent.top, geometry.extent.bottom)
    across, down = np.meshgrid(x, y)
    inside = (across >= trained.left) & (across < trained.right)
    inside &= (down >= trained.top) & (down < trained.bottom)
    return _Cells(across, down, ~inside)


def _largest_part(mask: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    """(left, top, right, bottom) of the part with most pixels; neighbours may touch by a corner.

    Rows are cut into runs, and runs of neighbouring rows that touch are joined.
    """
    rows, starts, stops = _runs(mask)
    # Runs are sorted, so those of the next row that a run touches follow each other.
    line = mask.shape[1] + 2
    below = (rows + 1) * line
    firsts = np.searchsorted(rows * line + stops, below + starts)
    lasts = np.searchsorted(rows * line + starts, below + stops, side="right")
    touched = np.maximum(lasts - firsts, 0)
    if len(rows) == rows[-1] - rows[0] + 1 and touched[:-1].all():  # one part, a run in each row
        return int(starts.min()), int(rows[0]), int(stops.max()), int(rows[-1]) + 1
    number = np.arange(len(rows))
    upper = number.repeat(touched)
    within = np.arange(len(upper)) - (np.cumsum(touched) - touched).repeat(touched)
    labels = _joined(len(rows), upper, firsts.repeat(touched) + within)
    sizes = np.bincount(labels, weights=stops - starts)
    part = labels == sizes.argmax()
    return (
        int(starts[part].min()),
        int(rows[part].min()),
        int(stops[part].max()),
        int(rows[part].max()) + 1,
    )


def _joined(count: int, first: _Numbers, second: _Numbers) -> _Numbers:
    """The lowest number that each of ``count`` things is joined with by pairs, itself or another.

    Pairs hand on the lower label, and labels are followed to their ends, until nothing changes.
    """
    labels = np.arange(count)
    while True:
        lower = np.minimum(labels[first], labels[second])
        found = labels.copy()
        np.minimum.at(found, labels[first], lower)
        np.minimum.at(found, labels[second], lower)
        found = found[found]
        if np.array_equal(found, labels):
            return labels
        labels = found


def _runs(mask: NDArray[np.bool_]) -> tuple[_Numbers, _Numbers, _Numbers]:
    """(row, first column, column behind the last) of each stretch of set pixels."""
    padded = np.zeros((mask.shape[0], mask.shape[1] + 2), np.int8)
    padded[:, 1:-1] = mask
    changes = padded[:, 1:] - padded[:, :-1]
    rows, starts = np.nonzero(changes == 1)
    _, stops = np.nonzero(changes == -1)
    return rows, starts, stops
