"""Defines a region of the picture and its importance for a class, as plain frozen data."""

from __future__ import annotations

from dataclasses import dataclass

from camviewer.engine.results.messages import Explanation


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


@dataclass(frozen=True)
class LogitShare:
    """Where a class's logit comes from, exactly: inside + outside + bias is the logit.

    Attributes:
        inside: contribution of the cells inside the region, in logits.
        outside: contribution of the other cells.
        bias: bias of the class.
        logit: their sum.
    """

    inside: float
    outside: float
    bias: float
    logit: float


@dataclass(frozen=True, eq=False)
class RegionScore:
    """The importance of a region for a class.

    Attributes:
        explanation: the map.
        region: the region as drawn.
        area: the region's share of the network's input, 0 to 1.
        map_share: the region's share of the map's positive values, 0 to 1; None without any.
        share: the exact share of the logit; None if the map is no exact CAM.
        probability: probability of the class in the map's placement.
        inside_blurred: the same with the region blurred.
        outside_blurred: the same with everything else blurred.
    """

    explanation: Explanation
    region: Region
    area: float
    map_share: float | None
    share: LogitShare | None
    probability: float
    inside_blurred: float
    outside_blurred: float
