"""Reports how far a map is, for scripts that show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from camviewer.engine.results import Explanation

_SMALLEST_SHARE = 1e-3
"""Share from which the remaining time is estimated; because nothing can be told of less."""


@dataclass(frozen=True)
class MapProgress:
    """How far a map is, as ``Model.explain`` reports it.

    Attributes:
        share: of the passes that are done, 0 to 1.
        seconds_left: estimated.
        explanation: the map so far; None before the first.
        measured_layer: the layer for which it is measured where its cells look, once for each
            model; empty at other times.
    """

    share: float
    seconds_left: float
    explanation: Explanation | None = None
    measured_layer: str = ""

    @classmethod
    def of(cls, explanation: Explanation) -> Self:
        """The progress of a map of which a part is done."""
        share = max(explanation.share, _SMALLEST_SHARE)
        return cls(share, explanation.milliseconds / 1000 * (1 / share - 1), explanation)
