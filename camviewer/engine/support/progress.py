"""Reports the progress of long work and polls for its cancellation."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from camviewer.engine.errors import Cancelled

Report = Callable[[float, str], None]
"""Called with the share that is done, 0 to 1, and the current step in words."""

_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Progress:
    """The progress of a part of some work.

    Attributes:
        report: called at every step.
        cancelled: polled at every step.
        start: share of the whole work that is done when this part begins.
        end: share of the whole work that is done when this part ends.
    """

    report: Report | None = None
    cancelled: threading.Event | None = None
    start: float = 0.0
    end: float = 1.0

    def at(self, share: float, words: str = "") -> None:
        """Reports the share of this part that is done, and the next step in words.

        Raises:
            Cancelled: the work was cancelled.
        """
        if self.cancelled is not None and self.cancelled.is_set():
            raise Cancelled
        if self.report is not None:
            self.report(self.start + (self.end - self.start) * share, words)

    def part(self, start: float, end: float) -> Progress:
        """The progress of a smaller part within this one."""
        length = self.end - self.start
        return replace(self, start=self.start + length * start, end=self.start + length * end)

    def over(self, items: Iterable[_Item], count: int, words: str = "") -> Iterator[_Item]:
        """Yields the items and reports a step for each.

        Raises:
            Cancelled: the work was cancelled.
        """
        for number, item in enumerate(items):
            self.at(number / max(count, 1), words)
            yield item


NO_PROGRESS = Progress()
"""Progress without reports and cancellation."""
