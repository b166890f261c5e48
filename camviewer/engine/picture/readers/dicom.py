"""Reads the frames of DICOM files: values after rescale, windows, no data; never who was pictured.

Messages, notes and names that are made here quote nothing of a file but its modality, numbers and
the names of windows and standard object types: no text that could name a patient.
"""

from __future__ import annotations

import logging
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.picture.file_kinds import DICOM, ImageError, PictureFile, page_error
from camviewer.engine.picture.readers.checks import check_layout
from camviewer.engine.picture.readers.dicom_file import (
    damaged,
    open_header,
    pixel_array_of,
    without_pixels,
)
from camviewer.engine.picture.readers.dicom_modality import modality
from camviewer.engine.picture.readers.dicom_scale import Scale, frame_scale, windows_of
from camviewer.engine.picture.stored_values import (
    BANDS,
    COLOURS,
    GREY,
    RGB,
    DecodedValues,
    StoredValues,
    kept_type,
)

if TYPE_CHECKING:
    from pydicom import Dataset

_GREY_KINDS = frozenset({"MONOCHROME1", "MONOCHROME2"})
_COLOUR_KINDS = frozenset(
    {"RGB", "YBR_FULL", "YBR_FULL_422", "YBR_ICT", "YBR_RCT", "PALETTE COLOR"}
)


def silence_pydicom() -> None:
    """Keeps pydicom's warnings, which quote values of the file, out of the log and the terminal."""
    for name in ("pydicom", "pydicom.pixels.utils", "pydicom.pixels.decoders.base"):
        logging.getLogger(name).disabled = True
    warnings.filterwarnings("ignore", module=r"pydicom\b")


def read(file: PictureFile, page: int = 0) -> DecodedValues:
    """Reads one frame of a DICOM file.

    Raises:
        ImageError: it has no pixels, is cut short, encrypted, too large, or packed by a codec that
            is not there.
    """
    silence_pydicom()
    header = open_header(file)
    kind = _kind(file, header)
    pages = _frame_count(header)
    if not 0 <= page < pages:
        raise page_error(file.name, page, pages)
    rows, columns, samples, bits = _sizes(file, header)
    check_layout(file.name, rows, columns, 3 if kind == "PALETTE COLOR" else samples, -(-bits // 8))
    stored = pixel_array_of(file, header, page)
    if stored.shape[:2] != (rows, columns):
        raise damaged(file.name)
    try:
        values = _values(stored, header, kind, page)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        raise damaged(file.name) from None
    return DecodedValues(
        values,
        pages=pages,
        original_mode=f"{DICOM.name} {modality(header)}".strip(),
    )


def _kind(file: PictureFile, header: Dataset) -> str:
    """The photometric interpretation.

    Raises:
        ImageError: there is no picture in the file, or its colours are of an unknown kind.
    """
    if "Rows" not in header or "Columns" not in header:
        raise without_pixels(file.name, header)
    kind = str(header.get("PhotometricInterpretation", "MONOCHROME2")).strip().upper()
    if kind not in _GREY_KINDS | _COLOUR_KINDS:
        raise ImageError(
            f"{file.name} is a DICOM file whose colours are of a kind that cannot be read.",
            "Save it with RGB colours in another program.",
        )
    return kind


def _frame_count(header: Dataset) -> int:
    try:
        return max(int(header.get("NumberOfFrames", 1) or 1), 1)
    except (TypeError, ValueError):
        return 1


def _sizes(file: PictureFile, header: Dataset) -> tuple[int, int, int, int]:
    """Rows, columns, samples per pixel and bits allocated."""
    try:
        return (
            int(header.Rows),
            int(header.Columns),
            int(header.get("SamplesPerPixel", 1)),
            int(header.BitsAllocated),
        )
    except (AttributeError, TypeError, ValueError):
        raise damaged(file.name) from None


def _values(stored: NDArray[Any], header: Dataset, kind: str, page: int) -> StoredValues:
    if kind in _COLOUR_KINDS:
        return _colours(stored, header, kind)
    array = stored[..., None] if stored.ndim == 2 else stored
    scale = frame_scale(header, page)
    no_data, is_hole = _holes(array, header, scale)
    measured = scale.applied(array)
    if no_data is not None and is_hole is not None:
        measured = np.where(is_hole, measured.dtype.type(no_data), measured)
    return StoredValues(
        kept_type(measured),
        ("",) * array.shape[2],
        GREY if array.shape[2] == 1 else BANDS,
        _stated_range(header, scale),
        no_data,
        windows_of(header, page),
        scale.unit,
        inverted=kind == "MONOCHROME1",
    )


def _colours(stored: NDArray[Any], header: Dataset, kind: str) -> StoredValues:
    if kind == "PALETTE COLOR":
        from pydicom.pixels.processing import apply_color_lut  # noqa: PLC0415  (for DICOM files alone)

        stored = apply_color_lut(stored, header)
        if stored.dtype == np.uint16 and not (stored & 255).any():
            stored = (stored >> 8).astype(np.uint8)  # colours of eight bits, in sixteen
        bits = 8 * stored.dtype.itemsize
    else:
        bits = int(header.get("BitsStored", header.BitsAllocated))
    if stored.ndim != 3 or stored.shape[2] not in (3, 4):
        raise ValueError("colours of other than three samples")
    return StoredValues(kept_type(stored[..., :3]), COLOURS, RGB, (0.0, 2.0**bits - 1))


def _stated_range(header: Dataset, scale: Scale) -> tuple[float, float] | None:
    """The range that BitsStored states; 16 of 16 state none, as 12-bit values have them too."""
    if "BitsStored" not in header or scale.table is not None:
        return None
    bits = int(header.BitsStored)
    if bits >= 16 or bits < 1:
        return None
    low = -(2.0 ** (bits - 1)) if int(header.get("PixelRepresentation", 0)) else 0.0
    ends = [(low + step) * scale.slope + scale.intercept for step in (0.0, 2.0**bits - 1)]
    return min(ends), max(ends)


def _holes(
    stored: NDArray[Any], header: Dataset, scale: Scale
) -> tuple[float | None, NDArray[np.bool_] | None]:
    """The value of places without data after rescale, and where they are; None without them."""
    padding = header.get("PixelPaddingValue")
    if padding is None or not stored.size:
        return None, None
    ends = int(padding), int(header.get("PixelPaddingRangeLimit", padding))
    is_hole = (stored >= min(ends)) & (stored <= max(ends))
    if not is_hole.any():
        return None, None
    value = scale.applied(np.array([[[ends[0]]]], stored.dtype if scale.is_table else np.int64))
    return float(value.reshape(-1)[0]), is_hole
