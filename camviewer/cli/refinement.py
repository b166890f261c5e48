"""Says on the terminal how far a slow map is, and how long it will take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from camviewer.cli.progress import Progress

if TYPE_CHECKING:
    from camviewer.engine.results.messages import Explanation

_MENTIONED_SECONDS = 2.0
"""Seconds from which on a forecast is told."""


class Refinement:
    """One picture's map, as it is being made.

    Args:
        progress: the line on the terminal.
        name: of the picture.
    """

    def __init__(self, progress: Progress, name: str) -> None:
        self._progress = progress
        self._name = name

    def forecast(self, seconds: float) -> None:
        """The map will take so long."""
        if seconds >= _MENTIONED_SECONDS:
            self._progress.say(f"{self._name}: about {seconds_words(seconds)} ...")

    def show(self, so_far: Explanation) -> None:
        """The map has come so far."""
        share = max(so_far.share, 1e-3)
        left = so_far.milliseconds / 1000 * (1 / share - 1)
        self._progress.say(
            f"{self._name}: {so_far.method.title} {share:.0%}, about {seconds_words(left)} left"
        )


def seconds_words(seconds: float) -> str:
    """For example ``4 s`` or ``3 min``."""
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
