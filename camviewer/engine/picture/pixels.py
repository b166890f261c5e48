"""Turns a decoded file into upright sRGB pixels, in bands of rows to save memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from camviewer.engine.picture.colour_profile import conversion_to_srgb
from camviewer.engine.picture.decoding import DecodedFile, bands
from camviewer.engine.picture.tiff import left_out_bands, no_data_value

_ORIENTATION_TAG = 0x0112
PHOTOMETRIC_TAG = 262
_SAMPLE_FORMAT_TAG = 339
_UNSIGNED, _SIGNED = 1, 2
_LOWEST_16 = -(2**15)

Pixels = NDArray[np.uint8]
Values = NDArray[np.generic]


def upright_pixels(file: DecodedFile) -> tuple[Pixels, list[str]]:
    """The file's picture as uint8 RGB (H, W, 3), upright, sRGB, with notes for the user."""
    to_rgb, notes = _conversion(file)
    image = file.image
    width, height = image.size
    turned = orientation(image)
    shape = (width, height) if turned >= 5 else (height, width)
    pixels = np.empty((*shape, 3), np.uint8)
    stored = as_stored(pixels, turned)
    for band in bands(height, width):
        rows = to_rgb(image.crop((0, band.start, width, band.stop)))
        stored[band] = rows if rows.ndim == 3 else rows[..., None]
    left_out = left_out_bands(image, file.original_mode)
    return pixels, [*notes(), *([left_out] if left_out else [])]


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


def as_stored(upright: NDArray[Any], turned: int) -> NDArray[Any]:
    """A view of upright pixels in the order in which a file of that EXIF orientation has them."""
    if turned >= 5:
        upright = upright.swapaxes(0, 1)
    rows = -1 if turned in (3, 4, 6, 7) else 1
    columns = -1 if turned in (2, 3, 7, 8) else 1
    return upright[::rows, ::columns]


_ToRgb = Callable[[Image.Image], Pixels]


def _conversion(file: DecodedFile) -> tuple[_ToRgb, Callable[[], list[str]]]:
    """Functions that turn a band into RGB or grey bytes, and that give the notes afterwards."""
    measured = measured_type(file)
    if measured is not None:
        scale = _grey_scale(file, measured)
        return scale.apply, lambda: [scale.note]
    return _colour_conversion(file)


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


@dataclass(frozen=True)
class _GreyScale:
    """The linear scale that shows measured values as grey.

    Attributes:
        type: type of the values; Pillow stores some unsigned ones as signed.
        low: the value that is shown black (white when inverted).
        high: the value that is shown white (black when inverted).
        missing: values that mark pixels without data.
        inverted: whether the file says that its lowest value is white.
        note: says all this to the user.
    """

    type: np.dtype[Any]
    low: float
    high: float
    missing: tuple[float, ...]
    inverted: bool
    note: str

    def apply(self, band: Image.Image) -> Pixels:
        """Grey bytes (h, w); NaN and pixels without data are black."""
        values = values_of(band, self.type)
        share = values.astype(np.float64)
        # In place, because a band of doubles takes most of the memory.
        share -= self.low
        share *= 255.0 / ((self.high - self.low) or 1.0)
        np.clip(share, 0.0, 255.0, out=share)
        if self.inverted:
            np.subtract(255.0, share, out=share)
        share += 0.5
        if self.type.kind == "f":
            np.nan_to_num(share, copy=False, nan=0.0)
        grey = share.astype(np.uint8)
        for value in self.missing:
            grey[values == value] = 0
        return grey


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
    """Values that mean "no data": a TIFF's own value, and -32768 in signed 16 bits."""
    tag_value = no_data_value(file.image, type_)
    signed = file.depth == 16 and _sample_format(file.image) == _SIGNED
    values = {float(_LOWEST_16)} if signed else set()
    return tuple(values if tag_value is None else values | {tag_value})


def _known(values: Values, missing: tuple[float, ...]) -> Values:
    """The finite values that are not marked as missing; there may be none."""
    known = np.isfinite(values)
    for value in missing:
        known &= values != value
    return values if known.all() else values[known]


def _grey_scale(file: DecodedFile, type_: np.dtype[Any]) -> _GreyScale:
    """The scale of the finite values that are not marked as missing."""
    image = file.image
    width, height = image.size
    missing = missing_values(file, type_)
    low, high, odd = np.inf, -np.inf, 0
    empty = dict.fromkeys(missing, 0)
    for band in bands(height, width):
        values = values_of(image.crop((0, band.start, width, band.stop)), type_)
        known = _known(values, missing)
        if known.size < values.size:
            odd += values.size - int(np.isfinite(values).sum())
            for value in missing:
                empty[value] += int((values == value).sum())
        if known.size:
            low, high = min(low, float(known.min())), max(high, float(known.max()))
    number = "g" if type_.kind == "f" else ".0f"
    holes = _hole_words(empty, number, odd)
    if not isfinite(low):
        note = "None of its values is a number: shown black." if odd else holes.strip()
        return _GreyScale(type_, 0.0, 0.0, missing, False, note)
    inverted = getattr(image, "tag_v2", {}).get(PHOTOMETRIC_TAG) == 0
    depth = f"{file.depth}-bit " + ("floating-point " if type_.kind == "f" else "") + "grey"
    if low == high:
        note = f"{depth}: all values are {low:{number}}, shown black.{holes}"
        return _GreyScale(type_, low, high, missing, False, note)
    ends = "white to black" if inverted else "black to white"
    note = f"{depth}: values {low:{number}} to {high:{number}} are shown from {ends}.{holes}"
    return _GreyScale(type_, low, high, missing, inverted, note)


def _hole_words(empty: dict[float, int], number: str, odd: int) -> str:
    """Sentences about the pixels without a value; ``empty`` counts those marked as missing."""
    words = f" {odd} values are not finite numbers." if odd else ""
    for value, count in empty.items():
        if count:
            pixels = "1 pixel has" if count == 1 else f"{count} pixels have"
            words += f" {pixels} no data ({value:{number}}), shown black."
    return words
