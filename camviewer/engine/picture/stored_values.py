"""Holds what a picture file stores, before anything is made of it for the eye."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import gcd
from typing import Any

import numpy as np
from numpy.typing import NDArray

RGB, GREY, BANDS = "rgb", "grey", "bands"
COLOURS = ("red", "green", "blue")
"""Names of the bands of pictures in colours, in their order."""

_MOST_RANKED = 4_000_000
"""Maximum number of values that percentiles of floating-point pictures are taken from; because
ranking more takes seconds and moves them by less than a hundredth of a per cent."""

_COUNTED_AT_ONCE = 4_000_000
"""Number of values; because each takes eight bytes more meanwhile."""

_LARGEST_16 = 2**16 - 1


@dataclass(frozen=True, eq=False)
class StoredValues:
    """What a picture file holds, before anything is made of it for the eye.

    Attributes:
        array: (H, W, C), C-contiguous, not writeable, upright; uint8, uint16 or float32. Values are
            in the file's units, after its own rescale (DICOM slope and intercept, TIFF scale and
            offset).
        bands: C names, "" where the file has none ("B8", "NIR", "DAPI").
        colour: ``rgb`` (C = 3, the colours of an eye), ``grey`` (C = 1) or ``bands``.
        stated_range: (low, high) of the input scale where the file itself says it: 0 to
            2**BitsStored - 1, SMinSampleValue and SMaxSampleValue, 0 to 255 for 8 bits; None where
            it says nothing.
        no_data: the value that means "nothing was measured"; None without one.
        windows: (name, centre, width) of each window that the file offers for the eye.
        unit: of the values ("HU", "m"), where the file says it.
        inverted: whether the file says that its lowest value is white. The values stay as stored;
            the eye and the network get them turned round, as every 8-bit picture is.
        other_no_data: further values that mean "nothing was measured", which a recipe names.
    """

    array: NDArray[Any]
    bands: tuple[str, ...]
    colour: str
    stated_range: tuple[float, float] | None = None
    no_data: float | None = None
    windows: tuple[tuple[str, float, float], ...] = ()
    unit: str = ""
    inverted: bool = False
    other_no_data: tuple[float, ...] = ()

    @property
    def count(self) -> int:
        """C, the number of bands."""
        return int(self.array.shape[2])

    @property
    def is_eight_bit(self) -> bool:
        """Whether the values are bytes."""
        return self.array.dtype == np.uint8

    @property
    def are_eye_colours(self) -> bool:
        """Whether the values are what the eye is shown: bytes of red, green and blue."""
        return self.is_eight_bit and self.colour == RGB

    @property
    def missing(self) -> tuple[float, ...]:
        """The values that mark places without data."""
        own = () if self.no_data is None else (self.no_data,)
        return own + self.other_no_data

    def with_no_data(self, no_data: float | None) -> StoredValues:
        """The same values with one more that marks places without data; None adds nothing.

        The result for the last value is kept, because its statistics take a moment.
        """
        if no_data is None or no_data in self.missing:
            return self
        found = self._last_with_no_data.get(no_data)
        if found is None:
            found = replace(self, other_no_data=(*self.other_no_data, no_data))
            self._last_with_no_data.clear()
            self._last_with_no_data[no_data] = found
        return found

    @cached_property
    def _last_with_no_data(self) -> dict[float, StoredValues]:
        return {}

    @property
    def is_measured(self) -> bool:
        """Whether ``statistics`` are known already; else they take a moment."""
        return "statistics" in vars(self)

    @cached_property
    def statistics(self) -> ValueStatistics:
        """Range, holes and percentiles of the values of all bands."""
        return value_statistics(self.array, self.missing)


@dataclass(frozen=True, eq=False)
class ValueStatistics:
    """What is known of a picture's values; values that are not finite or no data take no part.

    Attributes:
        low: smallest value; 0 where there is none.
        high: largest value; 0 where there is none.
        finite: number of values that count.
        not_finite: number of values that are NaN or infinite.
        no_data: number of values that mark places without data.
        ranked: the values that percentiles are taken from, rising; of bytes and 16 bits the numbers
            of each value, 256 or 65536.
        is_counted: whether ``ranked`` holds numbers of each value.
    """

    low: float
    high: float
    finite: int
    not_finite: int
    no_data: int
    ranked: NDArray[Any]
    is_counted: bool

    def percentile(self, share: float) -> float:
        """The smallest value that at least ``share`` (0 to 100) per cent of the values reach."""
        if not self.finite:
            return 0.0
        if self.is_counted:
            reached = np.cumsum(self.ranked)
            wanted = max(np.ceil(share / 100.0 * self.finite - 1e-9), 1)
            return float(np.searchsorted(reached, wanted))
        wanted = int(np.ceil(share / 100.0 * len(self.ranked) - 1e-9))
        return float(self.ranked[min(max(wanted - 1, 0), len(self.ranked) - 1)])

    def share_above(self, value: float) -> float:
        """Share of the values above a value, 0 to 1."""
        if not self.finite:
            return 0.0
        if self.is_counted:
            from_here = max(int(np.floor(value)) + 1, 0)
            return float(self.ranked[from_here:].sum() / self.finite)
        count = len(self.ranked) - int(np.searchsorted(self.ranked, value, side="right"))
        return count / len(self.ranked)

    def share_below(self, value: float) -> float:
        """Share of the values below a value, 0 to 1."""
        if not self.finite:
            return 0.0
        if self.is_counted:
            return float(self.ranked[: max(int(np.ceil(value)), 0)].sum() / self.finite)
        return int(np.searchsorted(self.ranked, value, side="left")) / len(self.ranked)


@dataclass(frozen=True, eq=False)
class DecodedValues:
    """One page of a picture file, as a reader gives it.

    Attributes:
        values: what the page holds.
        pages: how many pages or frames the file has; 1 where that cannot be told.
        page_names: of the pages, "" where the file has none; empty for one page.
        notes: what the user should know.
        damaged: whether parts could not be decoded.
        original_mode: how the file stores its pixels, in a word.
    """

    values: StoredValues
    pages: int = 1
    page_names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    damaged: bool = False
    original_mode: str = ""


def colours_as_values(pixels: NDArray[np.uint8]) -> StoredValues:
    """8-bit colours (H, W, 3) as values, without a copy."""
    return StoredValues(pixels, COLOURS, RGB, (0.0, 255.0))


def kept_type(array: NDArray[Any]) -> NDArray[Any]:
    """The same values as uint8, uint16 or float32, C-contiguous and not writeable.

    16 bits where every value is a whole number from 0 to 65535 without loss; floating point
    otherwise, which is exact for whole numbers up to 16,777,216.
    """
    if array.dtype in (np.uint8, np.uint16, np.float32):
        kept = np.ascontiguousarray(array, array.dtype.newbyteorder("="))
    elif array.dtype.kind in "iub" and (
        not array.size or (array.min() >= 0 and array.max() <= _LARGEST_16)
    ):
        kept = np.ascontiguousarray(array, np.uint16)
    else:
        with np.errstate(over="ignore"):
            kept = np.ascontiguousarray(array, np.float32)
    kept.flags.writeable = False
    return kept


def known_values(array: NDArray[Any], missing: Sequence[float]) -> NDArray[np.bool_] | None:
    """Where values are finite and do not mark places without data; None where all are."""
    known = None
    if array.dtype.kind == "f":
        finite = np.isfinite(array)
        known = None if finite.all() else finite
    for value in missing:
        measured = array != value
        known = measured if known is None else known & measured
        known = None if known.all() else known
    return known


def value_statistics(array: NDArray[Any], missing: Sequence[float]) -> ValueStatistics:
    """Counts or ranks the values of an array of any shape.

    Args:
        array: the values.
        missing: values that mark places without data.
    """
    if array.dtype in (np.uint8, np.uint16):
        return _counted(array, missing)
    low, high, finite, odd = np.inf, -np.inf, 0, 0
    for part in _parts(array):
        known = _known(part, missing)
        finite += known.size
        if known.size:
            low, high = min(low, float(known.min())), max(high, float(known.max()))
        if known.size < part.size:
            odd += part.size - int(np.isfinite(part).sum())
    holes = array.size - odd - finite
    if not finite:
        nothing = array.reshape(-1)[:0]
        return ValueStatistics(0.0, 0.0, 0, odd, holes, nothing, is_counted=False)
    step = -(-finite // _MOST_RANKED)
    while gcd(step, array.shape[-1]) > 1:
        step += 1  # interleaved bands would not all be met
    ranked = np.sort(_every(step, (_known(part, missing) for part in _parts(array))))
    return ValueStatistics(low, high, finite, odd, holes, ranked, is_counted=False)


def _parts(array: NDArray[Any]) -> Iterator[NDArray[Any]]:
    """The values of an array, some millions at a time: what is made of them takes memory, too."""
    flat = array.reshape(-1)
    for start in range(0, flat.size, _COUNTED_AT_ONCE):
        yield flat[start : start + _COUNTED_AT_ONCE]


def _known(part: NDArray[Any], missing: Sequence[float]) -> NDArray[Any]:
    known = known_values(part, missing)
    return part if known is None else part[known]


def _every(step: int, parts: Iterable[NDArray[Any]]) -> NDArray[Any]:
    """The first value of the parts taken together, and every ``step``-th behind it."""
    chosen, passed = [], 0
    for part in parts:
        chosen.append(part[-passed % step :: step])
        passed += part.size
    return np.concatenate(chosen)


def _counted(array: NDArray[Any], missing: Sequence[float]) -> ValueStatistics:
    size = 2 ** (8 * array.dtype.itemsize)
    counts = np.zeros(size, np.int64)
    for part in _parts(array):
        counts += np.bincount(part, minlength=size)
    holes = 0
    for value in missing:
        if value in range(len(counts)):
            holes += int(counts[int(value)])
            counts[int(value)] = 0
    there = np.flatnonzero(counts)
    low, high = (float(there[0]), float(there[-1])) if len(there) else (0.0, 0.0)
    return ValueStatistics(low, high, int(counts.sum()), 0, holes, counts, is_counted=True)
