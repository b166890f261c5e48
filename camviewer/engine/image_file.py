"""A picture's file: what kind it is, opened within limits, and decoded as far as it goes."""

from __future__ import annotations

import hashlib
import importlib
import io
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

import numpy as np
from PIL import Image, ImageFile

from camviewer.engine.errors import CamviewerError

PIXEL_LIMIT = 200_000_000
"""Pictures with more pixels than this are refused before anything of them is decoded."""

_READ_AT_ONCE = 64 * 2**20
"""Files up to this many bytes are read once; larger ones are hashed and decoded as streams."""

_JPEG_END = b"\xff\xd9"


class ImageError(CamviewerError):
    """A picture that cannot be opened, and why."""


@dataclass(frozen=True)
class PictureKind:
    """A family of picture files that can be opened.

    Attributes:
        name: as users know it.
        suffixes: lower case, with the dot.
        module: where its decoder lives.
        decoder: the decoder's name there; it takes a binary stream.
        pixel_limit: what its decoder opens within the memory that a picture may take.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str
    decoder: str
    pixel_limit: int = PIXEL_LIMIT


_PNG = PictureKind("PNG", (".png", ".apng"), "PIL.PngImagePlugin", "PngImageFile")
_JPEG = PictureKind(
    "JPEG", (".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"), "PIL.JpegImagePlugin", "jpeg_factory"
)
_WEBP = PictureKind("WebP", (".webp",), "PIL.WebPImagePlugin", "WebPImageFile", 100_000_000)
_BMP = PictureKind("BMP", (".bmp",), "PIL.BmpImagePlugin", "BmpImageFile")
_GIF = PictureKind("GIF", (".gif",), "PIL.GifImagePlugin", "GifImageFile")
_TIFF = PictureKind("TIFF", (".tif", ".tiff"), "PIL.TiffImagePlugin", "TiffImageFile")
_NETPBM = PictureKind(
    "PPM", (".ppm", ".pgm", ".pbm", ".pnm", ".pfm"), "PIL.PpmImagePlugin", "PpmImageFile"
)
_ICO = PictureKind("ICO", (".ico",), "PIL.IcoImagePlugin", "IcoImageFile")
_JPEG_2000 = PictureKind(
    "JPEG 2000",
    (".jp2", ".j2k", ".jpx", ".jpf"),
    "PIL.Jpeg2KImagePlugin",
    "Jpeg2KImageFile",
    100_000_000,
)
_AVIF = PictureKind("AVIF", (".avif",), "PIL.AvifImagePlugin", "AvifImageFile", 100_000_000)
_HEIF = PictureKind("HEIC", (".heic", ".heif", ".hif"), "pillow_heif", "HeifImageFile", 100_000_000)

_REQUIRES = {_AVIF: "PIL._avif", _HEIF: "pillow_heif"}
_KINDS = tuple(
    kind
    for kind in (
        *(_JPEG, _PNG, _WEBP, _BMP, _GIF, _TIFF, _NETPBM, _ICO, _JPEG_2000),
        *(kind for kind, module in _REQUIRES.items() if find_spec(module) is not None),
    )
)
PICTURE_SUFFIXES: frozenset[str] = frozenset(suffix for kind in _KINDS for suffix in kind.suffixes)
KINDS_HINT = "Pictures can be " + ", ".join(kind.name for kind in _KINDS) + "."

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", _PNG),
    (b"\xff\xd8\xff", _JPEG),
    (b"BM", _BMP),
    (b"GIF87a", _GIF),
    (b"GIF89a", _GIF),
    (b"II*\x00", _TIFF),
    (b"MM\x00*", _TIFF),
    (b"II+\x00", _TIFF),
    (b"MM\x00+", _TIFF),
    (b"\x00\x00\x01\x00", _ICO),
    (b"\xff\x4f\xff\x51", _JPEG_2000),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", _JPEG_2000),
)
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_SIGNATURE_LENGTH = 64


@dataclass(frozen=True)
class PictureFile:
    """The bytes of a picture, in memory or, when there are many, on the disk.

    Attributes:
        name: what messages call it.
        sha256: of the bytes, in hexadecimal.
        kind: told from the bytes, never from the name.
        data: the bytes; None when they stay on the disk.
        path: where they came from; None for the clipboard.
    """

    name: str
    sha256: str
    kind: PictureKind
    data: bytes | None
    path: Path | None

    @contextmanager
    def stream(self, ending: bytes = b"") -> Iterator[IO[bytes]]:
        """The bytes from their beginning, followed by ``ending``."""
        if self.data is not None:
            yield io.BytesIO(self.data + ending if ending else self.data)
        elif self.path is not None:
            with self.path.open("rb") as file:
                yield io.BytesIO(file.read() + ending) if ending else file


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


def picture_file(path: Path) -> PictureFile:
    """The file at ``path``, hashed.

    Raises:
        ImageError: there is no such file, it cannot be read, or it is no picture.
    """
    with _plain_file_errors(path):
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ImageError(f"{path.name} is a folder, not a picture.", "Choose a file in it.")
        if not stat.S_ISREG(status.st_mode):
            raise ImageError(f"{path.name} is a device, not a file.", "Choose a picture file.")
        if status.st_size <= _READ_AT_ONCE:
            return picture_in_memory(path.read_bytes(), path.name, path)
        with path.open("rb") as file:
            kind = _kind(file.read(_SIGNATURE_LENGTH), path.name)
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        return PictureFile(path.name, sha256, kind, None, path)


def picture_in_memory(data: bytes, name: str, path: Path | None = None) -> PictureFile:
    """A picture whose bytes are at hand.

    Raises:
        ImageError: there are no bytes, or they are no picture.
    """
    if not data:
        raise ImageError(f"{name} is empty (0 bytes).", "Choose another picture.")
    kind = _kind(data[:_SIGNATURE_LENGTH], name)
    return PictureFile(name, hashlib.sha256(data).hexdigest(), kind, data, path)


@contextmanager
def decoded(file: PictureFile, draft: int | None = None) -> Iterator[DecodedFile]:
    """The first page of a file, as far as it can be decoded.

    Args:
        file: what to decode.
        draft: the longest side that is enough, in pixels; decoders that can do less work do.

    Raises:
        ImageError: too large, damaged from the beginning, or of an unsupported kind.
    """
    with plain_decoding_errors(file), file.stream() as stream:
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


def damaged_error(name: str) -> ImageError:
    """Nothing of the picture could be decoded."""
    return ImageError(f"{name} is damaged beyond reading.", "Get another copy of the file.")


def check_size(name: str, size: tuple[int, int], limit: int = PIXEL_LIMIT) -> None:
    """Refuses a picture of ``size`` (width, height) with more pixels than ``limit``."""
    width, height = size
    if width * height > limit:
        raise ImageError(
            f"{name} has {width * height / 1e6:,.1f} megapixels ({width} x {height}); "
            f"the limit is {limit / 1e6:g}.",
            "Scale it down, or cut out the part that matters.",
        )


@contextmanager
def plain_decoding_errors(file: PictureFile) -> Iterator[None]:
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


@contextmanager
def _plain_file_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise ImageError(
            f"{path.name} is not there any more, or never was.", f"It was looked for at {path}."
        ) from error
    except PermissionError as error:
        raise ImageError(
            f"{path.name} may not be read by you.", "Change its permissions, or copy it."
        ) from error
    except MemoryError as error:
        raise ImageError(
            f"There is not enough memory to open {path.name}.", "Close other programs."
        ) from error
    except (OSError, ValueError) as error:
        raise ImageError(
            f"{path.name} could not be read from the disk.", "Check the disk and the file's name."
        ) from error


def _kind(start: bytes, name: str) -> PictureKind:
    """The kind of a file that begins with ``start``."""
    kind = _kind_by_signature(start)
    if kind is None:
        raise ImageError(f"{name} is not a picture that can be opened.", KINDS_HINT)
    if kind not in _KINDS:
        package = "pillow-heif" if kind is _HEIF else "Pillow with AVIF support"
        raise ImageError(
            f"{name} is a {kind.name} picture, which this installation cannot read.",
            f"Install {package}, or save the picture as JPEG or PNG.",
        )
    return kind


def _kind_by_signature(start: bytes) -> PictureKind | None:
    for signature, kind in _SIGNATURES:
        if start.startswith(signature):
            return kind
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return _WEBP
    if start[4:8] == b"ftyp":
        brands = {start[at : at + 4] for at in range(8, len(start) - 3, 4)}
        if brands & {b"avif", b"avis"}:
            return _AVIF
        return _HEIF if start[8:12] in _HEIF_BRANDS else None
    if len(start) > 2 and start[:1] == b"P" and start[1:2] in b"123456f" and start[2:3].isspace():
        return _NETPBM
    return None


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
    if file.kind is _TIFF:
        _mend_tiff(image)
    return image


def _load(image: ImageFile.ImageFile, kind: PictureKind) -> None:
    if kind is _NETPBM and image.tile and image.tile[0].codec_name.startswith("ppm"):
        _load_netpbm(image)
    else:
        image.load()


@contextmanager
def _salvaged(
    file: PictureFile, image: ImageFile.ImageFile, draft: int | None
) -> Iterator[ImageFile.ImageFile]:
    """What a failed decoder left behind.

    Pillow's own switch for this, LOAD_TRUNCATED_IMAGES, is process-wide and would let pictures
    that other threads are decoding pass as whole.
    """
    if file.kind is _JPEG:
        # The decoder holds rows back (a progressive file: all of them) until it sees an end.
        with file.stream(_JPEG_END) as stream:
            again = _opened(file, stream, draft)
            again.load()
            yield again
        return
    image.tile = []
    image.load()
    yield image


def _depth(image: ImageFile.ImageFile) -> int:
    """Bits of a channel in the file; to be asked before loading, which forgets the layout."""
    bits = getattr(image, "tag_v2", {}).get(258) or image.info.get("bit_depth")
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
    sixteen_bit_planes = tags.get(284) == 2 and 16 in tuple(tags.get(258, ()))
    order = "B" if getattr(tags, "prefix", b"II") == b"MM" else "L"
    native = {"F;32BF": "F;32NF", "I;32BS": "I;32NS", "I;16BS": "I;16NS"}
    tiles = []
    for tile in image.tile:
        arguments = tile.args
        if isinstance(arguments, tuple) and isinstance(arguments[0], str):
            layout = arguments[0]
            if tile.codec_name == "libtiff":
                # libtiff has already put the bytes into the machine's order.
                layout = native.get(layout, layout)
            elif sixteen_bit_planes and len(layout) == 1:
                layout = f"{layout};16{order}"
            tile = tile._replace(args=(layout, *arguments[1:]))
        tiles.append(tile)
    image.tile = tiles


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


def _plain_values(text: bytes) -> np.ndarray[Any, np.dtype[np.int64]]:
    lines = (line.split(b"#", 1)[0] for line in text.splitlines())
    return np.array(b" ".join(lines).split(), dtype=np.int64)


def _netpbm_rows(
    values: np.ndarray[Any, np.dtype[np.int32]], mode: str, maximum: int
) -> Image.Image:
    if mode == "I":
        return Image.fromarray(values)
    scaled = (np.minimum(values, maximum) * 255 + maximum // 2) // maximum
    return Image.fromarray(scaled.astype(np.uint8))
