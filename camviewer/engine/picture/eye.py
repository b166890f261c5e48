"""Makes 8-bit colours for the eye from stored values; the network is never fed these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.picture.decoding import bands
from camviewer.engine.picture.stored_values import StoredValues, known_values

_OUTLIERS = 0.1
"""Largest share of outliers at either end of a picture's values, in per cent."""

_FAR = 0.5
"""Least distance of outliers from all other values, in ranges of these."""


@dataclass(frozen=True)
class EyeWindow:
    """The values that are shown from black to white.

    Attributes:
        low: shown black, with everything below.
        high: shown white, with everything above.
        inverted: whether black and white are exchanged.
        gamma: brightness of the middle: shown is ``share ** (1 / gamma)``.
    """

    low: float
    high: float
    inverted: bool = False
    gamma: float = 1.0


def automatic_window(values: StoredValues) -> EyeWindow:
    """From the smallest to the largest value, without outliers that would hide all others.

    Outliers are up to 0.1% of the values at either end that lie farther from the rest than half of
    the rest's range.
    """
    found = values.statistics
    low, high = found.low, found.high
    inner_low, inner_high = found.percentile(_OUTLIERS), found.percentile(100.0 - _OUTLIERS)
    reach = _FAR * (inner_high - inner_low)
    if reach > 0 and low < inner_low - reach:
        low = inner_low
    if reach > 0 and high > inner_high + reach:
        high = inner_high
    return EyeWindow(low, high, values.inverted)


def default_window(values: StoredValues) -> EyeWindow:
    """The window that a picture is opened with: the file's first one, or the automatic one."""
    if values.are_eye_colours:
        return EyeWindow(0.0, 255.0)
    if values.windows:
        _, centre, width = values.windows[0]
        return EyeWindow(centre - width / 2, centre + width / 2, values.inverted)
    return automatic_window(values)


def default_shown_bands(values: StoredValues) -> tuple[int, ...]:
    """Indices of the bands that a picture is opened with: three as colours, or one as grey."""
    return (0, 1, 2) if values.count >= 3 else (0,)


def shown_pixels(
    values: StoredValues, window: EyeWindow | None = None, shown: tuple[int, ...] | None = None
) -> NDArray[np.uint8]:
    """The picture for the eye: uint8 RGB (H, W, 3), C-contiguous, not writeable.

    Args:
        values: what the file holds.
        window: the values from black to white; the default one when None.
        shown: indices of three bands, as red, green and blue, or of one; the first when None.

    Values that are not finite, or mark places without data, are black.
    """
    window = window or default_window(values)
    shown = shown or default_shown_bands(values)
    if values.are_eye_colours and shown == (0, 1, 2) and window == EyeWindow(0.0, 255.0):
        pixels: NDArray[np.uint8] = values.array
        return pixels
    height, width = values.array.shape[:2]
    made = np.empty((height, width, 3), np.uint8)
    table = None
    if values.array.dtype.kind == "u":  # each of at most 65,536 values is computed once
        table = _shown_part(_every_value(values.array.dtype), values.missing, window)
    for band in bands(height, width):
        part = values.array[band][..., list(shown)]
        made[band] = _shown_part(part, values.missing, window) if table is None else table[part]
    made.flags.writeable = False
    return made


def window_words(values: StoredValues, window: EyeWindow, kind: str) -> str:
    """Says what is shown from black to white, and how many values there are not.

    Args:
        values: what the file holds.
        window: that it is shown with.
        kind: of the file's values, such as ``16-bit grey``.
    """
    found = values.statistics
    holes = hole_words(values)
    if not found.finite:
        return f"{kind}: no value is known.{holes}"
    if found.low == found.high:
        return f"{kind}: all values are {_plain(found.low)}, shown black.{holes}"
    ends = "white to black" if window.inverted else "black to white"
    shown = f"{_plain(window.low)} to {_plain(window.high)}"
    beyond = ""
    if found.low < window.low or found.high > window.high:
        beyond = f" They reach from {_plain(found.low)} to {_plain(found.high)}."
    return f"{kind}: values {shown} are shown from {ends}.{beyond}{holes}"


def _plain(value: float) -> str:
    """A number without separators: ``4095``, ``-0.25``."""
    return f"{value:.0f}" if value == int(value) else f"{value:g}"


def hole_words(values: StoredValues) -> str:
    """Sentences about values that are not shown, because they are none; a blank before each."""
    found = values.statistics
    words = f" {found.not_finite:,} values are not finite numbers." if found.not_finite else ""
    if found.no_data and values.no_data is not None:
        holes = "1 value marks" if found.no_data == 1 else f"{found.no_data:,} values mark"
        words += f" {holes} places without data ({values.no_data:g}), shown black."
    return words


def _every_value(type_: np.dtype[Any]) -> NDArray[Any]:
    return np.arange(np.iinfo(type_).max + 1).astype(type_)


def _shown_part(
    part: NDArray[Any], missing: Sequence[float], window: EyeWindow
) -> NDArray[np.uint8]:
    """Values of any shape as uint8 from black to white."""
    # Doubles, because the difference of the largest floats overflows; in place to save memory.
    share = part.astype(np.float64)
    share -= window.low
    share *= 1.0 / ((window.high - window.low) or 1.0)
    np.nan_to_num(share, copy=False, nan=0.0, posinf=1.0, neginf=0.0)
    np.clip(share, 0.0, 1.0, out=share)
    if window.gamma != 1.0:
        np.power(share, 1.0 / window.gamma, out=share)
    if window.inverted:
        np.subtract(1.0, share, out=share)
    share *= 255.0
    share += 0.5
    grey = share.astype(np.uint8)
    known = known_values(part, missing)
    if known is not None:
        grey[~known & ~np.isposinf(part)] = 0
    return grey
