"""Wraps a file so that a library can read it, but neither knows its name nor opens others by it."""

from __future__ import annotations

import io
from typing import IO, Any


class UnnamedStream(io.RawIOBase):
    """The bytes of a file without its name, folder and descriptor."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self._stream = stream

    def readable(self) -> bool:
        """It is for reading alone."""
        return True

    def seekable(self) -> bool:
        """Every file is."""
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        """Moves to a byte, as all streams do."""
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """The number of the next byte."""
        return self._stream.tell()

    def readinto(self, buffer: Any) -> int:
        """Fills a buffer of any type as far as there are bytes."""
        room = memoryview(buffer).cast("B")
        data = self._stream.read(len(room))
        room[: len(data)] = data
        return len(data)
