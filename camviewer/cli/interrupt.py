"""Lets Ctrl-C, or another program, end long work cleanly."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from camviewer.cli.progress import Progress
from camviewer.engine.support import Control


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


def follow_commands(control: Control) -> None:
    """Follows the words pause, resume and cancel from stdin, in a thread of its own.

    The work is cancelled at the end of stdin, because then the program that began it has gone.
    """

    def follow() -> None:
        commands = {"pause": control.pause, "resume": control.resume, "cancel": control.cancel}
        for line in sys.stdin or ():
            command = commands.get(line.strip())
            if command is not None:
                command()
        control.cancel()

    threading.Thread(target=follow, daemon=True).start()
