"""Defines a part of a picture by its outline."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Region:
    """A part of the picture: a polygon in source pixels.

    Attributes:
        points: (x, y) of its corners, at least three.
    """

    points: tuple[tuple[float, float], ...]

    @classmethod
    def rectangle(cls, x: float, y: float, width: float, height: float) -> Region:
        """An upright rectangle by its upper left corner and its size."""
        right, bottom = x + width, y + height
        return cls(((x, y), (right, y), (right, bottom), (x, bottom)))

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """(left, top, right, bottom)."""
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def is_rectangle(self) -> bool:
        """Whether it is an upright rectangle."""
        left, top, right, bottom = self.bounds
        corners = {(left, top), (right, top), (right, bottom), (left, bottom)}
        return len(self.points) == 4 and set(self.points) == corners
