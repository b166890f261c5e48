"""Lets work in the background stand back behind what somebody waits for."""

from __future__ import annotations

import os
from contextlib import suppress


def stand_back(steps: int, process: int = 0) -> None:
    """Lowers the priority of a process, and of the threads that it begins from then on.

    Windows knows no such steps, and nothing happens there.

    Args:
        steps: of niceness, 0 to 19.
        process: its number; 0 for this one.
    """
    if hasattr(os, "setpriority"):
        with suppress(ProcessLookupError):  # it has ended already
            before = os.getpriority(os.PRIO_PROCESS, process)
            os.setpriority(os.PRIO_PROCESS, process, before + steps)
