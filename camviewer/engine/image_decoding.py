"""Decoding: within limits, as far as a damaged file goes, and never into wrong values."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile

from camviewer.engine.image_file import (
    JPEG,
    NETPBM,
    TIFF,
    ImageError,
    PictureFile,
    PictureKind,
    check_size,
    damaged_error,
)

# What Pillow would print about odd files, the picture's notes say in words for users.
warnings.filterwarnings("ignore", module=r"PIL\.")

_JPEG_END = b"\xff\xd9"
_JPEG_BLOCK = 16
_BITS_TAG, _PLANES_TAG = 258, 284
_BAND_PIXELS = 2**22


def bands(height: int, width: int) -> Iterator[slice]:
    """Even numbers of rows, a few million pixels at a time."""
    rows = max(2, _BAND_PIXELS // width // 2 * 2)
    for top in range(0, height, rows):
        yield slice(top, min(top + rows, height))


@dataclass(frozen=True, eq=False)
class DecodedFile:
    """A decoded picture as the file holds it: not yet upright, nor RGB.

    Attributes:
        image: loaded; ``info`` and tags as the file has them.
        original_mode: Pillow's mode in the file.
        depth: bits of a channel in the file.
        damaged: whether parts could not be decoded.
    """

    image: Image.Image
    original_mode: str
    depth: int
    damaged: bool


@contextmanager
def decoded(file: PictureFile, draft: int | None = None) -> Iterator[DecodedFile]:
    """The first page of a file, as far as it can be decoded.

    Args:
        file: what to decode.
        draft: the longest side that is enough, in pixels; decoders that can do less work do.

    Raises:
        ImageError: too large, damaged from the beginning, or of an unsupported kind.
    """
    with _plain_decoding_errors(file), file.stream() as stream:
        image = _opened(file, stream, draft)
        mode, depth = image.mode, _depth(image)
        try:
            _load(image, file.kind)
        except (MemoryError, Image.DecompressionBombError):
            raise
        except Exception:  # noqa: BLE001  (damaged files make decoders raise anything)
            with _salvaged(file, image, draft) as rest:
                yield DecodedFile(rest, mode, depth, damaged=True)
        else:
            yield DecodedFile(image, mode, depth, damaged=False)


@contextmanager
def _plain_decoding_errors(file: PictureFile) -> Iterator[None]:
    """Turns whatever a decoder raises into a sentence for the user."""
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
    """The file's header, read by its own decoder.

    ``Image.open`` would try every decoder in turn (also those that run other programs), and
    compare with a process-wide pixel limit; the kind is known here, and so is the limit.
    """
    decoder: Any = getattr(importlib.import_module(file.kind.module), file.kind.decoder)
    image: ImageFile.ImageFile = decoder(stream)
    check_size(file.name, image.size, file.kind.pixel_limit)
    if draft is not None:
        image.draft(None, (draft, draft))
    if file.kind is TIFF:
        _mend_tiff(image)
    return image


def _load(image: ImageFile.ImageFile, kind: PictureKind) -> None:
    if kind is NETPBM and image.tile and image.tile[0].codec_name.startswith("ppm"):
        _load_netpbm(image)
        return
    if kind is TIFF and image.tile:
        # Room made here is not compared with Pillow's own, lower and process-wide, pixel limit.
        image.im = Image.new(image.mode, getattr(image, "_tile_size", image.size)).im
    image.load()


@contextmanager
def _salvaged(
    file: PictureFile, image: ImageFile.ImageFile, draft: int | None
) -> Iterator[ImageFile.ImageFile]:
    """What a failed decoder left behind.

    Pillow's own switch for this, LOAD_TRUNCATED_IMAGES, is process-wide and would let pictures
    that other threads are decoding pass as whole.
    """
    if file.kind is JPEG:
        # The decoder holds rows back (a progressive file: all of them) until it sees an end.
        with file.stream(_JPEG_END) as stream:
            again = _opened(file, stream, draft)
            again.load()
            if _is_empty(again):
                raise damaged_error(file.name)
            yield again
        return
    image.tile = []
    image.load()
    # A TIFF calls itself upright from the start, but is turned only when all went well.
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


def _depth(image: ImageFile.ImageFile) -> int:
    """Bits of a channel in the file; to be asked before loading, which forgets the layout."""
    bits = getattr(image, "tag_v2", {}).get(_BITS_TAG) or image.info.get("bit_depth")
    if bits:
        return int(max(bits)) if isinstance(bits, tuple) else int(bits)
    layout = str(image.tile[0].args) if image.tile else ""
    if ";16" in layout or (image.tile and image.tile[0].codec_name.startswith("ppm")):
        maximum = image.tile[0].args[-1] if isinstance(image.tile[0].args, tuple) else 65535
        return 16 if not isinstance(maximum, int) or maximum > 255 else 8
    return 32 if image.mode in ("I", "F") else 8


def _mend_tiff(image: ImageFile.ImageFile) -> None:
    """Corrects the layouts that Pillow (seen in 13.0) misreads: wrong values, no error."""
    tags = getattr(image, "tag_v2", {})
    sixteen_bit_planes = tags.get(_PLANES_TAG) == 2 and 16 in tuple(tags.get(_BITS_TAG, ()))
    order = "B" if getattr(tags, "prefix", b"II") == b"MM" else "L"
    native = {"F;32BF": "F;32NF", "I;32BS": "I;32NS", "I;16BS": "I;16NS"}

    def mended(codec: str, layout: str) -> str:
        if codec == "libtiff":
            # libtiff has already put the bytes into the machine's order.
            return native.get(layout, layout)
        return f"{layout};16{order}" if sixteen_bit_planes and len(layout) == 1 else layout

    image.tile = [
        tile._replace(args=(mended(tile.codec_name, tile.args[0]), *tile.args[1:]))
        if isinstance(tile.args, tuple)
        else tile
        for tile in image.tile
    ]


def _load_netpbm(image: ImageFile.ImageFile) -> None:
    """Decodes PGM and PPM whose largest value is unusual, or written as text.

    Pillow does this one value at a time in Python, and stretches grey values to 65535, so that
    the file's true range would be lost.
    """
    tile = image.tile[0]
    if image.mode == "1" or image.fp is None:
        image.load()
        return
    arguments = tile.args
    maximum = int(arguments[-1]) if isinstance(arguments, tuple) else 255
    channels = len(image.getbands())
    width, height = image.size
    image.fp.seek(tile.offset)
    as_text = tile.codec_name == "ppm_plain"
    sample = np.dtype("u1" if maximum < 256 else ">u2")
    text = _plain_values(image.fp.read()) if as_text else None
    whole = Image.new(image.mode, image.size)
    rows = max(1, 2**22 // width)
    complete = True
    for top in range(0, height, rows):
        wanted = min(rows, height - top) * width * channels
        if text is not None:
            values = text[top * width * channels :][:wanted]
        else:
            data = image.fp.read(wanted * sample.itemsize)
            values = np.frombuffer(data[: len(data) // sample.itemsize * sample.itemsize], sample)
        complete = complete and len(values) == wanted
        block = np.zeros(wanted, np.int32)
        block[: len(values)] = values
        shape = (-1, width) if channels == 1 else (-1, width, channels)
        whole.paste(_netpbm_rows(block.reshape(shape), image.mode, maximum), (0, top))
    image.im = whole.im
    image.tile = []
    if not complete:
        raise OSError("the file ends early")


def _plain_values(text: bytes) -> NDArray[np.int64]:
    lines = (line.split(b"#", 1)[0] for line in text.splitlines())
    return np.array(b" ".join(lines).split(), dtype=np.int64)


def _netpbm_rows(values: NDArray[np.int32], mode: str, maximum: int) -> Image.Image:
    if mode == "I":
        return Image.fromarray(values)
    scaled = (np.minimum(values, maximum) * 255 + maximum // 2) // maximum
    return Image.fromarray(scaled.astype(np.uint8))
