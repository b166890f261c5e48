"""Finds what is connected by pairs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_Numbers = NDArray[np.intp]


def lowest_connected(count: int, first: _Numbers, second: _Numbers) -> _Numbers:
    """The lowest number that each of ``count`` things is connected with, itself or another.

    Pairs hand on the lower label, and labels are followed to their ends, until nothing changes.

    Args:
        count: things, numbered from 0.
        first: (P,) one thing of each pair.
        second: (P,) the other one.

    Returns:
        (count,), the same number for all things that are connected.
    """
    labels = np.arange(count)
    while True:
        lower = np.minimum(labels[first], labels[second])
        found = labels.copy()
        np.minimum.at(found, labels[first], lower)
        np.minimum.at(found, labels[second], lower)
        found = found[found]
        if np.array_equal(found, labels):
            return labels
        labels = found
