"""Says how stored values become the numbers from 0 to 1 that a recipe normalises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from math import isfinite
from typing import Any

from camviewer.engine.errors import CamviewerError

MOST_BANDS = 100_000
"""Maximum number of a picture's band."""

LOWEST_PERCENTILE, HIGHEST_PERCENTILE = 0.1, 99.9

_NO_DATA, _UNCLIPPED = "no-data", "unclipped"


class ScaleKind(StrEnum):
    """Where the two ends of the scale come from.

    ``AUTO`` takes what the file says, else a usual depth. ``DEPTH`` takes the file's whole depth.
    ``RANGE`` takes two numbers in the file's units. ``PERCENTILES`` and ``EXTREMES`` look at each
    picture by itself.
    """

    AUTO = "auto"
    DEPTH = "depth"
    RANGE = "range"
    PERCENTILES = "percentiles"
    EXTREMES = "extremes"


@dataclass(frozen=True)
class InputScale:
    """The scale from stored values to 0 to 1, before mean and deviation.

    Attributes:
        kind: where the ends come from.
        low: becomes 0: a value in the file's units, or a percentile (0 to 100). Of ``AUTO`` it
            holds where the file says nothing, if it is below ``high``; for the other kinds it is of
            no use.
        high: becomes 1, likewise.
        clipped: whether values beyond the ends become 0 and 1.
        no_data: a value that means "nothing was measured", beside the one that a file states; None
            without one.
    """

    kind: ScaleKind = ScaleKind.AUTO
    low: float = 0.0
    high: float = 0.0
    clipped: bool = True
    no_data: float | None = None

    @property
    def has_ends(self) -> bool:
        """Whether ``low`` and ``high`` hold for every file."""
        return self.kind in (ScaleKind.RANGE, ScaleKind.PERCENTILES)

    @property
    def has_fallback(self) -> bool:
        """Whether ``low`` and ``high`` hold for files that say nothing."""
        return self.kind is ScaleKind.AUTO and self.low < self.high


AUTOMATIC = InputScale()


@dataclass(frozen=True)
class InputChoice:
    """What somebody chose for one command or run, beside a model's own recipe.

    Attributes:
        bands: numbers of bands from 1; empty for the recipe's.
        scale: how stored values become 0 to 1; None for the recipe's.
    """

    bands: tuple[int, ...] = ()
    scale: InputScale | None = None


def percentile_scale(
    low: float = LOWEST_PERCENTILE, high: float = HIGHEST_PERCENTILE
) -> InputScale:
    """The scale between two percentiles of each picture."""
    return InputScale(ScaleKind.PERCENTILES, low, high)


def require_scale(scale: InputScale) -> None:
    """Checks that a scale can be carried out.

    Raises:
        CamviewerError: its ends are equal or in the wrong order, or no percentiles.
    """
    if not scale.has_ends:
        return
    if not (isfinite(scale.low) and isfinite(scale.high) and scale.low < scale.high):
        raise CamviewerError(
            f"Values from {scale.low:g} to {scale.high:g} are no range.",
            "Give the smaller number first.",
        )
    if scale.kind is ScaleKind.PERCENTILES and not (scale.low >= 0.0 and scale.high <= 100.0):
        raise CamviewerError(
            f"{scale.low:g} and {scale.high:g} are no percentiles.", "Choose 0 to 100."
        )


def scale_record(scale: InputScale) -> dict[str, Any]:
    """A scale as plain data, without what does not count."""
    record: dict[str, Any] = {"kind": scale.kind.value}
    if scale.has_ends or scale.has_fallback:
        record |= {"low": scale.low, "high": scale.high}
    if not scale.clipped:
        record["clipped"] = False
    if scale.no_data is not None:
        record["no_data"] = scale.no_data
    return record


def scale_of(record: Mapping[str, Any]) -> InputScale:
    """The scale of ``scale_record``.

    Raises:
        TypeError: a field is unknown.
        ValueError: it is of no known kind.
    """
    return InputScale(**{**record, "kind": ScaleKind(record.get("kind", ScaleKind.AUTO))})


def scale_of_words(words: str) -> InputScale:
    """The scale of ``auto``, ``depth``, ``0,4095``, ``percentiles:1,99`` or ``extremes``.

    Behind it may stand ``;no-data=-9999`` and ``;unclipped``.

    Raises:
        CamviewerError: it is none of these.
    """
    range_words, *further = words.strip().lower().split(";")
    scale = _range_of_words(range_words.strip(), words)
    for part in further:
        name, _, value = part.strip().partition("=")
        if name == _UNCLIPPED and not value:
            scale = replace(scale, clipped=False)
        elif name == _NO_DATA:
            scale = replace(scale, no_data=_number_of_words(value, words))
        else:
            raise _no_scale(words)
    return scale


def _number_of_words(number: str, words: str) -> float:
    try:
        return float(number)
    except ValueError:
        raise _no_scale(words) from None


def _range_of_words(range_words: str, words: str) -> InputScale:
    kind, _, ends = range_words.partition(":")
    if not ends and kind in (ScaleKind.AUTO, ScaleKind.DEPTH, ScaleKind.EXTREMES):
        return InputScale(ScaleKind(kind))
    if not ends and kind == ScaleKind.PERCENTILES:
        return percentile_scale()
    is_range = not ends or kind == ScaleKind.RANGE
    if not is_range and kind != ScaleKind.PERCENTILES:
        raise _no_scale(words)
    try:
        low, high = (float(part) for part in (ends or kind).replace(",", " ").split())
    except ValueError:
        raise _no_scale(words) from None
    scale = InputScale(ScaleKind.RANGE if is_range else ScaleKind.PERCENTILES, low, high)
    require_scale(scale)
    return scale


def bands_of_words(words: str) -> tuple[int, ...]:
    """Numbers of bands, from 1, of ``8, 4, 3``.

    Raises:
        CamviewerError: they are no such numbers.
    """
    parts = [part for part in words.replace(",", " ").split() if part]
    if not parts or not all(part.isdecimal() and 0 < int(part) <= MOST_BANDS for part in parts):
        raise CamviewerError(
            f"{words!r} is no list of bands.", "Give their numbers from 1, such as 8,4,3."
        )
    return tuple(int(part) for part in parts)


def scale_words(scale: InputScale) -> str:
    """The words of ``scale_of_words``."""
    ends = f"{scale.low:.9g},{scale.high:.9g}"
    said = scale.kind.value
    if scale.has_ends:
        said = ends if scale.kind is ScaleKind.RANGE else f"{said}:{ends}"
    if scale.no_data is not None:
        said = f"{said};{_NO_DATA}={scale.no_data:.9g}"
    return said if scale.clipped else f"{said};{_UNCLIPPED}"


def _no_scale(words: str) -> CamviewerError:
    return CamviewerError(
        f"{words!r} says no range of values.",
        "Give auto, depth, two values such as 0,4095, percentiles:0.1,99.9, or extremes; behind it "
        "may stand ;no-data=-9999 and ;unclipped.",
    )
