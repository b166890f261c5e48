"""How a running training is told to wait, to go on, or to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable

from camviewer.engine.errors import Cancelled


class Control:
    """Set from any thread; the training looks at it between batches.

    Args:
        paused_changed: called in the training's thread as it begins to wait, and as it goes on.
    """

    def __init__(self, paused_changed: Callable[[bool], None] | None = None) -> None:
        self._stop = threading.Event()
        self._go = threading.Event()
        self._go.set()
        self._paused_changed = paused_changed

    def pause(self) -> None:
        """Waits at the next batch."""
        self._go.clear()

    def resume(self) -> None:
        """Goes on."""
        self._go.set()

    def cancel(self) -> None:
        """Stops at the next batch."""
        self._stop.set()
        self._go.set()

    def check(self) -> None:
        """Waits while it is to wait.

        Raises:
            Cancelled: the training is to stop.
        """
        if not self._go.is_set() and not self._stop.is_set():
            self._on_event(paused=True)
            self._go.wait()
            self._on_event(paused=False)
        if self._stop.is_set():
            raise Cancelled

    def _on_event(self, *, paused: bool) -> None:
        if self._paused_changed is not None:
            self._paused_changed(paused)
