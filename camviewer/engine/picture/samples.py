"""Lists the photographs that come with the program."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from camviewer.engine.support.resources import resource

_NAMES = ("chelsea.png", "coffee.png", "rocket.jpg", "astronaut.png")


@cache
def sample_pictures() -> tuple[Path, ...]:
    """The samples, those to begin with first."""
    return tuple(resource("samples", name) for name in _NAMES)
