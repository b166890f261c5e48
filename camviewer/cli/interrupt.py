"""Lets Ctrl-C end long work cleanly, and a second Ctrl-C end it at once."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from camviewer.cli.progress import Progress


@contextmanager
def stopped_by_interrupt(
    stop: Callable[[], object], progress: Progress, words: str
) -> Iterator[None]:
    """The first Ctrl-C within asks the work to stop, the second raises KeyboardInterrupt.

    Args:
        stop: asks the work to stop.
        progress: says so.
        words: what it says.
    """

    def end(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        progress.say(words)
        stop()

    former = signal.signal(signal.SIGINT, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)
