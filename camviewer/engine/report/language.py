"""Defines the language of a report, which is English unless who asks for it brings another one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

_PLACE = re.compile(r"\{(\d+)\}")


def _unchanged(words: str) -> str:
    return words


@dataclass(frozen=True)
class Language:
    """Says in another language what the engine says in English.

    Attributes:
        code: of the language, as web pages name it.
        words: a sentence of the engine, or a pattern with places ``{1}``, ``{2}``, in the language.
        subject: the same of what is explained in place of a class, as in ``against tabby``.
        number: English digits, with their sign or unit, as the language writes them.
    """

    code: str = "en"
    words: Callable[[str], str] = _unchanged
    subject: Callable[[str], str] = _unchanged
    number: Callable[[str], str] = _unchanged

    def say(self, pattern: str, *values: object) -> str:
        """A pattern in the language, with values at its places.

        Args:
            pattern: in English, as a literal, so that it is found and translated.
            values: in the order of their places, as they are to be read.
        """
        said = self.words(pattern)
        return _PLACE.sub(lambda place: str(values[int(place[1]) - 1]), said) if values else said

    def sentences(self, lines: Iterable[str]) -> tuple[str, ...]:
        """Finished sentences of the engine, in the language."""
        return tuple(self.words(line) for line in lines)

    def count(self, number: int) -> str:
        """Gives ``12,345`` as the language writes it."""
        return self.number(f"{number:,}")


ENGLISH = Language()
"""What the engine speaks by itself, as do the command line and the interface for Python."""
