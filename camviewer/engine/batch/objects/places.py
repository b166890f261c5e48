"""Says in which files the annotations of a picture may lie; reads none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

_FOLDERS = {
    ".xml": ("annotations", "Annotations", "xmls"),
    ".json": ("annotations", "Annotations"),
    ".txt": ("labels",),
    ".png": ("masks",),
}
"""Folders that have the annotations of a folder of pictures beside them, by suffix."""


def beside(root: Path, below: Path) -> Iterator[Path]:
    """Places of a picture's annotations: in its folder, or in one that lies beside it.

    Args:
        root: folder that the path begins at.
        below: the picture's path.
    """
    for suffix, folders in _FOLDERS.items():
        if suffix != ".png":  # a picture itself, in the same folder
            yield (root / below).with_suffix(suffix)
        yield from _in_folders(root, below, suffix, folders)


def _in_folders(root: Path, below: Path, suffix: str, folders: Sequence[str]) -> Iterator[Path]:
    """``images/a/b.jpg`` has ``labels/a/b.txt``, wherever in the path the folder is."""
    parts = (root / below).parts
    for depth in range(len(parts) - 2, max(len(parts) - 5, 0), -1):
        if parts[depth].lower() in {"images", "jpegimages", "img", "imgs"}:
            for folder in folders:
                yield Path(*parts[:depth], folder, *parts[depth + 1 :]).with_suffix(suffix)
            return


def below_folder(folder: Path, below: Path, *, by_name: bool) -> Iterator[Path]:
    """Places of a picture's annotations below a folder: at its path, or by its name alone."""
    places = [below, Path(below.name)] if by_name else [below]
    return chain.from_iterable(
        ((folder / place).with_suffix(suffix) for suffix in _FOLDERS)
        for place in dict.fromkeys(places)
    )


def is_file(path: Path) -> bool:
    """Whether there is a file; a name that no file can have is none."""
    try:
        return path.is_file()
    except OSError:  # a longer suffix may make a name too long
        return False


def may_have_objects(picture: Path) -> bool:
    """Whether there is a file beside a picture that may have its objects."""
    return any(
        is_file(path) and path != picture for path in beside(picture.parent, Path(picture.name))
    )
