"""Which pictures are trained on, and which are only for measuring: by class, and by a seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class PictureSplit:
    """Indices of pictures, in rising order.

    Attributes:
        training: what is learnt from.
        validation: what is never learnt from.
    """

    training: tuple[int, ...]
    validation: tuple[int, ...]


def split_pictures(labels: Sequence[int], share: float, seed: int) -> PictureSplit:
    """Puts a share of each class's pictures aside; of each class at least one on both sides.

    Args:
        labels: of the pictures; each class has at least two.
        share: of the validation, in (0, 1).
        seed: the same one always gives the same split.
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
