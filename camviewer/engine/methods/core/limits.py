"""Defines the limits of a session's work in one place, where tests can change them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Limits of a session's work.

    Attributes:
        pictures_at_once: Maximum number of pictures in a batch, because larger ones are no faster.
        batch_seconds: Maximum time that a batch may take, because work must soon be stoppable.
        kept_logits: Maximum bytes of class scores of one method on one picture that are kept:
            1280 channels of 12000 classes, or 16000 of a thousand.
        partial_map_seconds: Minimum time between two reports of a partial map.
    """

    pictures_at_once: int = 64
    batch_seconds: float = 0.08
    kept_logits: int = 64 * 2**20
    partial_map_seconds: float = 0.08


USUAL = Limits()
