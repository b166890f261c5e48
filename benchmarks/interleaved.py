"""Timing several entrants against each other: A B C D A B C D ..., all in one run."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter


@dataclass(frozen=True)
class Timing:
    """What one entrant took.

    Attributes:
        milliseconds: median.
        ratio: median of its rounds' ratios to the first entrant in the same round.
        spread: first and third quartile of those ratios.
    """

    milliseconds: float
    ratio: float
    spread: tuple[float, float]


def interleaved(
    rounds: int,
    entrants: Sequence[Callable[[int], Callable[[], object]]],
    warm_up: int,
) -> tuple[Timing, ...]:
    """Times each entrant once a round, in order.

    Args:
        rounds: how many are measured.
        entrants: each is given the round's number, prepares what is not timed, and returns what is.
        warm_up: how many rounds go before and are not measured.
    """
    seconds: list[list[float]] = [[] for _ in entrants]
    for number in range(warm_up + rounds):
        for entrant, taken in zip(entrants, seconds, strict=True):
            timed = entrant(number)
            gc.collect()
            gc.disable()
            start = perf_counter()
            result = timed()
            stop = perf_counter()
            gc.enable()
            del result, timed
            if number >= warm_up:
                taken.append(stop - start)
    return tuple(_timing(taken, seconds[0]) for taken in seconds)


def _timing(taken: list[float], yardstick: list[float]) -> Timing:
    ratios = [one / other for one, other in zip(taken, yardstick, strict=True)]
    quarters = quantiles(ratios, n=4) if len(ratios) > 1 else [ratios[0]] * 3
    return Timing(median(taken) * 1000, median(ratios), (quarters[0], quarters[2]))
