"""Finds the classes of one model among those of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.batch.class_names import ClassNames


@dataclass(frozen=True, eq=False)
class JointClasses:
    """The classes of two models together; those of the first keep their indices.

    Attributes:
        labels: of the first model, and behind them those of the second that the first has not.
        first_count: how many classes the first model has.
        of_second: (K,) the index in ``labels`` of each class of the second model.
    """

    labels: tuple[str, ...]
    first_count: int
    of_second: NDArray[np.int32]

    @property
    def shared(self) -> NDArray[np.int32]:
        """The indices of the classes that both models have."""
        return self.of_second[self.of_second < self.first_count]


def joint_classes(first: Sequence[str], second: Sequence[str]) -> JointClasses:
    """Joins classes by their names, as a run finds true classes: in any case, or by WordNet's id.

    Models with the same list have the same classes, even where two of them share a name.
    """
    if tuple(first) == tuple(second):
        return JointClasses(tuple(first), len(first), np.arange(len(first), dtype=np.int32))
    names, labels, places = ClassNames(first), list(first), []
    taken: set[int] = set()
    for label in second:
        # A bare number would be taken for an index, which says nothing of another model's class.
        found = None if label.isdecimal() and label not in first else names.index(label)
        if found is None or found in taken:
            found = len(labels)
            labels.append(label)
        taken.add(found)
        places.append(found)
    return JointClasses(tuple(labels), len(first), np.array(places, np.int32))
