"""Bounds the memory of pictures that were read ahead and wait to be explained."""

from __future__ import annotations

import threading
from collections import deque

_MOST_BYTES = 512 * 2**20
_REMEMBERED = 32
"""Latest pictures, the largest of which tells what the next one may take."""


class PixelBudget:
    """Counts the pixels of pictures under way.

    Args:
        most: bytes that all pictures under way may take; a larger one is read alone.
    """

    def __init__(self, most: int = _MOST_BYTES) -> None:
        self._most = most
        self._held = 0
        self._unread = 0
        self._sizes: deque[int] = deque(maxlen=_REMEMBERED)
        self._lock = threading.Lock()

    def begin(self) -> None:
        """A picture is going to be read."""
        with self._lock:
            self._unread += 1

    def read(self, size: int) -> None:
        """It was read, and takes so many bytes."""
        with self._lock:
            self._unread -= 1
            self._held += size
            self._sizes.append(size)

    def release(self, size: int) -> None:
        """It was explained."""
        with self._lock:
            self._held -= size

    def has_room(self, count: int = 1) -> bool:
        """Whether more pictures may be read: those to come are taken to be as large as lately."""
        with self._lock:
            expected = max(self._sizes, default=0)
            return self._held + (self._unread + count) * expected <= self._most
