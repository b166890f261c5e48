"""Corrects TIFF layouts that Pillow misreads, reads lower bytes, and recognises camera raw."""

from __future__ import annotations

import sys
from math import isfinite
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray
from PIL import ImageFile, TiffImagePlugin

from camviewer.engine.picture.foreign_kinds import raw_kind

BITS_TAG, SAMPLES_TAG = 258, 277
_SUBFILE_TAG, _PHOTOMETRIC_TAG, _PLANES_TAG, _SUB_DIRECTORIES_TAG = 254, 262, 284, 330
NO_DATA_TAG, _DNG_TAG = 42113, 50706
_REDUCED = 1
_SENSOR_COLOURS = {32803, 34892}
"""Photometric interpretations of raw sensor data: colour filter array, and linear raw."""

_SWAPPED = {"L": "B", "B": "L", "N": "B" if sys.byteorder == "little" else "L"}


def sensor_file(stream: IO[bytes], name: str) -> str | None:
    """The kind of camera raw file that a TIFF is, "" for an unknown kind; None for a picture.

    The first directory of a raw file is a thumbnail, and a subdirectory has the sensor's values.
    """
    start = stream.read(16)
    kind = raw_kind(start, name)
    if kind is not None:
        return kind
    try:
        directory = TiffImagePlugin.ImageFileDirectory_v2(start[: 16 if 43 in start[2:4] else 8])
        stream.seek(directory.next)
        directory.load(stream)
        photometric = directory.get(_PHOTOMETRIC_TAG)
        is_reduced = bool(int(directory.get(_SUBFILE_TAG, 0)) & _REDUCED)
        is_raw = photometric in _SENSOR_COLOURS or (
            is_reduced and (_DNG_TAG in directory or _SUB_DIRECTORIES_TAG in directory)
        )
        is_dng = _DNG_TAG in directory
    except Exception:  # noqa: BLE001  (a damaged directory is for the decoder to refuse)
        return None
    finally:
        stream.seek(0)
    if not is_raw:
        return None
    return "DNG" if is_dng else ""


def is_reduced_copy(image: Any) -> bool:
    """Whether the file says that this page is a small copy of another one."""
    try:
        return bool(int(getattr(image, "tag_v2", {}).get(_SUBFILE_TAG, 0)) & _REDUCED)
    except (TypeError, ValueError):
        return False


def mend_tiff(image: ImageFile.ImageFile) -> None:
    """Corrects the layouts that Pillow (seen in 13.0) misreads: wrong values, no error."""
    tags = getattr(image, "tag_v2", {})
    sixteen_bit_planes = tags.get(_PLANES_TAG) == 2 and 16 in tuple(tags.get(BITS_TAG, ()))
    order = "B" if getattr(tags, "prefix", b"II") == b"MM" else "L"
    native = {"F;32BF": "F;32NF", "I;32BS": "I;32NS", "I;16BS": "I;16NS"}

    def mended(codec: str, layout: str) -> str:
        if codec == "libtiff":
            # libtiff has already converted the bytes to the machine's byte order.
            return native.get(layout, layout)
        return f"{layout};16{order}" if sixteen_bit_planes and len(layout) == 1 else layout

    image.tile = [
        tile._replace(args=(mended(tile.codec_name, tile.args[0]), *tile.args[1:]))
        if isinstance(tile.args, tuple)
        else tile
        for tile in image.tile
    ]


def swap_bytes(image: ImageFile.ImageFile) -> bool:
    """Makes a picture that is not loaded yet return the lower bytes of its 16-bit values.

    Pillow keeps the upper byte of 16-bit colours, and the lower one if the byte order is swapped.

    Returns:
        whether all tiles of the picture could be changed.
    """
    packed = any(tile.codec_name == "libtiff" for tile in image.tile)
    if packed and getattr(image, "tag_v2", {}).get(_PLANES_TAG) == 2:
        return False  # Pillow unpacks such planes in its own way
    tiles, whole = [], bool(image.tile)
    for tile in image.tile:
        layout = str(tile.args[0]) if isinstance(tile.args, tuple) else str(tile.args)
        # Pillow divides premultiplied colours by alpha, which needs the upper bytes.
        is_plain = layout[-3:-1] == "16" and layout[-1:] in _SWAPPED
        if not is_plain or layout.startswith("RGBa"):
            whole = False
            continue
        swapped = layout[:-1] + _SWAPPED[layout[-1]]
        rest = tile.args[1:] if isinstance(tile.args, tuple) else None
        tiles.append(tile._replace(args=swapped if rest is None else (swapped, *rest)))
    if whole:
        image.tile = tiles
    return whole


def no_data_value(image: Any, type_: np.dtype[Any]) -> float | None:
    """The finite value that a GDAL tag defines as "no data".

    Args:
        image: an opened picture.
        type_: type of its values, to which the tag's decimal number is rounded.

    Returns:
        None without a tag, or if no pixel can have its value.
    """
    text = getattr(image, "tag_v2", {}).get(NO_DATA_TAG)
    return None if text is None else no_data_number(str(text), type_)


def no_data_number(text: str, type_: np.dtype[Any]) -> float | None:
    """The value that a GDAL tag's text defines as "no data"; None if none of that type can be it.

    Args:
        text: a decimal number.
        type_: of the picture's values, to which the number is rounded.
    """
    try:
        value = float(text.strip("\0 \n\r\t"))
        with np.errstate(over="ignore", invalid="ignore"):
            rounded = float(np.asarray(value).astype(type_))
    except (ValueError, OverflowError):
        return None
    return rounded if isfinite(rounded) and (type_.kind == "f" or rounded == value) else None


def left_out_bands(image: Any, mode: str) -> str:
    """A note on samples of a pixel that are not shown; empty if all are."""
    samples = getattr(image, "tag_v2", {}).get(SAMPLES_TAG, 1)
    shown = 1 if mode.startswith(("I", "F")) else len(image.getbands())
    if not isinstance(samples, int) or samples <= shown:
        return ""
    words = {1: "the first is", 3: "the first 3 are", 4: "the first 4 are"}.get(shown)
    return f"{samples} bands in the file: only {words or f'{shown} are'} shown."


def levels(values: NDArray[np.uint16], low: int, high: int) -> NDArray[np.uint8]:
    """Maps values from ``low`` to ``high`` to 0 to 255, rounded."""
    share = np.clip(values.astype(np.float32) - low, 0, high - low)
    return (share * (255.0 / max(high - low, 1)) + 0.5).astype(np.uint8)
