"""Estimates how long a pass takes, from the last ones."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

_KEPT = 5
"""Maximum number of passes that an estimate is based on; because other work on the machine comes
and goes."""
_REPEATS, _SECONDS = 4, 0.3
"""Maximum number of passes that are run to be timed, and maximum time after which the next one is
not begun, in seconds."""


class Pace:
    """The times of the last passes, in seconds per pixel of the network's input."""

    def __init__(self) -> None:
        self._seconds_per_pixel: list[float] = []

    def record(self, seconds: float, input_size: tuple[int, int]) -> None:
        """Records the time of a pass of one picture, of size (h, w)."""
        self._seconds_per_pixel.append(seconds / (input_size[0] * input_size[1]))
        del self._seconds_per_pixel[:-_KEPT]

    def measure(self, run: Callable[[], object], input_size: tuple[int, int]) -> None:
        """Runs and records a few passes, because other work can make a single one slow."""
        begin = perf_counter()
        for _ in range(_REPEATS):
            began = perf_counter()
            run()
            self.record(perf_counter() - began, input_size)
            if perf_counter() - begin > _SECONDS:
                break

    def seconds(self, input_size: tuple[int, int]) -> float:
        """Estimated seconds for a pass of one picture: the fastest of the last few."""
        fastest = min(self._seconds_per_pixel, default=0.0)
        return fastest * input_size[0] * input_size[1]

    @property
    def is_known(self) -> bool:
        """Whether enough passes were timed; the first one alone is far too slow."""
        return len(self._seconds_per_pixel) > 1

    def clear(self) -> None:
        """Forgets all times, because another device is faster or slower."""
        self._seconds_per_pixel.clear()
