"""Says what the engine says, which is English, in the window's language.

The engine knows neither Qt nor a language: its sentences are English wherever they go, to the
command line, into files, from one process to another. ``scripts/translations.py`` collects their
patterns into the catalogue, with ``{1}``, ``{2}`` where the engine puts in a value. A finished
sentence is recognised by its pattern, and its values are put into the German one. Phrases, which
are too short to be recognised, are translated before their places are filled.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from camviewer.engine.support import resource
from camviewer.ui.style.translation import ENGLISH, shown_language

CONTEXT = "engine"
"""The context of the engine's patterns in the catalogue."""
PHRASES = "phrases"
"""The context of what is translated before its places are filled, and of single words."""

_PLACE = re.compile(r"\{(\d+)\}")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?]) (?=[^a-z])")
_PIECES = re.compile(r"([,;:] )")
_ANY, _ANY_OR_NONE, _ENDED = "(.+?)", "(.*?)", r"(?![\w%]|\.\w)"
"""A value; one that may lack, because nothing parts it from what is before it; and that a word is
at its end, where another value follows at once."""
_DEEPEST = 3
"""How often a value may be a sentence with values itself."""


class _Pattern(NamedTuple):
    """A sentence with places.

    Attributes:
        matches: the finished sentence, with a group for each place.
        piece: the longest of its words between places, by which most sentences are ruled out.
        places: their numbers, in the order of the groups.
        letters: how many letters stand outside of the places.
        target: the translation, with the same places.
    """

    matches: re.Pattern[str]
    piece: str
    places: tuple[str, ...]
    letters: int
    target: str


def _as_it_is(number: str) -> str:
    return number


class _Catalogue(NamedTuple):
    """What the engine can say.

    Attributes:
        plain: sentences without places.
        patterns: those with places.
        number: writes a value that may have a number in it.
    """

    plain: dict[str, str]
    patterns: tuple[_Pattern, ...]
    number: Callable[[str], str] = _as_it_is


def phrase(words: str, number: Callable[[str], str] = _as_it_is) -> str:
    """A phrase of the engine, or a word that stands for itself, in the window's language.

    Args:
        words: as the engine has it; what is no phrase is taken for a sentence.
        number: as of ``translated``.
    """
    said = QCoreApplication.translate(PHRASES, words)
    return said if said != words else translated(words, number)


def translated(words: str, number: Callable[[str], str] = _as_it_is) -> str:
    """What the engine said, in the window's language; unchanged where it is not known.

    Args:
        words: a sentence, several of them, or lines of them, as the engine made them.
        number: writes the values of sentences that may have numbers in them; as in the window,
            with a point, without.
    """
    if shown_language() == ENGLISH or not words:
        return words
    catalogue = _catalogue(shown_language())._replace(number=number)
    return "\n".join(_line(line, catalogue) for line in words.split("\n"))


def _line(words: str, catalogue: _Catalogue) -> str:
    whole = _sentence(words, catalogue, 0)
    if whole is not None:
        return whole
    parts = _SENTENCE_ENDS.split(words)
    said: list[str] = []
    begin = 0
    while begin < len(parts):
        for end in range(len(parts), begin, -1):
            known = _sentence(" ".join(parts[begin:end]), catalogue, 0)
            if known is not None:
                said.append(known)
                begin = end
                break
        else:
            said.append(parts[begin])
            begin += 1
    return " ".join(said)


def _sentence(words: str, catalogue: _Catalogue, depth: int) -> str | None:
    """The translation of one sentence; None where no pattern is its own."""
    plain = catalogue.plain.get(words)
    if plain is not None:
        return plain
    for pattern in catalogue.patterns:
        if pattern.piece not in words:
            continue
        found = pattern.matches.fullmatch(words)
        if found is None:
            continue
        said = [_value(value, catalogue, depth + 1) for value in found.groups()]
        return _filled(pattern.target, dict(zip(pattern.places, said, strict=True)))
    return None


def _value(words: str, catalogue: _Catalogue, depth: int) -> str:
    """A value of a sentence, which may be words of the engine itself."""
    known = _sentence(words, catalogue, depth) if depth <= _DEEPEST else None
    if known is not None:
        return known
    # A list: of each piece that the engine has words of its own for.
    pieces = _PIECES.split(words)
    return "".join(catalogue.plain.get(piece) or catalogue.number(piece) for piece in pieces)


def _filled(target: str, values: dict[str, str]) -> str:
    return _PLACE.sub(lambda place: values[place[1]], target)


@cache
def _catalogue(language: str) -> _Catalogue:
    from defusedxml.ElementTree import parse  # noqa: PLC0415  (start-up)

    tree = parse(resource("translations", f"camviewer_{language}.ts"))
    plain: dict[str, str] = {}
    patterns: list[_Pattern] = []
    for context in tree.iter("context"):
        if context.findtext("name") != CONTEXT:
            continue
        for message in context.iter("message"):
            source, target = message.findtext("source"), message.findtext("translation")
            if not source or not target:
                continue
            if _PLACE.search(source):
                patterns.append(_pattern(source, target))
            else:
                plain[source] = target
    # Of two that match, the one with more letters of its own is meant.
    patterns.sort(key=lambda pattern: -pattern.letters)
    return _Catalogue(plain, tuple(patterns))


def _pattern(source: str, target: str) -> _Pattern:
    pieces = _PLACE.split(source)
    words, places = pieces[::2], pieces[1::2]
    matches = re.escape(words[0])
    for before, following in pairwise(words):
        may_lack = matches and (not before or before[-1].isalnum())
        matches += (_ANY_OR_NONE if may_lack else _ANY) + (re.escape(following) or _ENDED)
    piece = max(words, key=len)
    letters = sum(map(len, words))
    return _Pattern(re.compile(matches, re.DOTALL), piece, tuple(places), letters, target)
