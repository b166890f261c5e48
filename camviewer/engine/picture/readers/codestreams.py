"""Reads the size of a packed picture from its own header, before a codec unpacks it."""

from __future__ import annotations

_JPEG_2000 = b"\xff\x4f\xff\x51"
_JPEG_2000_WITHIN = 4096
"""Maximum number of bytes before a JPEG 2000 codestream, for the boxes of a JP2 file."""

_JPEG = b"\xff\xd8"
_FRAME_HEADERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC} | {0xF7}
"""Second bytes of the markers with a picture's size; 0xF7 is that of JPEG-LS."""

_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
"""Second bytes of markers without a length."""


def packed_size(data: bytes) -> tuple[int, int] | None:
    """(width, height) of a JPEG, JPEG-LS or JPEG 2000 picture in pixels; None for all others."""
    at = data[:_JPEG_2000_WITHIN].find(_JPEG_2000)
    if at >= 0:
        right, bottom, left, top = (_number(data, at + 8 + 4 * place, 4) for place in range(4))
        return right - left, bottom - top
    return _jpeg_size(data) if data.startswith(_JPEG) else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = len(_JPEG)
    while at + 9 <= len(data) and data[at] == 0xFF:
        kind = data[at + 1]
        if kind in _FRAME_HEADERS:
            return _number(data, at + 7, 2), _number(data, at + 5, 2)
        if kind == 0xFF:
            at += 1  # a filler
        else:
            at += 2 if kind in _ALONE else 2 + _number(data, at + 2, 2)
    return None


def _number(data: bytes, at: int, length: int) -> int:
    return int.from_bytes(data[at : at + length], "big")
