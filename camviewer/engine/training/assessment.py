"""Computes accuracy and confusion matrix on validation pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Assessment:
    """Predicted classes compared with the true ones.

    Attributes:
        confusion: number of pictures by [true class][predicted class].
    """

    confusion: tuple[tuple[int, ...], ...]

    @property
    def accuracy(self) -> float:
        """The share of pictures whose class was found, 0 to 1."""
        right = sum(row[index] for index, row in enumerate(self.confusion))
        return right / max(sum(map(sum, self.confusion)), 1)

    @property
    def class_accuracy(self) -> tuple[float, ...]:
        """The share of each class's pictures that were found, 0 to 1."""
        return tuple(row[index] / max(sum(row), 1) for index, row in enumerate(self.confusion))


def assess(labels: Sequence[int], predicted: Sequence[int], classes: int) -> Assessment:
    """Counts the pictures of each pair of true and predicted class."""
    counts = [[0] * classes for _ in range(classes)]
    for label, guess in zip(labels, predicted, strict=True):
        counts[label][guess] += 1
    return Assessment(tuple(map(tuple, counts)))
