"""Memory that was freed goes back to the system, where the C library would keep it."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

import pytest

from camviewer.engine.support.freed_memory import give_freed_memory_back


def resident_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc keeps what was freed")
def test_what_was_freed_is_given_back() -> None:
    libc = ctypes.CDLL(None)
    if not hasattr(libc, "malloc_trim"):
        pytest.skip("this C library has no malloc_trim")
    libc.malloc.argtypes, libc.malloc.restype = (ctypes.c_size_t,), ctypes.c_void_p
    libc.free.argtypes = (ctypes.c_void_p,)
    size, count = 64_000, 1_600  # below the size from which glibc maps each block by itself
    blocks = [libc.malloc(size) for _ in range(count)]
    for block in blocks:
        ctypes.memset(block, 1, size)
    full = resident_bytes()
    for block in blocks[:-1]:  # the last one keeps the top of the heap where it is
        libc.free(block)
    assert give_freed_memory_back()
    assert full - resident_bytes() > size * count // 2
    libc.free(blocks[-1])
