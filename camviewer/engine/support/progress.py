"""Long work says how far it is, and asks whether it is still wanted."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from camviewer.engine.errors import Cancelled

Report = Callable[[float, str], None]
"""Called with the share that is done, 0 to 1, and what is being done."""

_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Progress:
    """A stretch of work between two shares of the whole.

    Attributes:
        report: told of every step.
        cancelled: polled at every step.
        start: the whole's share that is done when this stretch begins.
        end: the share when it ends.
    """

    report: Report | None = None
    cancelled: threading.Event | None = None
    start: float = 0.0
    end: float = 1.0

    def at(self, share: float, words: str = "") -> None:
        """This share of the stretch is done; ``words`` say what comes next.

        Raises:
            Cancelled: nobody wants it any more.
        """
        if self.cancelled is not None and self.cancelled.is_set():
            raise Cancelled
        if self.report is not None:
            self.report(self.start + (self.end - self.start) * share, words)

    def part(self, start: float, end: float) -> Progress:
        """A stretch within this one."""
        length = self.end - self.start
        return replace(self, start=self.start + length * start, end=self.start + length * end)

    def over(self, items: Iterable[_Item], count: int, words: str = "") -> Iterator[_Item]:
        """The items, one step each.

        Raises:
            Cancelled: nobody wants it any more.
        """
        for number, item in enumerate(items):
            self.at(number / max(count, 1), words)
            yield item


NO_PROGRESS = Progress()
"""Nobody asks how far it is, and nobody stops it."""
