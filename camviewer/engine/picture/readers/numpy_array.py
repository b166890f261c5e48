"""Reads NumPy's .npy files: an array (H, W), (H, W, C) or (C, H, W), or a stack of pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from camviewer.engine.picture.file_kinds import ImageError, PictureFile, page_error
from camviewer.engine.picture.readers.checks import check_layout
from camviewer.engine.picture.stored_values import (
    BANDS,
    COLOURS,
    GREY,
    RGB,
    DecodedValues,
    StoredValues,
    kept_type,
)

_FEW_BANDS = 4
"""Largest first or last axis of three that is taken for colours or bands without asking."""

_HEADER_BYTES = 10_000
"""Maximum length of a .npy file's header, in bytes; NumPy's own limit for headers it evaluates."""


@dataclass(frozen=True)
class _Layout:
    """What the axes of an array mean.

    Attributes:
        pages: length of the first axis if it counts pages; 1 otherwise.
        band_axis: of a page's array; None for one band.
    """

    pages: int
    band_axis: int | None


def read(file: PictureFile, page: int = 0) -> DecodedValues:
    """Reads one page of a .npy file; nothing in it is executed (no pickled objects).

    Raises:
        ImageError: it holds no picture, is cut short, or has too many values.
    """
    with _plain_errors(file), file.stream() as stream:
        shape, in_columns, dtype = _header(file, stream)
        layout = _layout(file, shape)
        if not 0 <= page < layout.pages:
            raise page_error(file.name, page, layout.pages)
        page_shape = shape[1:] if layout.pages > 1 or len(shape) == 4 else shape
        height, width, bands = _sizes(page_shape, layout.band_axis)
        check_layout(file.name, height, width, bands, min(dtype.itemsize, 4))
        array = _page(stream, shape, dtype, page, paged=page_shape is not shape, turned=in_columns)
    array = (
        array[..., None] if layout.band_axis is None else np.moveaxis(array, layout.band_axis, -1)
    )
    return DecodedValues(
        _values(array),
        pages=layout.pages,
        original_mode=dtype.name,
    )


@contextmanager
def _plain_errors(file: PictureFile) -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError, SyntaxError, TypeError, ValueError) as error:
        raise ImageError(
            f"{file.name} is a NumPy array that is cut short or damaged.",
            "Get another copy of the file.",
        ) from error


def _header(file: PictureFile, stream: IO[bytes]) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    """Shape, whether it is stored by columns, and type."""
    version = npy.read_magic(stream)
    read_header = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
    shape, in_columns, dtype = read_header(stream, max_header_size=_HEADER_BYTES)
    if dtype.kind not in "buif" or dtype.itemsize > 8:
        raise ImageError(
            f"{file.name} is a NumPy array of {dtype.name}, which is no picture.",
            "Save it as whole or floating-point numbers.",
        )
    return shape, in_columns, dtype


def _layout(file: PictureFile, shape: tuple[int, ...]) -> _Layout:
    if len(shape) == 2:
        return _Layout(1, None)
    if len(shape) == 3:
        axis = _band_axis(shape)
        return _Layout(1, axis) if axis is not None else _Layout(shape[0], None)
    if len(shape) == 4:
        axis = _band_axis(shape[1:])
        if axis is not None:
            return _Layout(shape[0], axis)
    raise ImageError(
        f"{file.name} is a NumPy array of shape {shape}, which is no picture.",
        "Save it as (height, width) or (height, width, bands).",
    )


def _band_axis(shape: tuple[int, ...]) -> int | None:
    """The axis of three that counts bands: a short one; else the last, if it is the shortest."""
    if shape[2] <= _FEW_BANDS:
        return 2
    if shape[0] <= _FEW_BANDS:
        return 0
    return 2 if shape[2] < min(shape[:2]) else None


def _sizes(shape: tuple[int, ...], band_axis: int | None) -> tuple[int, int, int]:
    """(H, W, C) of a page."""
    if band_axis is None:
        return shape[0], shape[1], 1
    height, width = (length for axis, length in enumerate(shape) if axis != band_axis)
    return height, width, shape[band_axis]


def _page(
    stream: IO[bytes],
    shape: tuple[int, ...],
    dtype: np.dtype[Any],
    page: int,
    *,
    paged: bool,
    turned: bool,
) -> NDArray[Any]:
    """One page's values; of a stack stored by columns, all are read."""
    page_shape = shape[1:] if paged else shape
    if turned:
        return (
            _numbers(stream, shape[::-1], dtype).T[page]
            if paged
            else (_numbers(stream, shape[::-1], dtype).T)
        )
    if paged:
        stream.seek(page * int(np.prod(page_shape)) * dtype.itemsize, 1)
    return _numbers(stream, page_shape, dtype)


def _numbers(stream: IO[bytes], shape: tuple[int, ...], dtype: np.dtype[Any]) -> NDArray[Any]:
    wanted = int(np.prod(shape)) * dtype.itemsize
    data = stream.read(wanted)
    if len(data) < wanted:
        raise EOFError("the file ends early")
    return np.frombuffer(data, dtype).reshape(shape)


def _values(array: NDArray[Any]) -> StoredValues:
    """The values (H, W, C) with what is known of them: bytes of three bands are colours."""
    count = array.shape[2]
    colour = GREY if count == 1 else RGB if count == 3 and array.dtype == np.uint8 else BANDS
    names = COLOURS if colour == RGB else ("",) * count
    stated = (0.0, 255.0) if array.dtype == np.uint8 else None
    if array.dtype == np.bool_:
        array, stated = array.astype(np.uint8), (0.0, 1.0)
    return StoredValues(kept_type(array), names, colour, stated)
