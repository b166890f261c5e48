"""Writes values of maps as words."""

from __future__ import annotations


def number_words(value: float) -> str:
    """A number with three significant digits, without needless zeros: 0.042, 3.1, 27, 1230."""
    if value == 0.0:
        return "0"
    words = f"{value:.3g}"
    if "e" in words and 1e-4 <= abs(value) < 1e6:
        words = f"{value:.0f}"
    return words.replace("-", "\N{MINUS SIGN}")
