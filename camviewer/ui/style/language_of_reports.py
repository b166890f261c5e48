"""Gives reports the language of the window."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from camviewer.ui.style.engine_sentences import phrase
from camviewer.ui.style.names import target_words, unit_words
from camviewer.ui.style.translation import ENGLISH, THIN_SPACE, shown_language

if TYPE_CHECKING:
    from camviewer.engine.report import Language

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[-+]?\d+)?"
_NUMBER = re.compile(rf"[<>]?[-\N{{MINUS SIGN}}]?{_DIGITS}(?:%|×)?")
"""A number by itself, with its sign and what it is a number of."""
_PERCENTAGE = re.compile(rf"(?<![\w.,]){_DIGITS}%")
_LOCAL = str.maketrans({",": THIN_SPACE, ".": ",", "%": f"{THIN_SPACE}%"})


def report_language() -> Language:
    """What says the texts of a report in the language that the window speaks now."""
    from camviewer.engine.report import Language  # noqa: PLC0415  (imports jinja)

    code = shown_language()
    return Language() if code == ENGLISH else Language(code, report_words, target_words, in_digits)


def report_words(words: str) -> str:
    """What the engine says in a report, with the digits of the window's language in it."""
    unit = unit_words(words)
    return phrase(words, in_digits) if unit == words else unit


def in_digits(words: str) -> str:
    """Numbers as they are written where the comma is the decimal point: ``1 234,5``, ``3,1 %``.

    Args:
        words: as the engine writes them; of those that are no numbers, only percentages are.
    """
    parts = words.split(" ")
    if all(_NUMBER.fullmatch(part) for part in parts):
        return words.translate(_LOCAL)
    return _PERCENTAGE.sub(lambda number: number[0].translate(_LOCAL), words)
