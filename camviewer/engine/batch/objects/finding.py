"""Finds the objects of a run's pictures: in files of their own, or in one COCO file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from camviewer.engine.batch.addresses import is_remote
from camviewer.engine.batch.objects.coco import CocoFile, read_coco
from camviewer.engine.batch.objects.one_picture import BESIDE
from camviewer.engine.batch.objects.reading import FilesOfPictures, NoObjects, ObjectsOfCoco
from camviewer.engine.batch.sources import Listing, file_mark, repeated_names
from camviewer.engine.errors import CamviewerError

NO_OBJECTS = "none"
FOUND = "auto"
IN_A_FOLDER = "folder"
OBJECT_WORDS = frozenset({NO_OBJECTS, BESIDE, FOUND})

_LOOKED_AT = 1000
"""Maximum number of pictures beside which annotations are looked for before a run."""


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
    objects: str,
    mark: str,
    roots: Sequence[Path],
    paths: Iterable[str],
    read: Callable[[Path], CocoFile] = read_coco,
) -> FilesOfPictures | ObjectsOfCoco | NoObjects:
    """Where the objects of a run are known from.

    Args:
        objects: as the user named it.
        mark: as the configuration has it.
        roots: the folders that pictures' paths begin at.
        paths: of all pictures, below their sources.
        read: ``read_coco``, or what keeps what it gave.

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
    return ObjectsOfCoco(read(path), repeated)


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
