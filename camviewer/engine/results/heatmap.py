"""Defines the heatmap: raw values on a layer's grid, with geometry and unit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from camviewer.engine.geometry.cell_grid import GridGeometry

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NOISE_SHARE = 1e-5
"""Range of values, as a share of the largest possible value of a cell, below which it is rounding
noise."""


class Evidence(StrEnum):
    """Whether a map has anything to show."""

    POSITIVE = "positive"
    ONLY_NEGATIVE = "only negative"
    FLAT = "flat"


@dataclass(frozen=True)
class SpokenClass:
    """A class that a concept supports.

    Attributes:
        index: index of the class.
        name: its label.
        rise: rise of its logit when the tail network gets the concept in place of zeros.
    """

    index: int
    name: str
    rise: float


@dataclass(frozen=True, eq=False)
class Concept:
    """One of the components of a layer's activations.

    Attributes:
        values: float32 (h, w), >= 0, its strength in each cell; not writeable.
        share: its share of all concepts, 0 to 1.
        classes: the classes that it supports most, strongest first.
    """

    values: NDArray[np.float32]
    share: float
    classes: tuple[SpokenClass, ...]


@dataclass(frozen=True, eq=False)
class Heatmap:
    """Raw values of one class on one layer's grid.

    Attributes:
        values: float32 (h, w), signed, never normalised, not writeable.
        geometry: where the cells look, in source pixels.
        unit: what one value means, for example ``logit``.
        noise_scale: size of the terms that were summed for a value; a range far below it is
            rounding noise.
        coloured: share of the values whose size the colours tell apart, 0 to 1: a few pixels that
            are far larger would leave the others without colour.
    """

    values: NDArray[np.float32]
    geometry: GridGeometry
    unit: str
    noise_scale: float = 0.0
    coloured: float = 1.0

    @cached_property
    def low(self) -> float:
        """The smallest value."""
        return float(self.values.min())

    @cached_property
    def high(self) -> float:
        """The largest value."""
        return float(self.values.max())

    @cached_property
    def largest_coloured(self) -> float:
        """The size at the end of the colours."""
        largest = max(abs(self.low), abs(self.high))
        if self.coloured == 1.0:
            return largest
        import numpy as np  # noqa: PLC0415  (start-up)

        return float(np.quantile(np.abs(self.values), self.coloured)) or largest

    @cached_property
    def evidence(self) -> Evidence:
        """Which kind of evidence the values contain."""
        largest = max(abs(self.low), abs(self.high))
        if largest <= NOISE_SHARE * self.noise_scale or largest == 0.0:
            return Evidence.FLAT
        if self.high <= NOISE_SHARE * self.noise_scale:
            return Evidence.ONLY_NEGATIVE
        if self.values.size > 1 and self.high - self.low <= NOISE_SHARE * self.noise_scale:
            return Evidence.FLAT
        return Evidence.POSITIVE

    def value_at(self, x: float, y: float) -> float | None:
        """The value of the cell that looks at a source pixel; None outside the map."""
        cell = self.geometry.cell_at(x, y)
        return None if cell is None else float(self.values[cell])
