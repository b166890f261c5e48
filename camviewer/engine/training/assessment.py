"""How well a classifier does on pictures that it was not trained on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Assessment:
    """What was predicted, against what is true.

    Attributes:
        confusion: [true class][predicted class] pictures.
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
    """Counts how often each class was taken for each."""
    counts = [[0] * classes for _ in range(classes)]
    for label, guess in zip(labels, predicted, strict=True):
        counts[label][guess] += 1
    return Assessment(tuple(map(tuple, counts)))
