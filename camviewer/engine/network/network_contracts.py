"""What a network may state of itself, beyond being a module."""

from __future__ import annotations

from typing import Protocol, runtime_checkable


@runtime_checkable
class StatesFixedBatch(Protocol):
    """A network whose layers may be written for a fixed number of pictures.

    Attributes:
        fixed_batch: that number; None for any number.
    """

    fixed_batch: int | None


@runtime_checkable
class StatesPicturesAtOnce(Protocol):
    """A network without accessible layers that may take a fixed number of pictures.

    Attributes:
        pictures_at_once: that number; None for any number.
    """

    pictures_at_once: int | None


@runtime_checkable
class StatesSize(Protocol):
    """A network that has its weights elsewhere than in its parameters.

    Attributes:
        size_bytes: memory of the weights, in bytes.
    """

    size_bytes: int
