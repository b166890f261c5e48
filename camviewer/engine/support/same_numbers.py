"""Whether two ways to one result have come to it, up to what rounding makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

_EQUAL = 1e-4
"""Relative difference up to which two float32 tensors count as the same numbers."""


def same_numbers(found: Tensor, reference: Tensor, tolerance: float = _EQUAL) -> bool:
    """Whether two tensors hold the same numbers, up to float32's rounding.

    Args:
        found: of any shape.
        reference: what it is compared with, of that shape or spread to it.
        tolerance: of the reference's largest absolute value.
    """
    difference = float((found - reference).detach().abs().max())
    return difference <= tolerance * max(float(reference.detach().abs().max()), 1e-12)
