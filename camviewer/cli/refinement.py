"""Shows the progress and the remaining time of a slow map on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from camviewer.cli.progress import Progress

if TYPE_CHECKING:
    from camviewer.engine.results.messages import Explanation

_MENTIONED_SECONDS = 2.0
"""Minimum forecast that is shown, in seconds."""


class Refinement:
    """Shows the progress of one picture's map.

    Args:
        progress: the line on the terminal.
        name: name of the picture.
    """

    def __init__(self, progress: Progress, name: str) -> None:
        self._progress = progress
        self._name = name

    def forecast(self, seconds: float) -> None:
        """Shows how long the map will take."""
        if seconds >= _MENTIONED_SECONDS:
            self._progress.say(f"{self._name}: about {seconds_words(seconds)} ...")

    def show(self, so_far: Explanation) -> None:
        """Shows the progress of a partial map."""
        share = max(so_far.share, 1e-3)
        left = so_far.milliseconds / 1000 * (1 / share - 1)
        self._progress.say(
            f"{self._name}: {so_far.method.title} {share:.0%}, about {seconds_words(left)} left"
        )


def seconds_words(seconds: float) -> str:
    """For example ``4 s`` or ``3 min``."""
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
