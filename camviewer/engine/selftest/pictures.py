"""Checks that every picture format can be read."""

from __future__ import annotations

import io
from functools import partial
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.picture.source_image import image_from_bytes, read_image
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


_LOSS = 6
"""Maximum error by the compression of 12 bits, in values."""


def gradient() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The picture in the files: uint8 RGB (48, 64, 3), with a different gradient per channel."""
    y, x = np.mgrid[0:48, 0:64]
    return np.stack([x * 4, y * 5, (x + y) * 2], axis=-1).astype(np.uint8)


def picture_checks() -> Checks:
    """Reads the picture in each format."""
    for title, (suffix, tolerance) in FORMATS.items():
        yield title, partial(_read, suffix, tolerance)
    if find_spec("imagecodecs") is not None:
        yield "TIFF of five bands, packed by LZW", _read_packed_tiff
        yield "DICOM packed as JPEG of 12 bits", _read_packed_dicom
    if find_spec("highdicom") is not None:
        yield "Maps as DICOM", _import_highdicom


def _read(suffix: str, tolerance: float) -> str:
    image = read_image(resource("selftest", f"gradient.{suffix}"))
    expected = gradient()
    require(image.pixels.shape == expected.shape, f"{image.width} x {image.height} pixels")
    away = float(np.abs(image.pixels.astype(int) - expected.astype(int)).mean())
    require(away <= tolerance, f"the pixels are {away:.1f} levels away, {tolerance:g} are allowed")
    return f"{image.width} x {image.height}, {away:.1f} levels away"


def _values() -> NDArray[np.uint16]:
    """Smooth values of 12 bits (48, 64)."""
    y, x = np.mgrid[0:48, 0:64]
    values: NDArray[np.uint16] = (x * 40 + y * 30).astype(np.uint16)
    return values


def _read_packed_tiff() -> str:
    """Writes values and reads them again; Pillow does not know five bands."""
    import tifffile  # noqa: PLC0415  (for this check alone)

    bands = np.stack([_values() + band for band in range(5)], axis=-1)
    buffer = io.BytesIO()
    tifffile.imwrite(buffer, bands, compression="lzw", planarconfig="contig")
    found = image_from_bytes(buffer.getvalue(), "packed.tif").values.array
    require(bool((found == bands).all()), "the values came back changed")
    return f"{bands.shape[2]} bands, the same values"


def _read_packed_dicom() -> str:
    """Packs values with loss and reads them again."""
    import imagecodecs  # noqa: PLC0415  (for this check alone)
    from pydicom import Dataset, FileMetaDataset, uid  # noqa: PLC0415
    from pydicom.encaps import encapsulate  # noqa: PLC0415

    values = _values()
    made = Dataset()
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = uid.JPEGExtended12Bit
    made.file_meta.MediaStorageSOPClassUID = made.SOPClassUID = uid.CTImageStorage
    made.file_meta.MediaStorageSOPInstanceUID = made.SOPInstanceUID = uid.generate_uid()
    made.Rows, made.Columns = values.shape
    made.SamplesPerPixel, made.PhotometricInterpretation = 1, "MONOCHROME2"
    made.BitsAllocated, made.BitsStored, made.HighBit, made.PixelRepresentation = 16, 12, 11, 0
    packed = bytes(imagecodecs.jpeg8_encode(values, level=100, bitspersample=12))
    made.PixelData = encapsulate([packed])
    made["PixelData"].VR = "OB"
    buffer = io.BytesIO()
    made.save_as(buffer, enforce_file_format=True)
    found = image_from_bytes(buffer.getvalue(), "packed.dcm").values.array[..., 0]
    away = int(np.abs(found.astype(int) - values.astype(int)).max())
    require(away <= _LOSS, f"the values are {away} away, {_LOSS} are allowed")
    return f"{values.shape[1]} x {values.shape[0]}, {away} of 4,095 away"


def _import_highdicom() -> str:
    import highdicom  # noqa: PLC0415  (takes a moment)

    from camviewer.engine.render import dicom_files  # noqa: F401, PLC0415

    return f"highdicom {highdicom.__version__}"
