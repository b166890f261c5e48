"""Lets another thread cancel or stop long work, which polls between and inside batches."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from camviewer.engine.errors import Cancelled


class Stopped(Exception):  # noqa: N818  (not an error: what was made so far is wanted)
    """Raised inside the engine to end work early and keep its result so far."""


@dataclass(frozen=True)
class Cancellation:
    """Two events with which another thread ends work.

    Attributes:
        cancelled: ends it without a result.
        stopped: ends it with the result so far.
    """

    cancelled: threading.Event | None = None
    stopped: threading.Event | None = None

    def check(self) -> None:
        """Raises an exception if the work must end.

        Raises:
            Cancelled: the work must end without a result.
            Stopped: the work must end with the result so far.
        """
        if self.cancelled is not None and self.cancelled.is_set():
            raise Cancelled
        if self.stopped is not None and self.stopped.is_set():
            raise Stopped
