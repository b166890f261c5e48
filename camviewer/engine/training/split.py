"""Splits pictures into training and validation, stratified by class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class PictureSplit:
    """Indices of pictures, in ascending order.

    Attributes:
        training: pictures for training.
        validation: pictures for validation.
    """

    training: tuple[int, ...]
    validation: tuple[int, ...]


def split_pictures(labels: Sequence[int], share: float, seed: int) -> PictureSplit:
    """Reserves a share of each class for validation; both parts get at least one of each class.

    Args:
        labels: classes of the pictures; each class has at least two.
        share: share of the validation, in (0, 1).
        seed: equal seeds give equal splits.
    """
    aside: set[int] = set()
    for label in sorted(set(labels)):
        members = [index for index, other in enumerate(labels) if other == label]
        count = min(max(round(share * len(members)), 1), len(members) - 1)
        order = np.random.default_rng([seed, label]).permutation(len(members))
        aside.update(members[position] for position in order[:count])
    everything = range(len(labels))
    return PictureSplit(
        tuple(index for index in everything if index not in aside),
        tuple(index for index in everything if index in aside),
    )
