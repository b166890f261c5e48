"""Finds the objects of a run's pictures: in files of their own, or in one COCO file."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Protocol

from camviewer.engine.batch.addresses import is_remote
from camviewer.engine.batch.objects.annotations import (
    AnnotationError,
    Annotations,
)
from camviewer.engine.batch.objects.coco import CocoFile, read_coco
from camviewer.engine.batch.objects.labelme import read_labelme
from camviewer.engine.batch.objects.pascal_voc import read_voc
from camviewer.engine.batch.objects.png_mask import read_mask
from camviewer.engine.batch.objects.yolo import class_names, read_yolo
from camviewer.engine.batch.sources import Listing, PictureEntry, file_mark, repeated_names
from camviewer.engine.errors import CamviewerError, reason_of

NO_OBJECTS = "none"
BESIDE = "beside"
FOUND = "auto"
IN_A_FOLDER = "folder"
OBJECT_WORDS = frozenset({NO_OBJECTS, BESIDE, FOUND})

_LOOKED_AT = 1000
"""Maximum number of pictures beside which annotations are looked for before a run."""

_FOLDERS = {
    ".xml": ("annotations", "Annotations", "xmls"),
    ".json": ("annotations", "Annotations"),
    ".txt": ("labels",),
    ".png": ("masks",),
}
"""Folders that have the annotations of a folder of pictures beside them, by suffix."""


class ObjectSource(Protocol):
    """Where the objects of pictures are known from."""

    def annotations(self, entry: PictureEntry, size: tuple[int, int]) -> Annotations | None:
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
        self._names = lru_cache(maxsize=4096)(_names_above)

    def annotations(self, entry: PictureEntry, size: tuple[int, int]) -> Annotations | None:
        """See ``ObjectSource``; the first file that is an annotation counts."""
        for file in self._candidates(entry):
            found = self._read(file, size)
            if found is not None:
                return _of_this_size(found, file.path.name, size)
        return None

    def knows_any(self, entries: Sequence[PictureEntry]) -> bool:
        """Whether at least one of these pictures has an annotation."""
        return any(self._is_annotation(file) for e in entries for file in self._candidates(e))

    def _candidates(self, entry: PictureEntry) -> Iterator[_File]:
        root = self._roots[entry.root]
        below = Path(os.fsdecode(entry.location))
        if self._folder is None:
            places = _beside(root, below)
        else:
            named = entry.path.rpartition("/")[2] not in self._repeated
            places = _below(self._folder, below, by_name=named)
        for path in places:
            if _is_file(path) and path != root / below:
                yield _File(path, self._folder or root)

    def _is_annotation(self, file: _File) -> bool:
        try:
            return self._read(file, (1, 1)) is not None
        except AnnotationError:
            return file.path.suffix.lower() in {".xml", ".txt"}

    def _read(self, file: _File, size: tuple[int, int]) -> Annotations | None:
        suffix, name = file.path.suffix.lower(), file.path.name
        names: tuple[str, ...] | None = None
        if suffix == ".txt":
            names = self._names(file.path.parent, file.top)
            if names is None and self._folder is None:
                return None
            if names is None:
                raise AnnotationError(
                    f"The classes of {name} have no names.",
                    "Put a classes.txt with a name in each line, or a data.yaml, beside it.",
                )
        try:
            data = file.path.read_bytes()
        except OSError as error:
            raise AnnotationError(f"{name} cannot be read: {reason_of(error)}.") from error
        if suffix == ".xml":
            return read_voc(data, name)
        if suffix == ".json":
            return read_labelme(data, name)
        return read_mask(data, name) if names is None else read_yolo(data, name, names, size)


class ObjectsOfCoco:
    """Annotations of all pictures in one COCO file.

    Args:
        file: the file.
        repeated: file names that several pictures have, and so tell nothing alone.
    """

    def __init__(self, file: CocoFile, repeated: Collection[str] = ()) -> None:
        self._file = file
        self._repeated = repeated

    def annotations(self, entry: PictureEntry, size: tuple[int, int]) -> Annotations | None:
        """See ``ObjectSource``."""
        image = self._file.image(entry.path, self._repeated)
        if image is None:
            return None
        return _of_this_size(self._file.annotations(image), image.file_name, size)

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of all categories."""
        return tuple(self._file.categories.values())

    def knows_any(self, entries: Sequence[PictureEntry]) -> bool:
        """Whether the file names at least one of these pictures."""
        return any(self._file.image(e.path, self._repeated) is not None for e in entries)


class NoObjects:
    """Nothing is annotated."""

    def annotations(self, entry: PictureEntry, size: tuple[int, int]) -> Annotations | None:  # noqa: ARG002  (as the others)
        """See ``ObjectSource``."""
        return None


def objects_mark(objects: str) -> str:
    """What a configuration keeps of where objects are known from: of a COCO file, its hash.

    Raises:
        CamviewerError: there is no such file or folder.
    """
    if objects in OBJECT_WORDS:
        return objects
    path = Path(objects)
    if path.is_dir():
        return IN_A_FOLDER
    hint = "Choose a folder with a file for each picture, a COCO file, beside or none."
    return file_mark(path, "The objects", hint)


def settled_mark(mark: str, listing: Listing) -> str:
    """The mark, where ``auto`` has become ``beside`` or ``none`` by looking at the pictures.

    Beside pictures at addresses nothing is looked for, because each look is a request.
    """
    if mark != FOUND:
        return mark
    every = max(len(listing.entries) // _LOOKED_AT, 1)
    near = [e for e in listing.entries[::every] if not is_remote(listing.roots[e.root])]
    beside = FilesOfPictures(listing.roots).knows_any(near)
    return BESIDE if beside else NO_OBJECTS


def open_objects(
    objects: str, mark: str, roots: Sequence[Path], paths: Iterable[str]
) -> FilesOfPictures | ObjectsOfCoco | NoObjects:
    """Where the objects of a run are known from.

    Args:
        objects: as the user named it.
        mark: as the configuration has it.
        roots: the folders that pictures' paths begin at.
        paths: of all pictures, below their sources.

    Raises:
        CamviewerError: a COCO file cannot be read.
    """
    if mark == NO_OBJECTS:
        return NoObjects()
    if mark == BESIDE:
        return FilesOfPictures(roots)
    path, repeated = Path(objects), repeated_names(paths)
    if mark == IN_A_FOLDER:
        return FilesOfPictures(roots, path, repeated)
    return ObjectsOfCoco(read_coco(path), repeated)


def require_objects(
    objects: str, mark: str, listing: Listing, is_class: Callable[[str], bool]
) -> None:
    """Refuses objects that are of none of the pictures, or of none of the model's classes.

    Args:
        objects: as the user named it.
        mark: as the configuration has it.
        listing: the pictures.
        is_class: whether a label is one of the model's.

    Raises:
        CamviewerError: so it is, or a COCO file cannot be read.
    """
    paths = (entry.path for entry in listing.entries)
    source = open_objects(objects, mark, listing.roots, paths)
    if not isinstance(source, NoObjects) and not source.knows_any(listing.entries):
        where = "beside the pictures" if mark == BESIDE else f"in {objects}"
        raise CamviewerError(
            f"There are no objects of these pictures {where}.",
            "Annotations have the picture's name and the suffix .xml, .json, .txt or .png; a COCO "
            "file names the pictures.",
        )
    labels = source.labels if isinstance(source, ObjectsOfCoco) else ()
    if labels and not any(is_class(label) for label in labels):
        raise CamviewerError(
            f"No object's class is one of the model's: {', '.join(labels[:3])} are not.",
            "Name the categories as the model does; its classes have names and indices.",
        )


def _of_this_size(found: Annotations, name: str, size: tuple[int, int]) -> Annotations:
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


def _beside(root: Path, below: Path) -> Iterator[Path]:
    """Places of a picture's annotations: in its folder, or in one that lies beside it."""
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


def _below(folder: Path, below: Path, *, by_name: bool) -> Iterator[Path]:
    """Places of a picture's annotations below a folder: at its path, or by its name alone."""
    places = [below, Path(below.name)] if by_name else [below]
    return chain.from_iterable(
        ((folder / place).with_suffix(suffix) for suffix in _FOLDERS)
        for place in dict.fromkeys(places)
    )


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a longer suffix may make a name too long
        return False


def _names_above(folder: Path, top: Path) -> tuple[str, ...] | None:
    """Names of classes in a folder or those above it, up to one above the top."""
    last = top.parent
    for place in (folder, *folder.parents):
        names = class_names(place)
        if names is not None or place == last:
            return names
    return None
