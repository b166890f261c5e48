"""Says how far the evidence of one map lies from that of another, whatever their grids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.geometry.cell_grid import GridGeometry
from camviewer.engine.geometry.coverage import cell_borders, common_lengths
from camviewer.engine.geometry.geometry import Box
from camviewer.engine.results.heatmap import NOISE_SHARE, Heatmap

_Floats = NDArray[np.float64]
_Numbers = NDArray[np.intp]

_FIELDS_AT_ONCE = 2_000_000
"""Fields of the common frame that are reckoned with together, because of memory: about 100 MB."""

_FINEST = 96
"""Maximum side of a drawn difference, in cells."""


@dataclass(frozen=True, eq=False)
class PlacedMaps:
    """Maps of one shape, each with the borders of its cells.

    Attributes:
        values: float (N, h, w), raw.
        xs: (N, w + 1) borders of the columns, rising, in source pixels.
        ys: (N, h + 1) borders of the rows.
        noise: (N,) a range up to this is rounding noise.
    """

    values: NDArray[np.float32]
    xs: _Floats
    ys: _Floats
    noise: _Floats

    def part(self, chosen: slice | _Numbers) -> PlacedMaps:
        """Some of them."""
        return PlacedMaps(self.values[chosen], self.xs[chosen], self.ys[chosen], self.noise[chosen])


@dataclass(frozen=True, eq=False)
class Distances:
    """How far evidence moved between pairs of maps; NaN where one of the two has none.

    Attributes:
        moved: (N,) total variation distance of the evidence, 0 to 1.
        centre: (N,) distance of the centres of evidence, as a share of the picture's diagonal.
        correlation: (N,) Pearson's, -1 to 1; NaN, too, where evidence is even all over.
        strongest: (N,) the largest difference of a place, where 1 is the evidence that each place
            would have if it were spread evenly over both maps' extents.
    """

    moved: _Floats
    centre: _Floats
    correlation: _Floats
    strongest: _Floats


def distances(first: PlacedMaps, second: PlacedMaps, diagonals: _Floats) -> Distances:
    """How far the evidence moved between pairs of maps.

    Evidence is what a map has above 0. It is brought to a sum of 1 and spread evenly over the area
    of each cell, as drawn. The borders of both grids cut the picture into fields in which neither
    map changes, so the distances are exact for any two grids: nothing is interpolated.

    The total variation distance, half the sum of all absolute differences, is the share of the
    evidence that would have to be moved to make one of the other (Levin, Peres and Wilmer, Markov
    Chains and Mixing Times, 2nd ed., chapter 4). It does not say how far: the distance of the
    centres does, and is a lower bound of the mean way (the earth mover's distance).

    Args:
        first: N maps.
        second: N maps of the same pictures.
        diagonals: (N,) of the pictures, in source pixels.
    """
    count = len(diagonals)
    found = np.full((4, count), np.nan)
    shows = np.flatnonzero(_has_evidence(first) & _has_evidence(second))
    alike = _on_one_grid(first, second)
    for same in (True, False):
        group = shows[alike[shows] == same]
        for part in _parts(group, first, second):
            found[:, part] = _of_part(
                first.part(part), second.part(part), diagonals[part], same=same
            )
    return Distances(*found)


def difference_map(first: Heatmap, second: Heatmap) -> Heatmap | None:
    """Where the second map has more evidence than the first (above 0), and where less.

    Both are brought to a sum of 1; a value of 1 is what each place would have if evidence were
    spread evenly over both extents. Two maps on one grid keep it; others are brought to a common,
    finer grid, each cell of which has the mean over its area.

    Returns:
        None where one of the two has no evidence.
    """
    pair = placed(first), placed(second)
    if not all(_has_evidence(maps)[0] for maps in pair):
        return None
    geometry = first.geometry
    if not _on_one_grid(*pair)[0]:
        geometry = _common_grid(first.geometry, second.geometry)
    xs, ys = cell_borders(geometry)
    area = geometry.extent.width * geometry.extent.height
    before, after = (_mean_density(maps, xs, ys) * area for maps in pair)
    values = (after - before).astype(np.float32)
    values.flags.writeable = False
    return Heatmap(values, geometry, "× even spread")


def placed(heatmap: Heatmap) -> PlacedMaps:
    """One map with the borders of its cells."""
    xs, ys = cell_borders(heatmap.geometry)
    noise = np.array([NOISE_SHARE * heatmap.noise_scale])
    return PlacedMaps(heatmap.values[None], xs[None], ys[None], noise)


def _has_evidence(maps: PlacedMaps) -> NDArray[np.bool_]:
    """(N,) whether a map has anything above 0 that is no rounding noise."""
    flat = maps.values.reshape(len(maps.values), -1)
    high, low = flat.max(1), flat.min(1)
    differs = high - low > maps.noise if flat.shape[1] > 1 else np.True_
    is_drawn = _masses(maps).sum((1, 2)) > 0.0
    shows: NDArray[np.bool_] = (high > maps.noise) & (high > 0.0) & differs & is_drawn
    return shows


def _masses(maps: PlacedMaps) -> _Floats:
    """(N, h, w): evidence in each cell; cells without an area have none, as they are not drawn."""
    drawn = np.diff(maps.ys)[:, :, None] * np.diff(maps.xs)[:, None, :] > 0.0
    evidence = np.clip(maps.values.astype(np.float64), 0.0, None)
    return np.where(drawn, evidence, 0.0)


def _densities(maps: PlacedMaps) -> _Floats:
    """(N, h, w): evidence of a sum of 1 per area."""
    masses = _masses(maps)
    areas = np.diff(maps.ys)[:, :, None] * np.diff(maps.xs)[:, None, :]
    totals = masses.sum((1, 2))[:, None, None]
    found: _Floats = np.divide(masses, areas * totals, out=np.zeros_like(masses), where=masses > 0)
    return found


def _parts(group: _Numbers, first: PlacedMaps, second: PlacedMaps) -> Iterator[_Numbers]:
    fields = (first.xs.shape[1] + second.xs.shape[1]) * (first.ys.shape[1] + second.ys.shape[1])
    step = max(_FIELDS_AT_ONCE // fields, 1)
    for start in range(0, len(group), step):
        yield group[start : start + step]


def _of_part(
    first: PlacedMaps, second: PlacedMaps, diagonals: _Floats, *, same: bool
) -> tuple[_Floats, ...]:
    """What ``Distances`` has, of pairs that all have evidence."""
    one, other = _densities(first), _densities(second)
    xs, ys = first.xs, first.ys
    if not same:
        xs = np.sort(np.concatenate([first.xs, second.xs], axis=1), axis=1)
        ys = np.sort(np.concatenate([first.ys, second.ys], axis=1), axis=1)
        one, other = _refined(one, first, xs, ys), _refined(other, second, xs, ys)
    wide, high = np.diff(xs), np.diff(ys)
    areas = high[:, :, None] * wide[:, None, :]
    whole = areas.sum((1, 2))
    difference = np.abs(other - one)
    strongest = np.where(areas > 0.0, difference, 0.0).max((1, 2)) * whole
    moved = 0.5 * (difference * areas).sum((1, 2))
    change = (other - one) * areas
    middle_x, middle_y = xs[:, :-1] + wide / 2, ys[:, :-1] + high / 2
    aside = (change.sum(1) * middle_x).sum(1)
    down = (change.sum(2) * middle_y).sum(1)
    together = (one * other * areas).sum((1, 2)) * whole - 1.0
    spread = [(each * each * areas).sum((1, 2)) * whole - 1.0 for each in (one, other)]
    product = np.sqrt(np.clip(spread[0], 0.0, None) * np.clip(spread[1], 0.0, None))
    even = product <= 1e-9
    correlation = np.where(even, np.nan, together / np.where(even, 1.0, product))
    return (
        np.clip(moved, 0.0, 1.0),
        np.hypot(aside, down) / diagonals,
        np.clip(correlation, -1.0, 1.0),
        strongest,
    )


def _refined(values: _Floats, maps: PlacedMaps, xs: _Floats, ys: _Floats) -> _Floats:
    """Values of cells (N, h, w) on the fields between other borders; 0 beyond the map."""
    columns, rows = _cells_of(xs, maps.xs), _cells_of(ys, maps.ys)
    padded = np.pad(values, ((0, 0), (0, 1), (0, 1)))
    each = np.arange(len(values))[:, None, None]
    found: _Floats = padded[each, rows[:, :, None], columns[:, None, :]]
    return found


def _cells_of(fine: _Floats, coarse: _Floats) -> _Numbers:
    """(N, fields): the cell that each field lies in; the number of cells where in none."""
    middles = (fine[:, :-1] + fine[:, 1:]) / 2
    cells = coarse.shape[1] - 1
    found: _Numbers = (middles[:, :, None] >= coarse[:, None, :]).sum(2) - 1
    return np.where((found < 0) | (found >= cells), cells, found)


def _on_one_grid(first: PlacedMaps, second: PlacedMaps) -> NDArray[np.bool_]:
    """(N,) whether both maps of a pair have the same cells."""
    if first.values.shape != second.values.shape:
        return np.zeros(len(first.values), np.bool_)
    same: NDArray[np.bool_] = (first.xs == second.xs).all(1) & (first.ys == second.ys).all(1)
    return same


def _common_grid(one: GridGeometry, other: GridGeometry) -> GridGeometry:
    """A regular grid over both extents, half as wide as the narrower cells."""
    mine, theirs = one.extent, other.extent
    extent = Box(
        min(mine.left, theirs.left),
        min(mine.top, theirs.top),
        max(mine.right, theirs.right),
        max(mine.bottom, theirs.bottom),
    )
    columns, rows = (
        int(np.clip(np.ceil(2.0 * length / min(steps)), 1, _FINEST))
        for length, steps in (
            (extent.width, (one.pitch[0], other.pitch[0])),
            (extent.height, (one.pitch[1], other.pitch[1])),
        )
    )
    pitch = extent.width / columns, extent.height / rows
    return GridGeometry(
        shape=(rows, columns),
        origin=(extent.left + pitch[0] / 2, extent.top + pitch[1] / 2),
        pitch=pitch,
        extent=extent,
        stride=pitch,
        offset=(0.0, 0.0),
        measured=False,
    )


def _mean_density(maps: PlacedMaps, xs: _Floats, ys: _Floats) -> _Floats:
    """(rows, columns): the mean density of one map over each cell of a grid."""
    across, down = common_lengths(xs, maps.xs[0]), common_lengths(ys, maps.ys[0])
    masses: _Floats = down @ _densities(maps)[0] @ across.T
    areas = np.outer(np.diff(ys), np.diff(xs))
    found: _Floats = np.divide(masses, areas, out=np.zeros_like(masses), where=areas > 0.0)
    return found
