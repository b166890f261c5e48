"""Writes values of maps, and shares in per cent, as words."""

from __future__ import annotations


def number_words(value: float) -> str:
    """A number with three significant digits, without needless zeros: 0.042, 3.1, 27, 1230."""
    if value == 0.0:
        return "0"
    words = f"{value:.3g}"
    if "e" in words and 1e-4 <= abs(value) < 1e6:
        words = f"{value:.0f}"
    return words.replace("-", "\N{MINUS SIGN}")


def percent_words(share: float) -> str:
    """A share, 0 to 1, in per cent with one digit behind the point, never rounded to 0 or 100."""
    return f"{percent_digits(share)}%"


def percent_digits(share: float) -> str:
    """The same without the sign, for a column of percentages."""
    if 0.0 < share < 0.0005:
        return "<0.1"
    if 0.9995 <= share < 1.0:
        return ">99.9"
    return f"{100.0 * share:.1f}"


def share_words(share: float) -> str:
    """The same without a digit behind the point that is 0: 95%."""
    return f"{percent_digits(share).removesuffix('.0')}%"
