"""Decodes picture files within limits, and keeps what can be read of damaged ones."""

from __future__ import annotations

import ctypes
import importlib
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile

from camviewer.engine.picture.file_kinds import (
    JPEG,
    JPEG_2000,
    NETPBM,
    PNG,
    TGA,
    TIFF,
    ImageError,
    PictureFile,
    PictureKind,
    check_size,
    damaged_error,
    page_error,
)
from camviewer.engine.picture.netpbm import load_netpbm
from camviewer.engine.picture.pillow_tiff import (
    BITS_TAG,
    levels,
    mend_tiff,
    no_data_value,
    swap_bytes,
)

# The picture's notes replace the warnings that Pillow would print.
warnings.filterwarnings("ignore", module=r"PIL\.")
# Without a handler Python would print Pillow's log to the terminal.
logging.getLogger("PIL").addHandler(logging.NullHandler())

_SMALLEST_SAMPLE_TAG, _LARGEST_SAMPLE_TAG = 340, 341
_JPEG_END = b"\xff\xd9"
_JPEG_BLOCK = 16
_BAND_PIXELS = 2**22
_FEW_BITS = 2**14
"""Limit of 16-bit colour values below which a picture is taken for one of a sensor with at most 14
bits."""
_JPEG_2000_MARKS = b"\xff\x4f\xff\x51"
_PRECISION_OFFSET = 42
_MOST_BEFORE_PIXELS = 2**20
"""Maximum number of bytes before a JPEG 2000 file's codestream, for colour profile and metadata."""


def _silence_libtiff() -> None:
    """Stops libtiff from printing errors to the terminal that exceptions report as well.

    The handlers are global to the process and are set once, before any thread decodes. On Windows
    Pillow links libtiff statically, and its functions cannot be reached.
    """
    try:
        library = ctypes.CDLL(Image.core.__file__)  # type: ignore[attr-defined]
        handlers = (library.TIFFSetErrorHandler, library.TIFFSetWarningHandler)
    except (AttributeError, OSError, TypeError):
        return
    for handler in handlers:
        handler.argtypes, handler.restype = [ctypes.c_void_p], ctypes.c_void_p
        handler(None)


_silence_libtiff()


def bands(height: int, width: int) -> Iterator[slice]:
    """Splits an image into bands of an even number of rows and a few million pixels."""
    rows = max(2, _BAND_PIXELS // width // 2 * 2)
    for top in range(0, height, rows):
        yield slice(top, min(top + rows, height))


@dataclass(frozen=True, eq=False)
class DecodedFile:
    """A decoded picture as stored in the file: neither upright nor RGB yet.

    Attributes:
        image: loaded; ``info`` and tags as the file has them.
        original_mode: Pillow's mode in the file.
        depth: bits of a channel in the file.
        damaged: whether parts could not be decoded.
        few_bits: note on stretched colours of a sensor with fewer bits than the file's type; empty
            if there are none.
        stated: (low, high) of the input scale, where the file says it.
        deep: 16-bit colours (h, w, 3 or 4) before anything was stretched or cut to eight bits; None
            where there are none, or their lower bits cannot be read.
    """

    image: Image.Image
    original_mode: str
    depth: int
    damaged: bool
    few_bits: str = ""
    stated: tuple[float, float] | None = None
    deep: NDArray[np.uint16] | None = None


@contextmanager
def decoded(file: PictureFile, draft: int | None = None) -> Iterator[DecodedFile]:
    """Decodes one page of a file (``file.frame``) as far as possible.

    Args:
        file: what to decode.
        draft: the sufficient length of the longest side, in pixels, at which some decoders are
            faster.

    Raises:
        ImageError: too large, damaged from the beginning, or of an unsupported kind.
    """
    with _plain_decoding_errors(file), file.stream() as stream:
        image = _opened(file, stream, draft)
        mode, depth = image.mode, _depth(file, image)
        stated = _stated_range(file, image, depth)
        try:
            _load(image, file.kind, depth)
        except (MemoryError, Image.DecompressionBombError):
            raise
        except Exception:  # noqa: BLE001  (damaged files make decoders raise anything)
            with _salvaged(file, image, draft) as rest:
                found = DecodedFile(rest, mode, depth, damaged=True, stated=stated)
                yield _with_deep_colours(file, found, draft)
        else:
            found = DecodedFile(image, mode, depth, damaged=False, stated=stated)
            yield _with_deep_colours(file, found, draft)


def _with_deep_colours(file: PictureFile, found: DecodedFile, draft: int | None) -> DecodedFile:
    """The same with its 16-bit colours, and those of few bits stretched for the eye."""
    is_deep = found.depth == 16 and found.image.mode in ("RGB", "RGBA")
    if not is_deep or file.kind not in (TIFF, PNG):
        return found
    may_have_few_bits = file.kind is TIFF and _may_have_few_bits(found.image)
    if draft is not None and not may_have_few_bits:
        return found
    lower = _lower_bytes(file)
    deep = None if draft is not None else _deep_colours(found, lower)
    said = _few_bits_stretched(file.name, found, lower) if may_have_few_bits else ""
    return replace(found, few_bits=said, deep=deep)


def _deep_colours(found: DecodedFile, lower: Image.Image | None) -> NDArray[np.uint16] | None:
    """16-bit colours (h, w, 3 or 4) as stored; None where their lower bytes cannot be read."""
    if lower is None or lower.size != found.image.size or lower.mode != found.image.mode:
        return None
    width, height = found.image.size
    deep = np.empty((height, width, len(found.image.getbands())), np.uint16)
    for band, values in _sixteen_bits(found.image, lower):
        deep[band] = values
    return deep


def _stated_range(
    file: PictureFile, image: ImageFile.ImageFile, depth: int
) -> tuple[float, float] | None:
    """The input scale that a file states; call it before loading, which discards the layout."""
    if depth <= 8:
        return 0.0, 255.0
    tags = getattr(image, "tag_v2", {})
    ends = [tags.get(tag) for tag in (_SMALLEST_SAMPLE_TAG, _LARGEST_SAMPLE_TAG)]
    low, high = (end[0] if isinstance(end, tuple) and end else end for end in ends)
    if isinstance(high, int | float) and high > (low or 0):
        return float(low or 0), float(high)
    has_profile = bool(image.info.get("icc_profile")) or "srgb" in image.info
    if file.kind is JPEG_2000 or (has_profile and depth == 16):
        return 0.0, float(2**depth - 1)
    if file.kind is NETPBM and image.tile and isinstance(image.tile[0].args, tuple):
        largest = image.tile[0].args[-1]
        return (0.0, float(largest)) if isinstance(largest, int) else None
    return None


@contextmanager
def _plain_decoding_errors(file: PictureFile) -> Iterator[None]:
    """Turns any exception of a decoder into an error with a sentence for the user."""
    try:
        yield
    except ImageError:
        raise
    except MemoryError as error:
        raise ImageError(
            f"There is not enough memory to open {file.name}.",
            "Close other programs, or scale the picture down.",
        ) from error
    except Image.DecompressionBombError as error:
        raise ImageError(
            f"{file.name} unpacks to more than {file.kind.pixel_limit / 1e6:g} megapixels.",
            "Scale it down, or cut out the part that matters.",
        ) from error
    except Exception as error:
        if _means_unsupported(error):
            raise ImageError(
                f"{file.name} is a {file.kind.name} picture of a kind that cannot be read.",
                "Save it as PNG or as an 8-bit RGB file in another program.",
            ) from error
        raise damaged_error(file.name) from error


def _means_unsupported(error: BaseException) -> bool:
    words = ("unsupported", "unknown", "not supported", "cannot handle", "not implemented")
    text = str(error).lower()
    return isinstance(error, NotImplementedError) or any(word in text for word in words)


def _opened(file: PictureFile, stream: IO[bytes], draft: int | None) -> ImageFile.ImageFile:
    """Reads the header of a file with the decoder of its kind.

    ``Image.open`` is not used, because it would try every decoder in turn, including those that run
    other programs, and has a pixel limit for the whole process.
    """
    decoder: Any = getattr(importlib.import_module(file.kind.module), file.kind.decoder)
    image: ImageFile.ImageFile = decoder(stream)
    if file.frame:
        try:
            image.seek(file.frame)
        except EOFError as error:
            raise page_error(file.name, file.frame, getattr(image, "n_frames", 1)) from error
    check_size(file.name, image.size, file.kind.pixel_limit)
    if file.kind is TGA and not image.tile:
        raise NotImplementedError("colours that the decoder does not know")
    if draft is not None:
        image.draft(None, (draft, draft))
    if file.kind is TIFF:
        mend_tiff(image)
    return image


def _load(image: ImageFile.ImageFile, kind: PictureKind, depth: int) -> None:
    if kind is NETPBM and image.tile and image.tile[0].codec_name.startswith("ppm"):
        load_netpbm(image)
        return
    if kind is TIFF and image.tile:
        # Memory that is allocated here is not subject to Pillow's lower, process-wide pixel limit.
        image.im = Image.new(image.mode, getattr(image, "_tile_size", image.size)).im
    image.load()
    if kind is JPEG_2000 and image.mode.startswith("I;16") and 8 < depth < 16:
        # Pillow has shifted the values up to 16 bits.
        image.im = Image.fromarray(np.asarray(image) >> (16 - depth)).im
    if kind is TGA and image.mode == "RGBA" and image.getchannel("A").getextrema() == (0, 0):
        image.putalpha(255)  # room for an alpha channel that was never written


def _may_have_few_bits(image: Image.Image) -> bool:
    """Whether the upper bytes of 16-bit colours leave room for fewer bits, or mark no data."""
    largest = [int(high) for _, high in np.reshape(image.getextrema(), (-1, 2))]
    # Alpha of few bits is a sign, too, because it makes the picture almost transparent.
    has_room = min(max(largest[:3]), *largest[3:], 255) < _FEW_BITS >> 8
    return has_room or no_data_value(image, np.dtype(np.uint16)) is not None


def _few_bits_stretched(name: str, found: DecodedFile, lower: Image.Image | None) -> str:
    """Stretches colours of 10 to 14 bits in a 16-bit file to the full range.

    Args:
        name: of the file, for the sentence that refuses.
        found: its upper bytes; they are changed.
        lower: its lower bytes; None where they cannot be read.

    Returns:
        a note on the values that are black and white now; empty if nothing was changed.

    Raises:
        ImageError: their lower bits cannot be read.
    """
    if lower is None:
        raise ImageError(
            f"{name} has colours of few bits in 16, in a layout that cannot be read.",
            "Save it with interleaved channels, without compression or premultiplied alpha.",
        )
    image = found.image
    missing = no_data_value(image, np.dtype(np.uint16))
    low, high, empty, opaque = 2**16, -1, 0, 0
    for _, values in _sixteen_bits(image, lower):
        colours = values[..., :3]
        known = colours if missing is None else colours[colours != missing]
        empty += colours.size - known.size
        opaque = max(opaque, int(values[..., -1].max()))
        if known.size:
            low, high = min(low, int(known.min())), max(high, int(known.max()))
    if not low < high < _FEW_BITS:
        return ""
    # Alpha has as many bits as the colours, or all of them.
    opaque = 2 ** high.bit_length() - 1 if opaque < _FEW_BITS else 2**16 - 1
    for band, values in _sixteen_bits(image, lower):
        shown = levels(values[..., :3], low, high)
        if missing is not None:
            shown[values[..., :3] == missing] = 0
        if image.mode == "RGBA":
            shown = np.dstack([shown, levels(values[..., 3], 0, opaque)])
        image.paste(Image.fromarray(shown), (0, band.start))
    words = (
        f"{high.bit_length()} of {found.depth} bits per channel are used: "
        f"values {low} to {high} are shown from black to white."
    )
    return words + (f" What has no data ({missing:g}) is black." if empty else "")


def _sixteen_bits(
    upper: Image.Image, lower: Image.Image
) -> Iterator[tuple[slice, NDArray[np.uint16]]]:
    """Yields bands of rows with their values (h, w, 3 or 4), joined from upper and lower bytes."""
    width, height = upper.size
    for band in bands(height, width):
        box = (0, band.start, width, band.stop)
        high, low = (np.asarray(image.crop(box)) for image in (upper, lower))
        yield band, high.astype(np.uint16) << 8 | low


def _lower_bytes(file: PictureFile) -> Image.Image | None:
    """The lower eight bits of 16-bit colours, decoded as far as the upper ones were."""
    with file.stream() as stream:
        image = _opened(file, stream, None)
        if not swap_bytes(image):
            return None
        try:
            _load(image, file.kind, 16)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001  (the upper bytes met the same damage)
            image.tile = []
            image.load()
            image._size = image.im.size
        return image.copy()


@contextmanager
def _salvaged(
    file: PictureFile, image: ImageFile.ImageFile, draft: int | None
) -> Iterator[ImageFile.ImageFile]:
    """The part of a picture that a failed decoder has decoded.

    Pillow's switch LOAD_TRUNCATED_IMAGES is not used, because it holds for the whole process:
    damaged pictures that other threads decode would count as complete.
    """
    if file.kind is JPEG:
        # The decoder withholds rows until it sees an end; of a progressive file, all rows.
        with file.stream(_JPEG_END) as stream:
            again = _opened(file, stream, draft)
            again.load()
            if _is_empty(again):
                raise damaged_error(file.name)
            yield again
        return
    image.tile = []
    image.load()
    # Pillow reports a TIFF as upright at once, but rotates it only after complete decoding.
    image._size = image.im.size
    if _is_empty(image):
        raise damaged_error(file.name)
    yield image


def _is_empty(image: Image.Image) -> bool:
    """Whether nothing was decoded: one flat colour, but for a JPEG decoder's first block."""
    width, height = image.size
    extremes = []
    for band in bands(height, width):
        rows = np.asarray(image.crop((0, band.start, width, band.stop)))
        rows = rows.reshape(*rows.shape[:2], -1)
        has_block = band.start == 0 and max(width, height) > _JPEG_BLOCK
        parts = [rows[:_JPEG_BLOCK, _JPEG_BLOCK:], rows[_JPEG_BLOCK:]] if has_block else [rows]
        extremes += [limit(axis=(0, 1)) for p in parts if p.size for limit in (p.min, p.max)]
    return bool((np.min(extremes, axis=0) == np.max(extremes, axis=0)).all())


def _depth(file: PictureFile, image: ImageFile.ImageFile) -> int:
    """Bits of a channel in the file; call it before loading, which discards the layout."""
    if file.kind is JPEG_2000:
        return _precision(file)
    bits = getattr(image, "tag_v2", {}).get(BITS_TAG) or image.info.get("bit_depth")
    if bits:
        return int(max(bits)) if isinstance(bits, tuple) else int(bits)
    layout = str(image.tile[0].args) if image.tile else ""
    if ";16" in layout or (image.tile and image.tile[0].codec_name.startswith("ppm")):
        maximum = image.tile[0].args[-1] if isinstance(image.tile[0].args, tuple) else 65535
        return 16 if not isinstance(maximum, int) or maximum > 255 else 8
    return 32 if image.mode in ("I", "F") else 8


def _precision(file: PictureFile) -> int:
    """Bits of the first channel, as a JPEG 2000 codestream's header has them."""
    with file.stream() as stream:
        start = stream.read(_MOST_BEFORE_PIXELS)
    at = start.find(_JPEG_2000_MARKS)
    place = at + _PRECISION_OFFSET
    return (start[place] & 0x7F) + 1 if at >= 0 and place < len(start) else 8
