"""Finds the range of stored values that a network is fed as 0 to 1, and says how it was found."""

from __future__ import annotations

from dataclasses import dataclass

from camviewer.engine.geometry.input_scale import (
    HIGHEST_PERCENTILE,
    LOWEST_PERCENTILE,
    InputScale,
    ScaleKind,
)
from camviewer.engine.picture.stored_values import StoredValues

DEPTHS = (8, 10, 12, 14, 16)
"""Usual depths of sensors, in bits."""

_HELD = 0.999
"""Least share of the values that a depth must hold; so that a few hot pixels decide nothing."""

_MOST_BEYOND = 0.5
"""Largest share of a picture's values beyond a range that it shares with other pictures."""


_DIGITS, _LARGE = 4, 1e7
"""Digits of numbers that are no whole ones, and from where on powers of ten are shorter."""


_BYTE_STEPS = 255.0
"""From this width on a fixed range is of stored values, and not of shares: all shares of 0 to 1
would be one step of 8 bits of it."""


@dataclass(frozen=True)
class InputRange:
    """The stored values that become 0 and 1.

    Attributes:
        low: becomes 0, in the file's units.
        high: becomes 1.
        words: how the range was found, to stand behind its numbers.
        is_assumed: whether nobody says it, neither the file nor the recipe nor the user.
        type: of the values that it was found for, such as ``uint16``; only these can share it.
    """

    low: float
    high: float
    words: str
    is_assumed: bool = False
    type: str = ""

    @property
    def numbers(self) -> str:
        """``0 to 4,095``."""
        return f"{in_digits(self.low)} to {in_digits(self.high)}"

    def fits(self, values: StoredValues) -> bool:
        """Whether a range of another picture may hold for these values.

        At least half of them must lie in one that is assumed, or the network would be fed little
        but its ends. One that the user chose for these pictures holds.
        """
        if values.stated_range is not None or self.type != type_name(values):
            return False
        if not self.is_assumed:
            return True
        found = values.statistics
        return found.share_below(self.low) + found.share_above(self.high) <= _MOST_BEYOND


def in_digits(value: float) -> str:
    """A number of a file's units in four digits, or whole: ``4,095``, ``-0.25``, ``1.5e+07``."""
    if abs(value) >= _LARGE:
        return f"{value:.4g}"
    if value == int(value) or abs(value) >= 10.0 ** (_DIGITS - 1):
        return f"{round(value):,}"
    return f"{value:.{_DIGITS}g}"


def type_name(values: StoredValues) -> str:
    """``uint8``, ``uint16`` or ``float32``."""
    return str(values.array.dtype)


def chosen_range(low: float, high: float, type_: str) -> InputRange:
    """The range that the user chose for the pictures of a folder whose values are of this type."""
    return InputRange(low, high, "as chosen for the pictures of this folder", type=type_)


def input_range(
    values: StoredValues, scale: InputScale, kept: InputRange | None = None
) -> InputRange:
    """The range of a picture under a recipe's scale.

    Args:
        values: of the picture.
        scale: of the recipe.
        kept: what was found for another picture of the folder, which holds for all of them.
    """
    values = values.with_no_data(scale.no_data)
    if scale.kind in (ScaleKind.AUTO, ScaleKind.DEPTH):
        return _of_the_file(values, scale, kept)
    if scale.kind is ScaleKind.RANGE:
        if _are_shares(values) and scale.high - scale.low >= _BYTE_STEPS:
            fixed = f"{in_digits(scale.low)} to {in_digits(scale.high)}"
            words = f"as they are, because the preprocessing's {fixed} is for stored values"
            return InputRange(0.0, 1.0, words)
        return InputRange(scale.low, scale.high, "as the model's preprocessing says")
    if scale.kind is ScaleKind.PERCENTILES:
        return _percentiles(values, scale.low, scale.high, is_assumed=False)
    found = values.statistics
    words = "this picture's own smallest and largest value, as the preprocessing says"
    return InputRange(found.low, found.high, words)


def _are_shares(values: StoredValues) -> bool:
    """Whether it is said of floating-point values that they are shares of 0 to 1."""
    return values.array.dtype.kind == "f" and values.stated_range == (0.0, 1.0)


def _of_the_file(values: StoredValues, scale: InputScale, kept: InputRange | None) -> InputRange:
    if values.stated_range is not None:
        return InputRange(*values.stated_range, "as the file says")
    if scale.kind is ScaleKind.DEPTH:
        return _whole_depth(values)
    if scale.has_fallback:
        words = "that of the pictures that the model was trained with"
        return InputRange(scale.low, scale.high, words)
    if kept is not None and kept.fits(values):
        return kept
    return assumed_range(values)


def assumed_range(values: StoredValues) -> InputRange:
    """The range where neither the file nor the recipe says one.

    Whole numbers: the smallest usual depth that holds 99.9% of the values. Floating point: 0 to 1
    where 99.9% of the values lie there, else the percentiles 0.1 and 99.9. Never the picture's own
    extremes, which one pixel decides.
    """
    found = values.statistics
    if values.array.dtype.kind == "u":
        for bits in DEPTHS:
            top = float(2**bits - 1)
            if bits == DEPTHS[-1] or found.share_above(top) <= 1.0 - _HELD:
                words = f"{bits} bits, the smallest usual depth that holds 99.9% of the values"
                return InputRange(0.0, top, words, is_assumed=True, type=type_name(values))
    outside = found.share_below(0.0) + found.share_above(1.0)
    if outside <= 1.0 - _HELD:
        return InputRange(0.0, 1.0, "as they are", is_assumed=True, type=type_name(values))
    return _percentiles(values, LOWEST_PERCENTILE, HIGHEST_PERCENTILE, is_assumed=True)


def _whole_depth(values: StoredValues) -> InputRange:
    kind = values.array.dtype
    if kind.kind != "u":
        return InputRange(0.0, 1.0, "as they are")
    bits = 8 * kind.itemsize
    return InputRange(0.0, float(2**bits - 1), f"the file's {bits} bits")


def _percentiles(values: StoredValues, low: float, high: float, *, is_assumed: bool) -> InputRange:
    found = values.statistics
    words = f"the percentiles {low:g} and {high:g}"
    words += ", because nothing says the range" if is_assumed else " of this picture"
    ends = found.percentile(low), found.percentile(high)
    return InputRange(*ends, words, is_assumed=is_assumed, type=type_name(values))
