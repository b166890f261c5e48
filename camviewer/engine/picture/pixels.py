"""Turns a decoded file into upright sRGB pixels, in bands of rows to save memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from camviewer.engine.picture.colour_profile import conversion_to_srgb
from camviewer.engine.picture.decoding import DecodedFile, bands
from camviewer.engine.picture.pillow_tiff import no_data_value

_ORIENTATION_TAG = 0x0112
PHOTOMETRIC_TAG = 262
_SAMPLE_FORMAT_TAG = 339
_UNSIGNED, _SIGNED = 1, 2
_LOWEST_16 = -(2**15)

Pixels = NDArray[np.uint8]
Values = NDArray[np.generic]


def upright_colours(file: DecodedFile) -> tuple[Pixels, list[str]]:
    """The file's colours as uint8 RGB (H, W, 3), upright, sRGB, with notes for the user."""
    to_rgb, notes = _colour_conversion(file)
    image = file.image
    width, height = image.size
    pixels, stored = room_for_upright((height, width, 3), np.dtype(np.uint8), orientation(image))
    for band in bands(height, width):
        rows = to_rgb(image.crop((0, band.start, width, band.stop)))
        stored[band] = rows if rows.ndim == 3 else rows[..., None]
    return pixels, notes()


def over_white(colour: Image.Image, alpha: Image.Image) -> Image.Image:
    """An RGB image composited over white with its alpha channel (L)."""
    paper = Image.new("RGB", colour.size, "white")
    paper.paste(colour, mask=alpha)
    return paper


def orientation(image: Image.Image) -> int:
    """EXIF orientation, 1 to 8; 1 when it is missing or unreadable."""
    try:
        value = image.getexif().get(_ORIENTATION_TAG, 1)
    except Exception:  # noqa: BLE001  (a broken EXIF block is no reason to refuse a picture)
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def upright(stored: NDArray[Any], turned: int) -> NDArray[Any]:
    """Values (H, W, C) of a file of that EXIF orientation, upright; the same array if they are."""
    if turned == 1:
        return stored
    made, as_stored = room_for_upright(stored.shape, stored.dtype, turned)
    as_stored[...] = stored
    return made


def room_for_upright(
    shape: tuple[int, ...], type_: np.dtype[Any], turned: int
) -> tuple[NDArray[Any], NDArray[Any]]:
    """An empty array for upright values, and a view of it in the file's order.

    Args:
        shape: (H, W, C) as the file stores them.
        type_: of the values.
        turned: EXIF orientation, 1 to 8.
    """
    height, width, count = shape
    made = np.empty((width, height, count) if turned >= 5 else shape, type_)
    as_stored = made.swapaxes(0, 1) if turned >= 5 else made
    rows = -1 if turned in (3, 4, 6, 7) else 1
    columns = -1 if turned in (2, 3, 7, 8) else 1
    return made, as_stored[::rows, ::columns]


_ToRgb = Callable[[Image.Image], Pixels]


def _colour_conversion(file: DecodedFile) -> tuple[_ToRgb, Callable[[], list[str]]]:
    mode = _colour_mode(file.image)
    conversion = conversion_to_srgb(file.image.info.get("icc_profile"), mode)
    see_through = False

    def to_rgb(band: Image.Image) -> Pixels:
        nonlocal see_through
        colour, alpha = _colour_and_alpha(band, mode)
        rgb = conversion.to_srgb(colour)
        if alpha is not None and alpha.getextrema() != (255, 255):
            see_through = True
            rgb = over_white(rgb, alpha)
        return np.asarray(rgb)

    def notes() -> list[str]:
        said = []
        if file.few_bits:
            said.append(file.few_bits)
        elif file.depth > 8:
            said.append(f"{file.depth} bits per channel: shown with 8, the finest steps are lost.")
        if conversion.note:
            said.append(conversion.note)
        if see_through:
            said.append("Transparent parts are shown over white.")
        return said

    return to_rgb, notes


def _colour_mode(image: Image.Image) -> str:
    """Mode of the colours without palette and alpha: L, RGB or CMYK."""
    if image.mode in ("1", "L", "LA", "La"):
        return "L"
    return "CMYK" if image.mode == "CMYK" else "RGB"


def _colour_and_alpha(band: Image.Image, mode: str) -> tuple[Image.Image, Image.Image | None]:
    """A band as L, RGB or CMYK, and its alpha as L."""
    if band.mode in ("La", "RGBa"):
        band = band.convert("LA" if band.mode == "La" else "RGBA")
    if not band.has_transparency_data:
        return (band if band.mode == mode else band.convert(mode)), None
    if band.mode not in ("LA", "RGBA"):
        band = band.convert("RGBA")
    return band.convert(mode), band.getchannel("A")


def measured_type(file: DecodedFile) -> np.dtype[Any] | None:
    """The number type of pictures that hold measurements rather than colours."""
    mode, sample_format = file.image.mode, _sample_format(file.image)
    if mode.startswith("I;16"):
        return np.dtype(np.uint16)
    if mode == "I":
        unsigned = file.depth == 32 and sample_format == _UNSIGNED
        return np.dtype(np.uint32 if unsigned else np.int32)
    if mode == "F":
        return np.dtype(np.float32)
    return np.dtype(np.int8) if mode == "L" and sample_format == _SIGNED else None


def _sample_format(image: Image.Image) -> int | None:
    """The sample format tag of a TIFF; None for all other files."""
    tags = getattr(image, "tag_v2", None)
    if tags is None:
        return None
    value = tags.get(_SAMPLE_FORMAT_TAG, _UNSIGNED)
    return int(value[0] if isinstance(value, tuple) else value)


def values_of(band: Image.Image, type_: np.dtype[Any]) -> Values:
    """The values (h, w) of a band of rows, of the type that the file says."""
    values = np.asarray(band)
    # Pillow returns big-endian 16-bit values unchanged; only types of equal size are reinterpreted.
    return values.astype(values.dtype.newbyteorder("="), copy=False).view(type_)


def missing_values(file: DecodedFile, type_: np.dtype[Any]) -> tuple[float, ...]:
    """Values that mean "no data": a TIFF's own value, then -32768 in signed 16 bits."""
    tag_value = no_data_value(file.image, type_)
    signed = file.depth == 16 and _sample_format(file.image) == _SIGNED
    values = [tag_value] if tag_value is not None else []
    return tuple(dict.fromkeys([*values, float(_LOWEST_16)] if signed else values))
