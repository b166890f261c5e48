"""Lets other threads pause, resume or cancel long work."""

from __future__ import annotations

import threading
from collections.abc import Callable

from camviewer.engine.errors import Cancelled


class Control:
    """Requests to long work, which polls them between its steps; any thread may set them.

    Args:
        paused_changed: called in the work's thread when it pauses and when it resumes.
    """

    def __init__(self, paused_changed: Callable[[bool], None] | None = None) -> None:
        self._stop = threading.Event()
        self._go = threading.Event()
        self._go.set()
        self._paused_changed = paused_changed

    @property
    def is_paused(self) -> bool:
        """Whether the work is to wait before its next step."""
        return not self._go.is_set()

    @property
    def is_cancelled(self) -> bool:
        """Whether the work is to end before its next step."""
        return self._stop.is_set()

    def pause(self) -> None:
        """Pauses the work before its next step."""
        self._go.clear()

    def resume(self) -> None:
        """Resumes the work."""
        self._go.set()

    def cancel(self) -> None:
        """Cancels the work before its next step."""
        self._stop.set()
        self._go.set()

    def wait_while_paused(self) -> None:
        """Returns at once, or when the work is resumed or cancelled."""
        if self.is_paused and not self.is_cancelled:
            self._on_event(paused=True)
            self._go.wait()
            self._on_event(paused=False)

    def check(self) -> None:
        """Waits while the work is paused.

        Raises:
            Cancelled: the work was cancelled.
        """
        self.wait_while_paused()
        if self.is_cancelled:
            raise Cancelled

    def _on_event(self, *, paused: bool) -> None:
        if self._paused_changed is not None:
            self._paused_changed(paused)
