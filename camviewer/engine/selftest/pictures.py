"""Checks that every picture format can be read."""

from __future__ import annotations

from functools import partial

import numpy as np

from camviewer.engine.picture.source_image import read_image
from camviewer.engine.selftest.result import Checks, require
from camviewer.engine.support.resources import resource

FORMATS = {
    "PNG": ("png", 0.0),
    "JPEG": ("jpg", 3.0),
    "WebP": ("webp", 3.0),
    "BMP": ("bmp", 0.0),
    "GIF": ("gif", 8.0),
    "TIFF": ("tif", 0.0),
    "PPM": ("ppm", 0.0),
    "HEIC": ("heic", 3.0),
    "AVIF": ("avif", 3.0),
    "NumPy": ("npy", 0.0),
    "DICOM": ("dcm", 0.0),
}
"""Suffix and maximum mean error by the compression of each format, in levels of 255."""


def gradient() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The picture in the files: uint8 RGB (48, 64, 3), with a different gradient per channel."""
    y, x = np.mgrid[0:48, 0:64]
    return np.stack([x * 4, y * 5, (x + y) * 2], axis=-1).astype(np.uint8)


def picture_checks() -> Checks:
    """Reads the picture in each format."""
    for title, (suffix, tolerance) in FORMATS.items():
        yield title, partial(_read, suffix, tolerance)


def _read(suffix: str, tolerance: float) -> str:
    image = read_image(resource("selftest", f"gradient.{suffix}"))
    expected = gradient()
    require(image.pixels.shape == expected.shape, f"{image.width} x {image.height} pixels")
    away = float(np.abs(image.pixels.astype(int) - expected.astype(int)).mean())
    require(away <= tolerance, f"the pixels are {away:.1f} levels away, {tolerance:g} are allowed")
    return f"{image.width} x {image.height}, {away:.1f} levels away"
