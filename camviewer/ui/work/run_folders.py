"""Tells folders of runs from others, without reading them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

_RUN_FILE = "run.json"


def run_among(paths: Sequence[Path]) -> Path | None:
    """The first folder of a run among paths; a run's own ``run.json`` stands for it, too."""
    for path in paths:
        folder = path.parent if path.name == _RUN_FILE else path
        try:
            if (folder / _RUN_FILE).is_file():
                return folder
        except (OSError, ValueError):  # a name that the system cannot even look up
            continue
    return None
