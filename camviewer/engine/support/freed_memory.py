"""Returns freed memory to the system, where the C library would keep it."""

from __future__ import annotations

import ctypes
import sys


def give_freed_memory_back() -> bool:
    """Makes glibc release its free memory; returns whether any was released.

    glibc keeps freed blocks for later allocations: several hundred megabytes after large pictures
    and methods with many passes. Other C libraries and systems do not need this.
    """
    if sys.platform != "linux":
        return False
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError):  # musl has none
        return False
    trim.argtypes, trim.restype = (ctypes.c_size_t,), ctypes.c_int
    return bool(trim(0))
