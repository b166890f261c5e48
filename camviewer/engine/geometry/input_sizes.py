"""Computes the input sizes of a network, which are whole multiples of its stride."""

from __future__ import annotations

from math import exp, log

_MAX_AREA_FACTOR = 4.0
"""Maximum input area of a whole picture, in areas of the trained input; because memory and time
grow with the area."""


def enlarged_size(trained: tuple[int, int], detail: float, step: int) -> tuple[int, int]:
    """(h, w): the trained input size times the detail, in whole strides."""
    if detail == 1.0:
        return trained
    height, width = (_in_steps(side * detail, step) for side in trained)
    return height, width


def whole_picture_size(source_size: tuple[int, int], shorter: float, step: int) -> tuple[int, int]:
    """(h, w) in whole strides whose aspect is nearest to the picture's at about the trained size.

    The shorter side is near ``shorter``; very long pictures are given less, so that the input's
    area, and with it memory and time, stays bounded.
    """
    height, width = source_size
    aspect = width / height
    long_ratio = max(aspect, 1 / aspect)
    limit = _MAX_AREA_FACTOR * shorter * shorter
    if shorter * shorter * long_ratio > limit:
        shorter = (limit / long_ratio) ** 0.5

    def misfit(short: int) -> tuple[float, int, int]:
        longest = int(limit / short / step) * step
        long = min(_in_steps(short * long_ratio, step), longest)
        off_aspect = abs(log(long / short / long_ratio))
        off_size = abs(log(short / max(shorter, step)))
        return off_aspect + 0.25 * off_size, short, long

    low = _in_steps(shorter * exp(-0.2), step)
    high = _in_steps(shorter * exp(0.2), step)
    _, short, long = min(misfit(side) for side in range(low, high + step, step))
    return (short, long) if aspect >= 1 else (long, short)


def _in_steps(length: float, step: int) -> int:
    """The multiple of ``step`` nearest to ``length``, at least one step; ties go to the larger."""
    return max(step, int(length / step + 0.5) * step)
