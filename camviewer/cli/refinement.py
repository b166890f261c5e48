"""Shows the progress and the remaining time of a slow map on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from camviewer.cli.progress import Progress

if TYPE_CHECKING:
    from camviewer.api import MapProgress

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

    def show(self, so_far: MapProgress) -> None:
        """Shows the forecast, the progress of a partial map, or what is measured once."""
        left = seconds_words(so_far.seconds_left)
        if so_far.measured_layer:
            self._progress.announce(
                f"Measuring where the cells of {so_far.measured_layer} look, once for this model "
                "..."
            )
        elif so_far.explanation is not None:
            title = so_far.explanation.method.title
            self._progress.say(f"{self._name}: {title} {so_far.share:.0%}, about {left} left")
        elif so_far.seconds_left >= _MENTIONED_SECONDS:
            self._progress.say(f"{self._name}: about {left} ...")


def seconds_words(seconds: float) -> str:
    """For example ``4 s`` or ``3 min``."""
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
