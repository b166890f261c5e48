"""Whether long work is still wanted: it is polled between batches, and inside long ones."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from camviewer.engine.errors import Cancelled


class Stopped(Exception):  # noqa: N818  (not an error: what was made so far is wanted)
    """Raised by the engine when its work was told to end early."""


@dataclass(frozen=True)
class Cancellation:
    """The two ways in which work may be ended from another thread.

    Attributes:
        cancelled: nobody wants the result any more.
        stopped: the result is wanted as far as it is made.
    """

    cancelled: threading.Event | None = None
    stopped: threading.Event | None = None

    def check(self) -> None:
        """Goes on, or raises.

        Raises:
            Cancelled: nobody wants the result any more.
            Stopped: the result is wanted as it is.
        """
        if self.cancelled is not None and self.cancelled.is_set():
            raise Cancelled
        if self.stopped is not None and self.stopped.is_set():
            raise Stopped
