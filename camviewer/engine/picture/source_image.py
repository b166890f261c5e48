"""Reads pictures from files, the clipboard or arrays as upright sRGB pixels."""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from camviewer.engine.geometry.input_scale import InputScale
from camviewer.engine.picture.decoding import DecodedFile, bands, decoded
from camviewer.engine.picture.eye import EyeWindow, shown_pixels
from camviewer.engine.picture.file_kinds import (
    KINDS_HINT,
    PICTURE_SUFFIXES,
    PIXEL_LIMIT,
    ImageError,
    PictureFile,
    check_size,
    picture_file,
    picture_in_memory,
)
from camviewer.engine.picture.input_range import InputRange, input_range
from camviewer.engine.picture.pillow_pictures import pillow_picture
from camviewer.engine.picture.pixels import over_white
from camviewer.engine.picture.stored_values import StoredValues, colours_as_values, known_values
from camviewer.engine.picture.tiff import is_reduced_copy

__all__ = [
    "PICTURE_SUFFIXES",
    "PIXEL_LIMIT",
    "ImageError",
    "SourceImage",
    "counting_order",
    "display_levels",
    "find_pictures",
    "image_from_bytes",
    "image_from_pixels",
    "read_image",
    "read_thumbnail",
    "shown_with",
]

_NAMED_FOLDERS = 3
_FILES_LOOKED_AT = 1000
"""Maximum number of files of a subfolder that are looked at for one picture among them."""


@dataclass(frozen=True, eq=False)
class SourceImage:
    """A decoded picture.

    Attributes:
        pixels: for the eye: uint8 RGB (H, W, 3), C-contiguous, not writeable, upright, sRGB.
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

    pixels: NDArray[np.uint8]
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
    def values(self) -> StoredValues:
        """What the file holds; of 8-bit colours the same array as ``pixels``."""
        return self.stored or colours_as_values(self.pixels)

    @property
    def key(self) -> str:
        """Tells what networks are fed of it from all else: the file, the page and its range."""
        key = self.sha256 if not self.page else f"{self.sha256}:{self.page}"
        return key if self.kept_range is None else f"{key}:{self.kept_range.numbers}"

    def input_range(self, scale: InputScale) -> InputRange:
        """The values that a network is fed as 0 and 1, under the scale of its recipe."""
        return input_range(self.values, scale, self.kept_range)

    @property
    def size_bytes(self) -> int:
        """What its pixels and values take in memory."""
        same = self.values.array is self.pixels
        return self.pixels.nbytes + (0 if same else self.values.array.nbytes)

    @property
    def height(self) -> int:
        """H in pixels."""
        return int(self.pixels.shape[0])

    @property
    def width(self) -> int:
        """W in pixels."""
        return int(self.pixels.shape[1])

    @property
    def size(self) -> tuple[int, int]:
        """(H, W) in pixels."""
        return self.height, self.width


def read_image(path: Path) -> SourceImage:
    """Reads a picture file; of several pages, the first.

    Raises:
        ImageError: it cannot be opened; the message says why.
    """
    return _source_image(picture_file(path))


def require_values(values: StoredValues, name: str) -> None:
    """Refuses a picture without a value.

    Raises:
        ImageError: all values are NaN, infinite or mark places without data.
    """
    known = known_values(values.array, values.missing)
    if known is None or known.any():
        return
    if values.array.dtype.kind == "f" and not np.isfinite(values.array).any():
        raise ImageError(
            f"{name} has no value that is a finite number.", "Choose another picture or page."
        )
    raise ImageError(
        f"{name} has no data: all its values are {values.no_data:g}, which marks their absence.",
        "Choose another picture or page.",
    )


def image_from_bytes(data: bytes, name: str) -> SourceImage:
    """Reads a picture from the bytes of a file, as the clipboard holds them.

    Raises:
        ImageError: it cannot be opened; the message says why.
    """
    return _source_image(picture_in_memory(data, name))


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
    return replace(image, pixels=shown_pixels(values, window, shown), stored=values)


def find_pictures(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Lists files as given, and replaces each folder by the pictures in it.

    A folder's pictures are sorted with numbers by value (2 before 10). Subfolders and hidden files
    are left out.

    Raises:
        ImageError: a folder has no pictures, or cannot be read.
    """
    found: list[Path] = []
    for path in paths:
        found.extend(_pictures_in(path) if path.is_dir() else [path])
    return tuple(found)


def read_thumbnail(path: Path, size: int) -> NDArray[np.uint8]:
    """A small copy: uint8 RGB (h, w, 3), upright, its longest side at most ``size`` pixels.

    Raises:
        ImageError: it cannot be opened; the message says why.
    """
    with decoded(picture_file(path), draft=2 * size) as file:
        pixels = pillow_picture(_reduced(file, 2 * size)).pixels
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


def _source_image(file: PictureFile) -> SourceImage:
    with decoded(file) as picture:
        found = pillow_picture(picture)
        notes = found.notes
        require_values(found.values, file.name)
        if picture.damaged:
            notes.insert(0, "The file is damaged or cut short: what could be decoded is shown.")
        count = _page_count(picture)
        notes = [*_page_note(picture, count), *notes]
    return SourceImage(
        found.pixels,
        file.name,
        file.path,
        file.sha256,
        tuple(notes),
        picture.original_mode,
        stored=found.values,
        pages=count or 1,
        is_damaged=picture.damaged,
    )


def _page_count(picture: DecodedFile) -> int | None:
    """Pages or frames of the file; None where a later one is damaged."""
    try:
        return int(getattr(picture.image, "n_frames", 1))
    except Exception:  # noqa: BLE001  (the first page is here)
        return None


def _page_note(picture: DecodedFile, count: int | None) -> list[str]:
    """A note on which of several pages or frames is shown."""
    if count is None:
        return ["Page 1 is shown; the pages after it are damaged."]
    if count < 2:
        return []
    if is_reduced_copy(picture.image):
        return [f"Page 1 of {count}, which the file calls a small copy of another page."]
    if picture.image.format in ("TIFF", "ICO"):
        return [f"Page 1 of {count}."]
    if picture.image.format in ("MPO", "HEIF"):
        return [f"Picture 1 of {count} in the file."]
    return [f"Animated: frame 1 of {count}."]


def _reduced(file: DecodedFile, size: int) -> DecodedFile:
    """The same picture with fewer pixels, where its mode allows averaging."""
    factor = max(file.image.size) // size
    averageable = file.image.mode in ("L", "RGB", "RGBA", "CMYK")
    if factor < 2 or not averageable or "transparency" in file.image.info:
        return file
    return replace(file, image=file.image.reduce(factor))


def _halved(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    height, width = pixels.shape[:2]
    half = np.empty(((height + 1) // 2, (width + 1) // 2, 3), np.uint8)
    for band in bands(height, width):
        rows = slice(band.start // 2, (band.stop + 1) // 2)
        half[rows] = np.asarray(Image.fromarray(pixels[band]).reduce(2))
    return half


def _pictures_in(folder: Path) -> list[Path]:
    try:
        pictures = [path for path in folder.iterdir() if _is_picture(path)]
    except OSError as error:
        raise ImageError(
            f"The folder {folder.name} cannot be read.", "Check that you may open it."
        ) from error
    if not pictures:
        raise _without_pictures(folder)
    return sorted(pictures, key=lambda path: counting_order(path.name))


def _without_pictures(folder: Path) -> ImageError:
    """The error for a folder without pictures; it names subfolders that have some."""
    name = folder.name or str(folder)
    found = [child.name for child in _subfolders(folder) if _has_pictures(child)]
    if not found:
        return ImageError(f"The folder {name} has no pictures.", KINDS_HINT)
    shown = found[:_NAMED_FOLDERS]
    rest = len(found) - len(shown)
    if rest:
        shown.append(f"{rest} more")
    words = shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
    subfolders = "its subfolder" if len(found) == 1 else "its subfolders"
    return ImageError(
        f"The folder {name} has no pictures itself, but {subfolders} {words}.",
        "Open that one." if len(found) == 1 else "Open one of these.",
    )


def _subfolders(folder: Path) -> list[Path]:
    try:
        children = [path for path in folder.iterdir() if path.name[:1] != "." and path.is_dir()]
    except OSError:
        return []
    return sorted(children, key=lambda path: counting_order(path.name))


def _has_pictures(folder: Path) -> bool:
    try:
        return any(_is_picture(path) for path in islice(folder.rglob("*"), _FILES_LOOKED_AT))
    except OSError:
        return False


def _is_picture(path: Path) -> bool:
    if path.name.startswith(".") or path.suffix.lower() not in PICTURE_SUFFIXES:
        return False
    try:
        status = path.stat()
    except OSError:
        return False
    attributes = getattr(status, "st_file_attributes", 0)
    return stat.S_ISREG(status.st_mode) and not attributes & stat.FILE_ATTRIBUTE_HIDDEN


def counting_order(name: str) -> tuple[list[tuple[int, int, str]], str]:
    """Sort key that compares runs of digits as numbers and ignores case."""
    parts = re.findall(r"\d+|\D+", name.casefold())
    key = [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]
    return key, name
