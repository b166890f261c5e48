"""Takes the stored values out of pictures that Pillow has decoded."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.picture.decoding import DecodedFile, bands
from camviewer.engine.picture.eye import default_window, window_words
from camviewer.engine.picture.pillow_tiff import left_out_bands, no_data_value
from camviewer.engine.picture.pixels import (
    PHOTOMETRIC_TAG,
    measured_type,
    missing_values,
    orientation,
    room_for_upright,
    upright,
    upright_colours,
    values_of,
)
from camviewer.engine.picture.stored_values import (
    COLOURS,
    GREY,
    RGB,
    StoredValues,
    colours_as_values,
    kept_type,
)

_OPAQUE = 2**16 - 1
_FEW_BITS = 2**14
_WHITE_IS_ZERO = 0


@dataclass(frozen=True, eq=False)
class PillowPicture:
    """A decoded file, upright.

    Attributes:
        values: what it holds.
        colours: for the eye, uint8 RGB (H, W, 3); None where they are made of the values.
        notes: what the user should know of either.
    """

    values: StoredValues
    colours: NDArray[np.uint8] | None
    notes: list[str]


def pillow_picture(file: DecodedFile) -> PillowPicture:
    """What a file holds that Pillow has decoded, and what of it is shown."""
    left_out = left_out_bands(file.image, file.original_mode)
    said = [left_out] if left_out else []
    type_ = measured_type(file)
    if type_ is not None:
        values = _measurements(file, type_)
        kind = "floating-point grey" if type_.kind == "f" else "grey"
        note = window_words(values, default_window(values), f"{file.depth}-bit {kind}")
        return PillowPicture(values, None, [note, *said])
    pixels, notes = upright_colours(file)
    pixels.flags.writeable = False
    values = colours_as_values(pixels)
    if file.deep is not None:
        values = _deep_colours(file, file.deep)
    return PillowPicture(values, pixels, [*notes, *said])


def _measurements(file: DecodedFile, type_: np.dtype[np.generic]) -> StoredValues:
    width, height = file.image.size
    values, stored = room_for_upright((height, width, 1), type_, orientation(file.image))
    for band in bands(height, width):
        rows = values_of(file.image.crop((0, band.start, width, band.stop)), type_)
        stored[band] = rows[..., None]
    no_data, *others = missing_values(file, type_) or (None,)
    for value in others:
        values[values == value] = no_data
    is_inverted = getattr(file.image, "tag_v2", {}).get(PHOTOMETRIC_TAG) == _WHITE_IS_ZERO
    return StoredValues(kept_type(values), ("",), GREY, file.stated, no_data, inverted=is_inverted)


def _deep_colours(file: DecodedFile, deep: NDArray[np.uint16]) -> StoredValues:
    """16-bit colours, over white where they are transparent."""
    values = upright(deep, orientation(file.image))
    if values.shape[2] == 4:
        values = _over_white(values[..., :3], values[..., 3:], file.stated)
    no_data = no_data_value(file.image, np.dtype(np.uint16))
    return StoredValues(kept_type(values), COLOURS, RGB, file.stated, no_data)


def _over_white(
    colours: NDArray[np.uint16],
    alpha: NDArray[np.uint16],
    stated: tuple[float, float] | None,
) -> NDArray[np.uint16]:
    """Colours (H, W, 3) composited over white by their alpha (H, W, 1), in place.

    Alpha has as many bits as the colours, or all of them; white is the largest value of the
    colours' depth.
    """
    largest = int(alpha.max())
    opaque = _OPAQUE if largest >= _FEW_BITS else 2 ** max(largest.bit_length(), 1) - 1
    if int(alpha.min()) >= opaque:
        return colours
    top = float(stated[1]) if stated else float(2 ** max(int(colours.max()).bit_length(), 8) - 1)
    for band in bands(*colours.shape[:2]):
        share = np.minimum(alpha[band] / np.float32(opaque), 1.0)
        colours[band] = np.rint(colours[band] * share + top * (1.0 - share))
    return colours
