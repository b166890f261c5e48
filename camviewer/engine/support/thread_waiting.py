"""Keeps threads that wait for each other from spinning for long.

OpenMP's threads spin while they wait for the next parallel part of a pass. That is right on an idle
machine; beside other programs a thread spins while the one that it waits for has no processor, and
a pass takes ten times as long. Short spinning bridges the gaps within a pass, and gives way then.
"""

from __future__ import annotations

import os

_USERS_OWN = ("OMP_WAIT_POLICY", "GOMP_SPINCOUNT", "KMP_BLOCKTIME")
_SPINS = "1000"
"""Rounds that GNU's OpenMP spins, some 20 microseconds; 300,000 unless told otherwise."""
_BLOCKTIME = "1"
"""Milliseconds that Intel's and LLVM's OpenMP spin; 200 unless told otherwise."""


def spin_shortly() -> None:
    """Sets how long threads spin, unless the user has; to be called before torch is imported."""
    if not any(name in os.environ for name in _USERS_OWN):
        os.environ["GOMP_SPINCOUNT"] = _SPINS
        os.environ["KMP_BLOCKTIME"] = _BLOCKTIME
