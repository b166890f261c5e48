"""Decodes PGM and PPM files that Pillow reads slowly, or whose range it changes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile


def load_netpbm(image: ImageFile.ImageFile) -> None:
    """Decodes PGM and PPM files that are text or have an unusual maximum value.

    Pillow decodes these one value at a time in Python, and stretches grey values to 65535, which
    loses the true range.
    """
    tile = image.tile[0]
    if image.mode == "1" or image.fp is None:
        image.load()
        return
    arguments = tile.args
    maximum = int(arguments[-1]) if isinstance(arguments, tuple) else 255
    channels = len(image.getbands())
    width, height = image.size
    image.fp.seek(tile.offset)
    as_text = tile.codec_name == "ppm_plain"
    sample = np.dtype("u1" if maximum < 256 else ">u2")
    text = _plain_values(image.fp.read()) if as_text else None
    whole = Image.new(image.mode, image.size)
    rows = max(1, 2**22 // width)
    complete = True
    for top in range(0, height, rows):
        wanted = min(rows, height - top) * width * channels
        if text is not None:
            values = text[top * width * channels :][:wanted]
        else:
            data = image.fp.read(wanted * sample.itemsize)
            values = np.frombuffer(data[: len(data) // sample.itemsize * sample.itemsize], sample)
        complete = complete and len(values) == wanted
        block = np.zeros(wanted, np.int32)
        block[: len(values)] = values
        shape = (-1, width) if channels == 1 else (-1, width, channels)
        whole.paste(_netpbm_rows(block.reshape(shape), image.mode, maximum), (0, top))
    image.im = whole.im
    image.tile = []
    if not complete:
        raise OSError("the file ends early")


def _plain_values(text: bytes) -> NDArray[np.int64]:
    lines = (line.split(b"#", 1)[0] for line in text.splitlines())
    return np.array(b" ".join(lines).split(), dtype=np.int64)


def _netpbm_rows(values: NDArray[np.int32], mode: str, maximum: int) -> Image.Image:
    if mode == "I":
        return Image.fromarray(values)
    scaled = (np.minimum(values, maximum) * 255 + maximum // 2) // maximum
    return Image.fromarray(scaled.astype(np.uint8))
