"""Makes smaller copies of pictures: thumbnails, and levels for drawing them small."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from camviewer.engine.picture.decoding import DecodedFile, bands, decoded
from camviewer.engine.picture.eye import default_window, shown_pixels
from camviewer.engine.picture.file_kinds import picture_file
from camviewer.engine.picture.pillow_pictures import pillow_picture
from camviewer.engine.picture.readers.pillow_page import PillowPage
from camviewer.engine.picture.readers.reading import read_page
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.picture.stored_values import StoredValues


def read_thumbnail(path: Path, size: int) -> NDArray[np.uint8]:
    """A small copy: uint8 RGB (h, w, 3), upright, its longest side at most ``size`` pixels.

    Raises:
        ImageError: it cannot be opened; the message says why.
    """
    file = picture_file(path)
    found = read_page(file)
    if isinstance(found, PillowPage):
        with decoded(replace(file, frame=found.frame), draft=2 * size) as picture:
            read = pillow_picture(_reduced(picture, 2 * size))
        pixels = shown_pixels(read.values) if read.colours is None else read.colours
    else:
        pixels = _thinned(found.values, 2 * size)
    image = Image.fromarray(pixels)
    image.thumbnail((size, size), Image.Resampling.BOX)
    return np.array(image)


def display_levels(image: SourceImage, smallest: int = 1024) -> tuple[NDArray[np.uint8], ...]:
    """The picture at full, half, quarter ... size, for drawing it small without aliasing.

    Each level is the 2x2 box mean of the one before, rounded up in size, so that pixel (i, j)
    of level n covers source pixels ``[i * 2**n, (i + 1) * 2**n)`` and likewise for j.

    Returns:
        uint8 RGB arrays; the first is ``image.pixels`` itself, the last the first whose longest
        side is at most ``smallest``.
    """
    levels = [image.pixels]
    while max(levels[-1].shape[:2]) > max(smallest, 1):
        levels.append(_halved(levels[-1]))
    return tuple(levels)


def _reduced(file: DecodedFile, size: int) -> DecodedFile:
    """The same picture with fewer pixels, where its mode allows averaging."""
    factor = max(file.image.size) // size
    averageable = file.image.mode in ("L", "RGB", "RGBA", "CMYK")
    if factor < 2 or not averageable or "transparency" in file.image.info:
        return file
    return replace(file, image=file.image.reduce(factor))


def _thinned(values: StoredValues, size: int) -> NDArray[np.uint8]:
    """The values for the eye, every so many of them, until the longest side is below 2 x size."""
    step = max(max(values.array.shape[:2]) // size, 1)
    window = default_window(values)
    few = replace(values, array=np.ascontiguousarray(values.array[::step, ::step]))
    return shown_pixels(few, window)


def _halved(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    height, width = pixels.shape[:2]
    half = np.empty(((height + 1) // 2, (width + 1) // 2, 3), np.uint8)
    for band in bands(height, width):
        rows = slice(band.start // 2, (band.stop + 1) // 2)
        half[rows] = np.asarray(Image.fromarray(pixels[band]).reduce(2))
    return half
