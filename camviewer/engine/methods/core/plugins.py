"""Loads the methods that other installed packages bring.

A package names its modules under the entry point group ``camviewer.methods``; importing such a
module enters its functions into the registry. docs/add-a-method.md shows one.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points

GROUP = "camviewer.methods"
"""The entry point group that packages name their modules under."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class FailedPlugin:
    """A package whose methods could not be loaded.

    Attributes:
        name: of its entry point.
        reason: the error in words.
    """

    name: str
    reason: str


@cache
def load_plugins() -> tuple[FailedPlugin, ...]:
    """Imports the modules of all installed packages that bring methods, once.

    Returns:
        Those that failed. They are left out, and the log has their tracebacks.
    """
    failed = []
    for point in entry_points(group=GROUP):
        try:
            point.load()
        except Exception as error:  # noqa: BLE001  (a package of somebody else's can fail in any way)
            _log.exception("the methods of %s were left out", point.value)
            failed.append(FailedPlugin(point.name, f"{type(error).__name__}: {error}"))
    return tuple(failed)
