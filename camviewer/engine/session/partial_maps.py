"""Decides which maps of a method at work are shown."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter


@dataclass
class PartialMaps:
    """Shows maps so far at a pace that can be followed.

    Attributes:
        share_before: share of the work that was done before; it takes no time now.
        seconds: minimum time between two maps.
        latest: when the last one was shown, by ``perf_counter``.
    """

    share_before: float
    seconds: float
    latest: float

    def is_due(self, share: float) -> bool:
        """Whether a map of this share is to be shown now; True restarts the time."""
        now = perf_counter()
        if share <= self.share_before or now - self.latest <= self.seconds:
            return False
        self.latest = now
        return True
