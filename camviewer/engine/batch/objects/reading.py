"""Reads the objects of pictures: in files of their own, or in one COCO file."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from camviewer.engine.batch.objects.annotations import (
    AnnotationError,
    Annotations,
)
from camviewer.engine.batch.objects.coco import CocoFile
from camviewer.engine.batch.objects.labelme import read_labelme
from camviewer.engine.batch.objects.pascal_voc import read_voc
from camviewer.engine.batch.objects.places import below_folder, beside, is_file
from camviewer.engine.batch.objects.png_mask import read_mask
from camviewer.engine.batch.objects.yolo import class_names, read_yolo
from camviewer.engine.errors import reason_of


class LocatedPicture(Protocol):
    """What must be known of a picture to find its annotations."""

    @property
    def path(self) -> str:
        """Below its source, with forward slashes."""

    @property
    def root(self) -> int:
        """Number of the source's folder."""

    @property
    def location(self) -> bytes:
        """The path below that folder as the system has it."""


class ObjectSource(Protocol):
    """Where the objects of pictures are known from."""

    def annotations(self, entry: LocatedPicture, size: tuple[int, int]) -> Annotations | None:
        """What is annotated in a picture of (width, height); None where nothing says.

        Raises:
            AnnotationError: its annotation cannot be read, or is of a picture of another size.
        """


@dataclass(frozen=True)
class _File:
    """A file that may have annotations of one picture, with the folder where the search ends."""

    path: Path
    top: Path


class FilesOfPictures:
    """Annotations in a file for each picture: beside it, or at the same path below a folder.

    Args:
        roots: the folders that pictures' paths begin at.
        folder: has the files; None where they lie beside the pictures.
        repeated: file names that several pictures have, and so tell nothing alone.
    """

    def __init__(
        self,
        roots: Sequence[Path],
        folder: Path | None = None,
        repeated: Collection[str] = (),
    ) -> None:
        self._roots = roots
        self._folder = folder
        self._repeated = repeated
        self._names = lru_cache(maxsize=4096)(names_above)

    def annotations(self, entry: LocatedPicture, size: tuple[int, int]) -> Annotations | None:
        """See ``ObjectSource``; the first file that is an annotation counts."""
        found = self.find(entry, size)
        return None if found is None else found[1]

    def find(self, entry: LocatedPicture, size: tuple[int, int]) -> tuple[Path, Annotations] | None:
        """The file of a picture's annotations, and what it says; None where there is none.

        Raises:
            AnnotationError: it cannot be read, or is of a picture of another size.
        """
        for file in self._candidates(entry):
            found = self._read(file, size)
            if found is not None:
                return file.path, of_this_size(found, file.path.name, size)
        return None

    def knows_any(self, entries: Sequence[LocatedPicture]) -> bool:
        """Whether at least one of these pictures has an annotation."""
        return any(self._is_annotation(file) for e in entries for file in self._candidates(e))

    def _candidates(self, entry: LocatedPicture) -> Iterator[_File]:
        root = self._roots[entry.root]
        below = Path(os.fsdecode(entry.location))
        if self._folder is None:
            places = beside(root, below)
        else:
            named = entry.path.rpartition("/")[2] not in self._repeated
            places = below_folder(self._folder, below, by_name=named)
        for path in places:
            if is_file(path) and path != root / below:
                yield _File(path, self._folder or root)

    def _is_annotation(self, file: _File) -> bool:
        try:
            return self._read(file, (1, 1)) is not None
        except AnnotationError:
            return file.path.suffix.lower() in {".xml", ".txt"}

    def _read(self, file: _File, size: tuple[int, int]) -> Annotations | None:
        is_named = file.path.suffix.lower() == ".txt"
        names = self._names(file.path.parent, file.top) if is_named else None
        if is_named and names is None and self._folder is None:
            return None
        return read_annotations(file.path, size, names)


class ObjectsOfCoco:
    """Annotations of all pictures in one COCO file.

    Args:
        file: the file.
        repeated: file names that several pictures have, and so tell nothing alone.
    """

    def __init__(self, file: CocoFile, repeated: Collection[str] = ()) -> None:
        self._file = file
        self._repeated = repeated

    def annotations(self, entry: LocatedPicture, size: tuple[int, int]) -> Annotations | None:
        """See ``ObjectSource``."""
        image = self._file.image(entry.path, self._repeated)
        if image is None:
            return None
        return of_this_size(self._file.annotations(image), image.file_name, size)

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of all categories."""
        return tuple(self._file.categories.values())

    def knows_any(self, entries: Sequence[LocatedPicture]) -> bool:
        """Whether the file names at least one of these pictures."""
        return any(self._file.image(e.path, self._repeated) is not None for e in entries)


class NoObjects:
    """Nothing is annotated."""

    def annotations(self, entry: LocatedPicture, size: tuple[int, int]) -> Annotations | None:  # noqa: ARG002  (as the others)
        """See ``ObjectSource``."""
        return None


def read_annotations(
    file: Path, size: tuple[int, int], names: Sequence[str] | None = None
) -> Annotations | None:
    """What a file says of its picture; None where it is something else than an annotation.

    Args:
        file: Pascal VOC's XML, LabelMe's JSON, YOLO's text or a PNG mask, by its suffix.
        size: (width, height) of the picture, in source pixels.
        names: of YOLO's classes, by index.

    Raises:
        AnnotationError: it cannot be read.
    """
    suffix, name = file.suffix.lower(), file.name
    if suffix == ".txt" and names is None:
        raise AnnotationError(
            f"The classes of {name} have no names.",
            "Put a classes.txt with a name in each line, or a data.yaml, beside it.",
        )
    try:
        data = file.read_bytes()
    except OSError as error:
        raise AnnotationError(f"{name} cannot be read: {reason_of(error)}.") from error
    if suffix == ".xml":
        return read_voc(data, name)
    if suffix == ".json":
        return read_labelme(data, name)
    return read_mask(data, name) if names is None else read_yolo(data, name, names, size)


def of_this_size(found: Annotations, name: str, size: tuple[int, int]) -> Annotations:
    """The annotations, unless they are of a picture of another size.

    Raises:
        AnnotationError: so they are; a picture that was turned or enlarged has other pixels.
    """
    masks = [o.mask.shape[::-1] for o in found.objects if o.mask is not None]
    others = [other for other in (found.size, *masks) if other is not None and other != size]
    if not others:
        return found
    ours, theirs = (f"{width} x {height}" for width, height in (size, others[0]))
    raise AnnotationError(
        f"{name} is of a picture of {theirs} pixels, and this one has {ours}.",
        "Annotate the upright picture in its own size.",
    )


def names_above(folder: Path, top: Path) -> tuple[str, ...] | None:
    """Names of classes in a folder or those above it, up to one above the top."""
    last = top.parent
    for place in (folder, *folder.parents):
        names = class_names(place)
        if names is not None or place == last:
            return names
    return None
