"""Gives memory that was freed back to the system, where the C library would keep it."""

from __future__ import annotations

import ctypes
import sys


def give_freed_memory_back() -> bool:
    """Has glibc return what is free in its arenas; returns whether anything was returned.

    glibc keeps freed blocks for the next request, which after large pictures and methods of many
    passes is several hundred megabytes. Other C libraries and systems need nothing.
    """
    if sys.platform != "linux":
        return False
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError):  # musl has none
        return False
    trim.argtypes, trim.restype = (ctypes.c_size_t,), ctypes.c_int
    return bool(trim(0))
