"""Counts how often a picture has which values, for a histogram on the screen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.picture.input_range import InputRange
from camviewer.engine.picture.stored_values import StoredValues

_BINS = 128
_INNER = 0.1, 99.9
"""Percentiles that the histogram reaches to; values far beyond would squeeze all others."""

_MARGIN = 0.05
"""Room beside the range and the percentiles, as a share of what lies between."""


@dataclass(frozen=True, eq=False)
class ValueHistogram:
    """How often values lie in bins of equal width.

    Attributes:
        counts: of each bin.
        low: lower end of the first bin, in the file's units.
        high: upper end of the last bin.
        range: the values that become 0 and 1.
        unit: of the values.
    """

    counts: NDArray[np.int64]
    low: float
    high: float
    range: InputRange
    unit: str = ""


def value_histogram(values: StoredValues, shown: InputRange, bins: int = _BINS) -> ValueHistogram:
    """The histogram of all bands, from below the range and the values to above them.

    Args:
        values: of the picture.
        shown: the range that is to be seen in it.
        bins: at most; fewer where whole numbers leave no more.
    """
    found = values.statistics
    low, high = (found.percentile(share) for share in _INNER)
    low, high = min(low, shown.low), max(high, shown.high)
    margin = _MARGIN * (high - low) or 1.0
    low, high = low - margin, high + margin
    if not found.is_counted:
        edges = np.linspace(low, high, bins + 1)
        counts = np.diff(np.searchsorted(found.ranked, edges))
        return ValueHistogram(counts.astype(np.int64), low, high, shown, values.unit)
    # Every bin has the same number of whole values, or some would stand out for nothing.
    width = max(int(np.ceil((high - low) / bins)), 1)
    low = float(np.floor(low)) - 0.5
    bins = int(np.ceil((high - low) / width))
    there = np.flatnonzero(found.ranked)
    counts, _ = np.histogram(
        there, bins=bins, range=(low, low + width * bins), weights=found.ranked[there]
    )
    return ValueHistogram(counts.astype(np.int64), low, low + width * bins, shown, values.unit)
