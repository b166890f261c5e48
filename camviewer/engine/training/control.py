"""Lets other threads pause, resume or cancel a running training."""

from __future__ import annotations

import threading
from collections.abc import Callable

from camviewer.engine.errors import Cancelled


class Control:
    """Requests to the training, which polls them between batches; any thread may set them.

    Args:
        paused_changed: called in the training's thread when it pauses and when it resumes.
    """

    def __init__(self, paused_changed: Callable[[bool], None] | None = None) -> None:
        self._stop = threading.Event()
        self._go = threading.Event()
        self._go.set()
        self._paused_changed = paused_changed

    def pause(self) -> None:
        """Pauses the training before its next batch."""
        self._go.clear()

    def resume(self) -> None:
        """Resumes the training."""
        self._go.set()

    def cancel(self) -> None:
        """Cancels the training before its next batch."""
        self._stop.set()
        self._go.set()

    def check(self) -> None:
        """Waits while the training is paused.

        Raises:
            Cancelled: the training was cancelled.
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
