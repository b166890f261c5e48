"""Defines the importance of a region for a class, as plain frozen data."""

from __future__ import annotations

from dataclasses import dataclass

from camviewer.engine.geometry.region import Region
from camviewer.engine.results.messages import Explanation


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
        probability: probability of the class, or score of the target, in the map's placement.
        inside_blurred: the same with the region blurred.
        outside_blurred: the same with everything else blurred.
        is_probability: whether these are probabilities, and not scores of another target.
    """

    explanation: Explanation
    region: Region
    area: float
    map_share: float | None
    share: LogitShare | None
    probability: float
    inside_blurred: float
    outside_blurred: float
    is_probability: bool = True
