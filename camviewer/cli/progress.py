"""One line on the terminal that says how far a long command is."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Self

_ERASE = "\r\x1b[K"
_WIDTH = 70


class Progress:
    """Shows a line on stderr while it is a terminal; otherwise only what is announced.

    Args:
        total: how many pictures there are; one alone needs no progress.
    """

    def __init__(self, total: int) -> None:
        self._total = total
        self._number = 0
        self._terminal = sys.stderr.isatty()
        self._dirty = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.clear()

    def show(self, name: str) -> None:
        """The next picture is at work."""
        self._number += 1
        if self._total > 1:
            self.say(f"{self._number} of {self._total}: {name}")

    def say(self, words: str) -> None:
        """Shows other words in the same line."""
        if self._terminal:
            printable = "".join(letter if letter.isprintable() else "?" for letter in words)
            sys.stderr.write(_ERASE + printable[:_WIDTH])
            sys.stderr.flush()
            self._dirty = True

    def announce(self, words: str) -> None:
        """Says what takes long even where nobody would see the line change: as one of its own."""
        if self._terminal:
            self.say(words)
        else:
            sys.stderr.write(f"{words}\n")
            sys.stderr.flush()

    def clear(self) -> None:
        """Makes room for other output."""
        if self._dirty:
            sys.stderr.write(_ERASE)
            sys.stderr.flush()
            self._dirty = False
