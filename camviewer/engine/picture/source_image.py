"""Reads pictures from files, the clipboard or arrays as upright sRGB pixels."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from camviewer.engine.geometry.input_scale import InputScale
from camviewer.engine.picture.decoding import DecodedFile, bands, decoded
from camviewer.engine.picture.eye import EyeWindow, default_window, shown_pixels, window_words
from camviewer.engine.picture.file_kinds import (
    DICOM,
    PICTURE_SUFFIXES,
    PIXEL_LIMIT,
    ImageError,
    PictureFile,
    check_size,
    picture_file,
    picture_in_memory,
)
from camviewer.engine.picture.folder_listing import counting_order, find_pictures
from camviewer.engine.picture.input_range import InputRange, input_range
from camviewer.engine.picture.pillow_pictures import pillow_picture
from camviewer.engine.picture.pillow_tiff import is_reduced_copy
from camviewer.engine.picture.pixels import over_white
from camviewer.engine.picture.readers.checks import check_layout
from camviewer.engine.picture.readers.pillow_page import PillowPage
from camviewer.engine.picture.readers.reading import read_page
from camviewer.engine.picture.stored_values import (
    BANDS,
    COLOURS,
    GREY,
    RGB,
    StoredValues,
    colours_as_values,
    kept_type,
)
from camviewer.engine.picture.value_notes import value_notes

__all__ = [
    "PICTURE_SUFFIXES",
    "PIXEL_LIMIT",
    "ImageError",
    "SourceImage",
    "counting_order",
    "find_pictures",
    "image_from_bytes",
    "image_from_pixels",
    "image_from_values",
    "read_image",
    "shown_with",
]


@dataclass(frozen=True, eq=False)
class SourceImage:
    """A decoded picture.

    Attributes:
        colours: what ``pixels`` gives; None where that is made of ``stored`` when first asked for.
        name: the file's name, or ``Clipboard``.
        path: the file; None when there is none.
        sha256: of the file's bytes in hexadecimal; of the pixels' bytes when there is no file.
        notes: what the user should know: page, depth, alpha, profile, damage.
        original_mode: Pillow's name for how the file stores its pixels.
        stored: what the file holds; None where that is ``pixels``.
        kept_range: the range of values found for another picture of the same folder; it holds where
            neither this file nor the model says one.
        pages: how many pages or frames the file has; 1 where that cannot be told.
        page: which of them this is, from 0.
        page_names: of the pages, "" where the file has none; empty when no page has one.
        is_damaged: whether parts of the file could not be decoded.
    """

    colours: NDArray[np.uint8] | None
    name: str
    path: Path | None
    sha256: str
    notes: tuple[str, ...]
    original_mode: str
    stored: StoredValues | None = None
    kept_range: InputRange | None = None
    pages: int = 1
    page: int = 0
    page_names: tuple[str, ...] = ()
    is_damaged: bool = False

    @cached_property
    def pixels(self) -> NDArray[np.uint8]:
        """For the eye: uint8 RGB (H, W, 3), C-contiguous, not writeable, upright, sRGB."""
        return shown_pixels(self.values) if self.colours is None else self.colours

    @cached_property
    def values(self) -> StoredValues:
        """What the file holds; of 8-bit colours the same array as ``pixels``."""
        return self.stored or colours_as_values(self.pixels)

    @property
    def key(self) -> str:
        """Tells what networks are fed of it from all else: the file, the page and its range.

        The bytes of numbers that lie in no file say neither their shape and type nor their range.
        """
        key = self.sha256 if not self.page else f"{self.sha256}:{self.page}"
        if self.path is None:
            key = f"{key}:{self.width}x{self.height}"
            if self.stored is not None:
                key = f"{key}:{self.stored.array.dtype}:{self.stored.stated_range}"
        kept = self.kept_range
        return key if kept is None else f"{key}:{kept.low}:{kept.high}"

    def input_range(self, scale: InputScale) -> InputRange:
        """The values that a network is fed as 0 and 1, under the scale of its recipe."""
        return input_range(self.values, scale, self.kept_range)

    @property
    def page_note(self) -> str:
        """The note on which page this is, for those who show it elsewhere."""
        return _page_words(self.page, self.pages)

    @property
    def modality(self) -> str:
        """The kind of a DICOM picture in the standard's letters, such as CT; empty for others."""
        return self.original_mode.removeprefix(DICOM.name).strip() if self.is_dicom else ""

    @property
    def is_dicom(self) -> bool:
        """Whether it comes from a DICOM file."""
        return self.original_mode.startswith(DICOM.name)

    @property
    def size_bytes(self) -> int:
        """What its pixels and values take in memory, when both are made."""
        array = self.values.array
        same = self.values.are_eye_colours if self.colours is None else self.colours is array
        return self.height * self.width * len(COLOURS) + (0 if same else array.nbytes)

    @property
    def height(self) -> int:
        """H in pixels."""
        return int(self.values.array.shape[0])

    @property
    def width(self) -> int:
        """W in pixels."""
        return int(self.values.array.shape[1])

    @property
    def size(self) -> tuple[int, int]:
        """(H, W) in pixels."""
        return self.height, self.width


def read_image(path: Path, page: int = 0) -> SourceImage:
    """Reads one page of a picture file.

    Args:
        path: the file.
        page: which of its pages or frames, from 0.

    Raises:
        ImageError: it cannot be opened, or has no such page; the message says why.
    """
    return _source_image(picture_file(path), page)


def require_values(values: StoredValues, name: str) -> None:
    """Refuses a picture without a value.

    Raises:
        ImageError: all values are NaN, infinite or mark places without data.
    """
    may_have_none = values.array.dtype.kind == "f" or values.missing
    if not may_have_none or values.statistics.finite:
        return
    if values.statistics.not_finite == values.array.size:
        raise ImageError(
            f"{name} has no value that is a finite number.", "Choose another picture or page."
        )
    raise ImageError(
        f"{name} has no data: all its values are {values.no_data:g}, which marks their absence.",
        "Choose another picture or page.",
    )


def image_from_bytes(data: bytes, name: str, page: int = 0) -> SourceImage:
    """Reads a page (from 0) of a picture from the bytes of a file, as the clipboard holds them.

    Raises:
        ImageError: it cannot be opened, or has no such page; the message says why.
    """
    return _source_image(picture_in_memory(data, name), page)


def image_from_pixels(pixels: NDArray[np.uint8], name: str) -> SourceImage:
    """Takes a copy of uint8 RGB (H, W, 3) or RGBA (H, W, 4) pixels; alpha goes over white.

    Raises:
        ImageError: the array has another type or shape, no pixels, or too many.
    """
    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] not in (3, 4):
        raise ImageError(f"{name} holds no RGB picture.", "Copy the picture again.")
    height, width, channels = pixels.shape
    if not height or not width:
        raise ImageError(f"{name} holds a picture without pixels.", "Copy the picture again.")
    check_size(name, (width, height))
    rgb = np.empty((height, width, 3), np.uint8)
    notes: tuple[str, ...] = ()
    for band in bands(height, width):
        if channels == 4 and (pixels[band, :, 3] < 255).any():
            image = Image.fromarray(np.ascontiguousarray(pixels[band]))
            rgb[band] = np.asarray(over_white(image.convert("RGB"), image.getchannel("A")))
            notes = ("Transparent parts are shown over white.",)
        else:
            rgb[band] = pixels[band, :, :3]
    rgb.flags.writeable = False
    sha256 = hashlib.sha256(rgb.data).hexdigest()
    return SourceImage(rgb, name, None, sha256, notes, "RGBA" if channels == 4 else "RGB")


def image_from_values(
    array: NDArray[Any], name: str, *, stated_range: tuple[float, float] | None = None
) -> SourceImage:
    """Takes a copy of numbers (H, W) or (H, W, C) as stored values; three bands are red to blue.

    Args:
        array: the numbers.
        name: of the picture.
        stated_range: the values that become 0 and 1, where they are known; of bytes 0 and 255.

    Raises:
        ImageError: the array has another type or shape, no pixels, too many pixels or bands, or no
            finite value.
    """
    values = array[..., None] if array.ndim == 2 else array
    if values.ndim != 3 or values.dtype.kind not in "biuf" or not values.size:
        shape = "x".join(str(side) for side in array.shape)
        raise ImageError(
            f"An array {shape} of {array.dtype} is no picture.", "Give numbers (H, W) or (H, W, C)."
        )
    height, width, count = values.shape
    check_layout(name, height, width, count, min(values.dtype.itemsize, 4))
    colour = {1: GREY, 3: RGB}.get(count, BANDS)
    names = COLOURS if count == 3 else ("",) * count
    stated = (0.0, 255.0) if values.dtype == np.uint8 else stated_range
    stored = StoredValues(kept_type(values.copy()), names, colour, stated)
    require_values(stored, name)
    sha256 = hashlib.sha256(stored.array.data).hexdigest()
    notes = (window_words(stored, default_window(stored), str(array.dtype)),)
    return SourceImage(None, name, None, sha256, notes, str(array.dtype), stored=stored)


def shown_with(
    image: SourceImage, window: EyeWindow, shown: tuple[int, ...] | None = None
) -> SourceImage:
    """The same picture with other colours for the eye; what networks are fed of it stays.

    Args:
        image: the picture.
        window: the values from black to white.
        shown: indices of three bands, or of one; the first when None.
    """
    values = image.values
    return replace(image, colours=shown_pixels(values, window, shown), stored=values)


def _source_image(file: PictureFile, page: int = 0) -> SourceImage:
    found = read_page(file, page)
    if isinstance(found, PillowPage):
        return _by_pillow(file, found, page)
    require_values(found.values, file.name)
    where = [_page_words(page, found.pages)] if found.pages > 1 else []
    return SourceImage(
        None,
        file.name,
        file.path,
        file.sha256,
        (*where, *found.notes, *value_notes(found.values)),
        found.original_mode,
        stored=found.values,
        pages=found.pages,
        page=page,
        page_names=found.page_names,
        is_damaged=found.damaged,
    )


def _by_pillow(file: PictureFile, place: PillowPage, page: int) -> SourceImage:
    with decoded(replace(file, frame=place.frame)) as picture:
        read = pillow_picture(picture)
        notes = read.notes
        require_values(read.values, file.name)
        if picture.damaged:
            notes.insert(0, "The file is damaged or cut short: what could be decoded is shown.")
        count = place.pages or _page_count(picture)
        notes = [*_page_note(picture, page, count), *notes]
    return SourceImage(
        read.colours,
        file.name,
        file.path,
        file.sha256,
        tuple(notes),
        picture.original_mode,
        stored=read.values,
        pages=count or 1,
        page=page,
        page_names=place.page_names,
        is_damaged=picture.damaged,
    )


def _page_count(picture: DecodedFile) -> int | None:
    """Pages or frames of the file; None where a later one is damaged."""
    try:
        return int(getattr(picture.image, "n_frames", 1))
    except Exception:  # noqa: BLE001  (the first page is here)
        return None


def _page_note(picture: DecodedFile, page: int, count: int | None) -> list[str]:
    """A note on which of several pages or frames is shown."""
    if count is None:
        return [f"Page {page + 1} is shown; pages after it are damaged."]
    if count < 2:
        return []
    if is_reduced_copy(picture.image):
        return [f"Page {page + 1} of {count}, which the file calls a small copy of another page."]
    if picture.image.format in ("TIFF", "ICO"):
        return [_page_words(page, count)]
    if picture.image.format in ("MPO", "HEIF"):
        return [f"Picture {page + 1} of {count} in the file."]
    return [f"Animated: frame {page + 1} of {count}."]


def _page_words(page: int, count: int) -> str:
    return f"Page {page + 1} of {count}."
