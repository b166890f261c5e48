"""Decodes COCO's run-length encoding of masks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from camviewer.engine.batch.objects.annotations import Mask

_FIRST_LETTER = 48
_DATA, _MORE, _SIGN = 0x1F, 0x20, 0x10
_BITS = 5
_MOST_PIXELS = 1 << 28


def mask_of_runs(counts: Sequence[int] | str, size: Sequence[int]) -> Mask:
    """A mask (H, W) of run lengths, column by column, beginning with the background.

    Args:
        counts: the run lengths, or the letters that COCO's own program packs them into.
        size: (H, W).

    Raises:
        ValueError: the runs do not fill the size.
    """
    try:
        height, width = (int(side) for side in size)
        lengths = np.asarray(_unpacked(counts) if isinstance(counts, str) else counts, np.int64)
    except OverflowError as error:
        raise ValueError("the runs of a mask have a number that is too large") from error
    if height < 1 or width < 1 or height * width > _MOST_PIXELS:
        raise ValueError(f"a mask of {width} x {height} pixels is not possible")
    possible = lengths.ndim == 1 and ((lengths >= 0) & (lengths <= height * width)).all()
    if not possible or int(lengths.sum()) != height * width:
        raise ValueError("the runs of a mask do not fill its size")
    values = np.arange(len(lengths)) % 2 == 1
    mask: Mask = np.repeat(values, lengths).reshape(width, height).T
    return np.ascontiguousarray(mask)


def _unpacked(letters: str) -> list[int]:
    """Groups of five bits, lowest first; from the third on, differences to the one before last."""
    counts: list[int] = []
    value = bits = 0
    for letter in letters:
        group = ord(letter) - _FIRST_LETTER
        if not 0 <= group < 64:
            raise ValueError("the runs of a mask have a letter that is none of COCO's")
        value |= (group & _DATA) << bits
        bits += _BITS
        if group & _MORE:
            continue
        if group & _SIGN:
            value -= 1 << bits
        counts.append(value + counts[-2] if len(counts) > 2 else value)
        value = bits = 0
    if bits:
        raise ValueError("the runs of a mask end in the middle of a number")
    return counts
