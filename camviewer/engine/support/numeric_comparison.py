"""Compares two results within rounding error, and checks that numbers are finite."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

_EQUAL = 1e-4
"""Maximum relative difference of float32 tensors that count as equal."""


def same_numbers(found: Tensor, reference: Tensor, tolerance: float = _EQUAL) -> bool:
    """Whether two tensors are equal within the rounding of float32.

    Args:
        found: a tensor of any shape.
        reference: the tensor to compare with, of that shape or broadcastable to it.
        tolerance: maximum difference, as a share of the reference's largest absolute value.
    """
    difference = float((found - reference).detach().abs().max())
    return difference <= tolerance * max(float(reference.detach().abs().max()), 1e-12)


def all_finite(numbers: Tensor) -> bool:
    """Whether all numbers are finite; not-a-number spreads to both extremes."""
    low, high = numbers.aminmax()
    return isfinite(low) and isfinite(high)
