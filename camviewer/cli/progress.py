"""Shows the progress of a long command in one line of the terminal."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Self

from camviewer.cli.wording import on_one_line

_ERASE = "\r\x1b[K"
_WIDTH = 70


class Progress:
    """A progress line on stderr if that is a terminal; otherwise only announcements.

    Args:
        total: number of pictures; a single one has no progress line.
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
        """Shows the name of the next picture."""
        self._number += 1
        if self._total > 1:
            self.say(f"{self._number} of {self._total}: {name}")

    def say(self, words: str) -> None:
        """Replaces the text of the line."""
        if self._terminal:
            sys.stderr.write(_ERASE + on_one_line(words)[:_WIDTH])
            sys.stderr.flush()
            self._dirty = True

    def announce(self, words: str) -> None:
        """Announces long work, as a separate line if stderr is no terminal."""
        if self._terminal:
            self.say(words)
        else:
            sys.stderr.write(f"{words}\n")
            sys.stderr.flush()

    def clear(self) -> None:
        """Clears the line for other output."""
        if self._dirty:
            sys.stderr.write(_ERASE)
            sys.stderr.flush()
            self._dirty = False
