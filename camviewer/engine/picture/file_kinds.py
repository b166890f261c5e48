"""Reads and hashes a picture's file, and recognises its format from its bytes."""

from __future__ import annotations

import hashlib
import io
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from camviewer.engine.errors import CamviewerError
from camviewer.engine.picture.foreign_kinds import FOREIGN_START, Foreign, foreign_kind

PIXEL_LIMIT = 200_000_000
"""Maximum size of a picture, in pixels; because decoding must fit into memory. Larger pictures are
refused before decoding."""

_READ_AT_ONCE = 64 * 2**20
"""Maximum size of a file that is read into memory, in bytes; larger files are hashed and decoded as
streams."""


class ImageError(CamviewerError):
    """A picture cannot be opened, for the reason in the message."""


@dataclass(frozen=True)
class PictureKind:
    """A family of picture files that can be opened.

    Attributes:
        name: common name of the format.
        suffixes: lower case, with the dot.
        module: where Pillow's decoder of it lives; empty if a reader of our own reads it.
        decoder: the decoder's name there; it takes a binary stream.
        pixel_limit: maximum number of pixels that its decoder opens within the memory limit.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str = ""
    decoder: str = ""
    pixel_limit: int = PIXEL_LIMIT


PNG = PictureKind("PNG", (".png", ".apng"), "PIL.PngImagePlugin", "PngImageFile")
JPEG = PictureKind(
    "JPEG", (".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"), "PIL.JpegImagePlugin", "jpeg_factory"
)
_WEBP = PictureKind("WebP", (".webp",), "PIL.WebPImagePlugin", "WebPImageFile", 100_000_000)
_BMP = PictureKind("BMP", (".bmp",), "PIL.BmpImagePlugin", "BmpImageFile")
_GIF = PictureKind("GIF", (".gif",), "PIL.GifImagePlugin", "GifImageFile")
TIFF = PictureKind("TIFF", (".tif", ".tiff"), "PIL.TiffImagePlugin", "TiffImageFile")
NETPBM = PictureKind(
    "PPM", (".ppm", ".pgm", ".pbm", ".pnm", ".pfm"), "PIL.PpmImagePlugin", "PpmImageFile"
)
_ICO = PictureKind("ICO", (".ico",), "PIL.IcoImagePlugin", "IcoImageFile")
JPEG_2000 = PictureKind(
    "JPEG 2000",
    (".jp2", ".j2k", ".jpx", ".jpf"),
    "PIL.Jpeg2KImagePlugin",
    "Jpeg2KImageFile",
    50_000_000,
)
TGA = PictureKind("TGA", (".tga",), "PIL.TgaImagePlugin", "TgaImageFile")
_AVIF = PictureKind("AVIF", (".avif",), "PIL.AvifImagePlugin", "AvifImageFile", 100_000_000)
_HEIF = PictureKind("HEIC", (".heic", ".heif", ".hif"), "pillow_heif", "HeifImageFile")
DICOM = PictureKind("DICOM", (".dcm", ".dicom", ".dic", ".ima"))
NPY = PictureKind("NumPy", (".npy",))

_NEEDED_MODULE = {_AVIF: "PIL._avif", _HEIF: "pillow_heif"}
KINDS = (
    *(JPEG, PNG, _WEBP, _BMP, _GIF, TIFF, NETPBM, _ICO, JPEG_2000, TGA, DICOM, NPY),
    *(kind for kind, module in _NEEDED_MODULE.items() if find_spec(module) is not None),
)
PICTURE_SUFFIXES: frozenset[str] = frozenset(suffix for kind in KINDS for suffix in kind.suffixes)
EIGHT_BIT_SUFFIXES: frozenset[str] = frozenset(
    suffix for kind in (JPEG, _WEBP, _BMP, _GIF, _ICO, TGA) for suffix in kind.suffixes
)
"""Suffixes of files that never have more than eight bits a channel."""
KINDS_HINT = "Pictures can be " + ", ".join(kind.name for kind in KINDS) + "."

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"BM", _BMP),
    (b"GIF87a", _GIF),
    (b"GIF89a", _GIF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"II+\x00", TIFF),
    (b"MM\x00+", TIFF),
    (b"\x00\x00\x01\x00", _ICO),
    (b"\xff\x4f\xff\x51", JPEG_2000),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", JPEG_2000),
    (b"\x93NUMPY", NPY),
)
DICOM_MARK, DICOM_MARK_AT = b"DICM", 128
_DICOM_GROUPS = (b"\x08\x00", b"\x02\x00", b"\x00\x08", b"\x00\x02")
"""First bytes of DICOM data without the usual mark, which old programs write."""

_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_BRANDS_LENGTH = 64


@dataclass(frozen=True)
class PictureFile:
    """The bytes of a picture, in memory or, if they are many, on disk.

    Attributes:
        name: the name in messages.
        sha256: hash of the bytes, in hexadecimal.
        kind: recognised from the bytes; for TGA, which has no signature, from the name as well.
        data: the bytes; None when they stay on the disk.
        path: where they came from; None for the clipboard.
        frame: number of the page or frame that Pillow decodes, from 0.
    """

    name: str
    sha256: str
    kind: PictureKind
    data: bytes | None
    path: Path | None
    frame: int = 0

    @contextmanager
    def stream(self, ending: bytes = b"") -> Iterator[IO[bytes]]:
        """The bytes from their beginning, followed by ``ending``."""
        if self.data is not None:
            yield io.BytesIO(self.data + ending if ending else self.data)
        elif self.path is not None:
            with self.path.open("rb") as file:
                yield io.BytesIO(file.read() + ending) if ending else file


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
            kind = _kind(file.read(FOREIGN_START), path.name)
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        return PictureFile(path.name, sha256, kind, None, path)


def picture_in_memory(data: bytes, name: str, path: Path | None = None) -> PictureFile:
    """Makes a picture file from bytes in memory.

    Raises:
        ImageError: there are no bytes, or they are no picture.
    """
    if not data:
        raise ImageError(f"{name} is empty (0 bytes).", "Choose another picture.")
    kind = _kind(data[:FOREIGN_START], name)
    return PictureFile(name, hashlib.sha256(data).hexdigest(), kind, data, path)


def has_dicom_mark(start: bytes) -> bool:
    """Whether a file that begins with ``start`` says that it is a DICOM file."""
    return start[DICOM_MARK_AT : DICOM_MARK_AT + len(DICOM_MARK)] == DICOM_MARK


def damaged_error(name: str) -> ImageError:
    """The error for a picture of which nothing could be decoded."""
    return ImageError(f"{name} is damaged beyond reading.", "Get another copy of the file.")


def foreign_error(name: str, foreign: Foreign) -> ImageError:
    """The error for a file of a known kind that cannot be opened as a picture."""
    return ImageError(f"{name} is {foreign.words}, which cannot be opened.", foreign.hint)


def page_error(name: str, page: int, pages: int) -> ImageError:
    """The error for a page (counted from 0) that a file does not have."""
    has = "has one page alone" if pages == 1 else f"has {pages:,} pages"
    return ImageError(f"{name} {has}: there is no page {page + 1:,}.", "Pages are counted from 1.")


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
    foreign = foreign_kind(start, name)
    if foreign is not None and (kind is None or kind is TIFF):
        raise foreign_error(name, foreign)
    if kind is None and _is_targa(start, name):
        return TGA
    if kind is None and name.lower().endswith(DICOM.suffixes) and start[:2] in _DICOM_GROUPS:
        return DICOM
    if kind is None:
        raise ImageError(f"{name} is not a picture that can be opened.", KINDS_HINT)
    if kind not in KINDS:
        package = "pillow-heif" if kind is _HEIF else "Pillow with AVIF support"
        raise ImageError(
            f"{name} is a {kind.name} picture, which this installation cannot read.",
            f"Install {package}, or save the picture as JPEG or PNG.",
        )
    return kind


def _kind_by_signature(start: bytes) -> PictureKind | None:
    if has_dicom_mark(start):
        return DICOM  # some begin as a TIFF file does, to be both
    for signature, kind in _SIGNATURES:
        if start.startswith(signature):
            return kind
    if start[:4] == b"RIFF":
        return _WEBP if start[8:12] == b"WEBP" else None
    if start[4:8] == b"ftyp":
        brands = {start[at : at + 4] for at in range(8, min(len(start), _BRANDS_LENGTH) - 3, 4)}
        if brands & {b"avif", b"avis"}:
            return _AVIF
        return _HEIF if start[8:12] in _HEIF_BRANDS else None
    is_netpbm = start[:1] == b"P" and start[1:2] in b"123456f" and start[2:3].isspace()
    return NETPBM if is_netpbm else None


def _is_targa(start: bytes, name: str) -> bool:
    """Whether a file with the name of a TGA, which has no signature, has a valid TGA header."""
    if not name.lower().endswith(TGA.suffixes) or len(start) < 18:
        return False
    has_map, kind, depth = start[1], start[2], start[16]
    return has_map in (0, 1) and kind in (1, 2, 3, 9, 10, 11) and depth in (1, 8, 16, 24, 32)
