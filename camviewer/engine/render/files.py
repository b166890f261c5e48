"""Writes a map as three files: overlay, raw values, and the sidecar that says how to repeat it.

Files are written under a temporary name and renamed, so that no incomplete file can remain.
"""

from __future__ import annotations

import errno
import io
import json
import re
import secrets
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from camviewer.engine.errors import CamviewerError, is_full, reason_of
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.render.concept_overlay import concept_overlay, with_concept_legend
from camviewer.engine.render.look import Look
from camviewer.engine.render.overlay import overlay
from camviewer.engine.render.sidecar import heatmap_of, provenance, request_of
from camviewer.engine.results.heatmap import Heatmap
from camviewer.engine.results.messages import Explanation
from camviewer.version import __version__

__all__ = [
    "OutputPaths",
    "drawn",
    "load_map",
    "map_bytes",
    "output_paths",
    "provenance",
    "read_sidecar",
    "record_bytes",
    "request_of",
    "save_map",
    "save_overlay",
    "save_sidecar",
]

_SUFFIXES = (".png", ".npy", ".json")
_STEM_BYTES = 160
"""Maximum length of the picture's part of a file name, in bytes; because file systems allow 255
bytes, and class, method and a number follow."""
_PNG_COMPRESSION = 4
"""zlib level of PNG files; because it takes half the time of the default for slightly larger
files."""
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}

_Written = TypeVar("_Written")


@dataclass(frozen=True)
class OutputPaths:
    """The three files of one map."""

    overlay: Path
    map: Path
    sidecar: Path

    def __iter__(self) -> Iterator[Path]:
        return iter((self.overlay, self.map, self.sidecar))


def output_paths(
    folder_or_file: Path, image: SourceImage, explanation: Explanation, *, overwrite: bool = False
) -> OutputPaths:
    """Chooses the paths of a map's files: ``chelsea.tiger-cat.cam.png``, ``.npy`` and ``.json``.

    Args:
        folder_or_file: a folder, or a file whose name ends in one of the three suffixes.
        image: the picture, whose name comes first.
        explanation: its class and method follow in the name.
        overwrite: whether to take existing names; otherwise ``-2``, ``-3`` ... is appended.
    """
    if folder_or_file.suffix.lower() in _SUFFIXES and not folder_or_file.is_dir():
        folder, stem = folder_or_file.parent, folder_or_file.stem
    else:
        folder, stem = folder_or_file, _stem(image, explanation)
    number = 1
    while True:
        name = stem if number == 1 else f"{stem}-{number}"
        paths = OutputPaths(*(folder / f"{name}{suffix}" for suffix in _SUFFIXES))
        if overwrite or not any(_is_taken(path) for path in paths):
            return paths
        number += 1


Finish = Callable[[NDArray[np.uint8]], NDArray[np.uint8]]
"""Draws more over an overlay, uint8 (H, W, 3), and returns the result."""


def save_overlay(
    path: Path,
    image: SourceImage,
    explanation: Explanation,
    look: Look,
    finish: Finish | None = None,
) -> None:
    """Writes a PNG of the picture's own size with the map over it.

    Args:
        path: of the file.
        image: the picture.
        explanation: its map.
        look: how the map is coloured.
        finish: draws more over it.

    Raises:
        CamviewerError: it cannot be written.
    """
    words = PngInfo()
    words.add_text("Software", f"camviewer {__version__}")
    if explanation.target_name:
        words.add_text("Target", explanation.target_name)
    elif not explanation.method.classless:
        words.add_text("Class", f"{explanation.class_name} ({explanation.class_index})")
    words.add_text("Method", f"{explanation.method.title}, layer {explanation.layer.name}")
    pixels = drawn(image, explanation, look)
    picture = Image.fromarray(pixels if finish is None else finish(pixels))

    def write(file: IO[bytes]) -> None:
        picture.save(file, "PNG", pnginfo=words, compress_level=_PNG_COMPRESSION)

    write_beside(path, write)


def drawn(image: SourceImage, explanation: Explanation, look: Look) -> NDArray[np.uint8]:
    """uint8 (H, W, 3): the picture with its map, and with a legend below if it has concepts."""
    if not explanation.concepts:
        return overlay(image, explanation.heatmap, look)
    regions = concept_overlay(image, explanation.heatmap, explanation.concepts, look)
    return with_concept_legend(regions, explanation.concepts)


def save_map(path: Path, explanation: Explanation) -> None:
    """Writes the raw values, float32 (h, w), as a ``.npy`` file.

    Raises:
        CamviewerError: it cannot be written.
    """
    content = map_bytes(explanation.heatmap)
    write_beside(path, lambda file: file.write(content))


def map_bytes(heatmap: Heatmap) -> bytes:
    """A ``.npy`` file of the raw values, float32 (h, w)."""
    buffer = io.BytesIO()
    values = np.ascontiguousarray(heatmap.values, np.float32)
    np.save(buffer, values, allow_pickle=False)
    return buffer.getvalue()


def save_sidecar(path: Path, record: Mapping[str, Any]) -> None:
    """Writes what ``provenance`` gives as a JSON file.

    Raises:
        CamviewerError: it cannot be written.
    """
    content = record_bytes(record)
    write_beside(path, lambda file: file.write(content))


def record_bytes(record: Mapping[str, Any]) -> bytes:
    """A JSON file of plain data."""
    # File names need not be valid Unicode, so all non-ASCII characters are escaped.
    return (json.dumps(record, indent=2, allow_nan=False) + "\n").encode("ascii")


def read_sidecar(path: Path) -> dict[str, Any]:
    """Reads a sidecar.

    Raises:
        CamviewerError: it cannot be read or is none.
    """
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _unreadable(path, "sidecar") from error
    if not isinstance(record, dict):
        raise _unreadable(path, "sidecar")
    return record


def load_map(map_path: Path, sidecar_path: Path) -> Heatmap:
    """Reads a saved map with its geometry.

    Raises:
        CamviewerError: a file cannot be read, or they do not belong together.
    """
    try:
        values = np.load(map_path, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise _unreadable(map_path, "raw map") from error
    if not isinstance(values, np.ndarray) or values.dtype != np.float32:
        raise _unreadable(map_path, "raw map")
    values.flags.writeable = False
    return heatmap_of(read_sidecar(sidecar_path), values)


def _unreadable(path: Path, kind: str) -> CamviewerError:
    return CamviewerError(f"{path.name} cannot be read as a {kind}.", "Choose another file.")


def _stem(image: SourceImage, explanation: Explanation) -> str:
    picture = _safe(_name_without_suffix(image.name)) or "picture"
    if image.page:
        picture = f"{_shortened(picture, _STEM_BYTES)}.page-{image.page + 1}"
    if explanation.method.classless:
        return f"{_shortened(picture, _STEM_BYTES)}.{explanation.method.id}"
    shown_class = re.sub(r"[^\w.]+", "-", _safe(explanation.subject)).strip("-.")
    shown_class = _shortened(shown_class, _STEM_BYTES // 3) or f"class-{explanation.class_index}"
    return f"{_shortened(picture, _STEM_BYTES)}.{shown_class}.{explanation.method.id}"


def _name_without_suffix(name: str) -> str:
    """DICOM files are often named by numbers with dots, the last of which is no suffix."""
    path = Path(name)
    return name if path.suffix[1:].isdecimal() else path.stem


def _safe(name: str) -> str:
    """The most similar name that Windows, macOS and Linux accept."""
    valid = name.encode("utf-8", "replace").decode("utf-8")
    name = _UNSAFE.sub("_", unicodedata.normalize("NFC", valid)).strip(" .")
    return f"_{name}" if _RESERVED.match(name) else name


def _shortened(name: str, size: int) -> str:
    return name.encode("utf-8")[:size].decode("utf-8", "ignore").rstrip(" .")


def _is_taken(path: Path) -> bool:
    try:
        return path.exists() or path.is_symlink()
    except OSError:
        return False  # writing says better what is wrong


def write_beside(path: Path, write: Callable[[IO[bytes]], _Written]) -> _Written:
    """Writes a new file in the same folder and renames it; where that fails, nothing is left.

    Args:
        path: of the file; its folder is made.
        write: is given the open file.

    Returns:
        What ``write`` returns.

    Raises:
        CamviewerError: it cannot be written.
    """
    beside = path.with_name(f".camviewer-{secrets.token_hex(8)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with beside.open("xb") as file:
                found = write(file)
            beside.replace(path)
        except BaseException:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _refusal_to_write(path, error) from error
    return found


def _refusal_to_write(path: Path, error: OSError) -> CamviewerError:
    """Why a file could not be written, in one sentence."""
    if is_full(error):
        return CamviewerError(
            f"{path.name} could not be written: the disk is full.",
            "Make room, or choose another folder.",
        )
    folder = path.parent.name or str(path.parent)
    if error.errno in _NOT_ALLOWED:
        return CamviewerError(
            f"{path.name} could not be written: the folder {folder} is not open to you.",
            "Choose another folder.",
        )
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return CamviewerError(
            f"{path.name} could not be written: {folder} is not a folder.",
            "Choose a folder.",
        )
    return CamviewerError(
        f"{path.name} could not be written: {reason_of(error)}.", "Choose another folder."
    )
