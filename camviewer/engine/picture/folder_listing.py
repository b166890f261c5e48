"""Lists the pictures of folders."""

from __future__ import annotations

import re
import stat
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from camviewer.engine.picture.file_kinds import (
    DICOM_MARK,
    DICOM_MARK_AT,
    KINDS_HINT,
    NPY,
    PICTURE_SUFFIXES,
    ImageError,
    has_dicom_mark,
)

_NAMED_FOLDERS = 3
_FILES_LOOKED_AT = 1000
"""Maximum number of files of a subfolder that are looked at for one picture among them."""

_DICOM_INDEX = "dicomdir"


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
    if path.name.startswith("."):
        return False
    try:
        status = path.stat()
    except OSError:
        return False
    attributes = getattr(status, "st_file_attributes", 0)
    if not stat.S_ISREG(status.st_mode) or attributes & stat.FILE_ATTRIBUTE_HIDDEN:
        return False
    return looks_like_picture(path)


def looks_like_picture(path: Path) -> bool:
    """Whether a file's name says that it is a picture, or its first bytes that it is DICOM.

    A raw map is none: an array beside its sidecar.
    """
    suffix = path.suffix.lower()
    if suffix in NPY.suffixes:
        return not path.with_suffix(".json").is_file()
    return suffix in PICTURE_SUFFIXES or _is_dicom_without_suffix(path)


def _is_dicom_without_suffix(path: Path) -> bool:
    """Whether a file without a suffix, or whose suffix is a number, says that it is DICOM.

    Scanners name files so; the index of a medium (DICOMDIR) is no picture.
    """
    suffix = path.suffix[1:]
    if (suffix and not suffix.isdecimal()) or path.name.lower() == _DICOM_INDEX:
        return False
    try:
        with path.open("rb") as file:
            return has_dicom_mark(file.read(DICOM_MARK_AT + len(DICOM_MARK)))
    except OSError:
        return False


def counting_order(name: str) -> tuple[list[tuple[int, int, str]], str]:
    """Sort key that compares runs of digits as numbers and ignores case."""
    parts = re.findall(r"\d+|\D+", name.casefold())
    key = [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]
    return key, name
