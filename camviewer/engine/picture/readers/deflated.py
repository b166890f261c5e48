"""Measures what deflated bytes unpack to, so that a file of few bytes cannot fill the memory."""

from __future__ import annotations

import zlib
from typing import IO

_PIECE = 2**20
"""Number of bytes that are read, or unpacked, at once."""

RAW, WITH_HEADER = -zlib.MAX_WBITS, zlib.MAX_WBITS
"""Whether the bytes begin with zlib's header; DICOM's do not, TIFF's do."""


def unpacked_size(stream: IO[bytes], limit: int, header: int) -> int:
    """Size of deflated bytes when unpacked; nothing of them is kept.

    Args:
        stream: is read to the end of the packed bytes, or until the limit is exceeded.
        limit: in bytes; a larger size is given as one above it or more.
        header: ``RAW`` or ``WITH_HEADER``.

    Raises:
        zlib.error: the bytes are damaged.
    """
    unpacker, size = zlib.decompressobj(header), 0
    packed = stream.read(_PIECE)
    while not unpacker.eof and size <= limit:
        piece = unpacker.decompress(packed, _PIECE)
        size += len(piece)
        packed = unpacker.unconsumed_tail or stream.read(_PIECE)
        if not packed and not piece:
            break  # the file ends early, which its reader says
    return size
