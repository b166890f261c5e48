"""Finds and reads the objects of one picture, as they would be known in a run."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from camviewer.engine.batch.objects.annotations import (
    AnnotatedObject,
    AnnotationError,
    Annotations,
)
from camviewer.engine.batch.objects.coco import CocoFile, read_coco
from camviewer.engine.batch.objects.reading import (
    FilesOfPictures,
    ObjectsOfCoco,
    names_above,
    of_this_size,
    read_annotations,
)

OBJECT_SUFFIXES = (".xml", ".json", ".txt", ".png")
"""Suffixes of files that can have the objects of one picture."""

BESIDE = "beside"

_NAMES = "Annotations have the picture's name and the suffix .xml, .json, .txt or .png."
_KINDS = "Choose Pascal VOC's .xml, a LabelMe or COCO .json, YOLO's .txt, or a mask as .png."


@dataclass(frozen=True)
class Located:
    """A picture by its file alone; see ``LocatedPicture``.

    Attributes:
        path: its name.
        location: its name as the system has it.
        root: the only folder.
    """

    path: str
    location: bytes
    root: int = 0


@dataclass(frozen=True)
class ObjectsPlace:
    """Where a run knows the objects of one of its pictures from.

    Attributes:
        objects: as the user named it.
        mark: as the configuration has it.
        roots: the folders that pictures' paths begin at.
        picture: the picture.
        namesakes: paths of all pictures with its file name, its own among them.
    """

    objects: str
    mark: str
    roots: tuple[Path, ...]
    picture: Located
    namesakes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class PictureObjects:
    """The objects of one picture, and where they are known from.

    Attributes:
        objects: all of them; there may be none.
        file: what they were read from; None where they were drawn.
    """

    objects: tuple[AnnotatedObject, ...]
    file: Path | None = None


def objects_beside(picture: Path, size: tuple[int, int]) -> PictureObjects | None:
    """The objects in a file beside a picture, by the rules of a run over its folder.

    Args:
        picture: its file.
        size: its (width, height) in source pixels.

    Returns:
        None where there is no such file.

    Raises:
        AnnotationError: it cannot be read, or is of a picture of another size.
    """
    picture = picture.absolute()
    found = FilesOfPictures([picture.parent]).find(_located(picture.name), size)
    return None if found is None else PictureObjects(found[1].objects, found[0])


def named_objects(where: str | Path, picture: Path, size: tuple[int, int]) -> PictureObjects:
    """The objects of a picture, from where the user says.

    Args:
        where: ``beside``, a folder with a file for each picture, or a file.
        picture: its file.
        size: its (width, height) in source pixels.

    Raises:
        AnnotationError: nothing is there, or it cannot be read.
    """
    place = Path(where)
    if str(where) == BESIDE:
        found = objects_beside(picture, size)
    elif place.is_dir():
        file = FilesOfPictures([picture.parent], place).find(_located(picture.name), size)
        found = None if file is None else PictureObjects(file[1].objects, file[0])
    else:
        return objects_in(place, picture.name, size)
    if found is None:
        named = "beside it" if str(where) == BESIDE else f"in {place}"
        raise AnnotationError(f"There are no objects of {picture.name} {named}.", _NAMES)
    return found


def objects_of_run(
    place: ObjectsPlace,
    size: tuple[int, int],
    read: Callable[[Path], CocoFile] = read_coco,
) -> PictureObjects | None:
    """The objects that a run knows of one of its pictures.

    Args:
        place: where they are known from.
        size: the picture's (width, height) in source pixels.
        read: ``read_coco``; for several pictures, what keeps what it gave.

    Returns:
        None where nothing says.

    Raises:
        CamviewerError: the file is gone, cannot be read, or is of a picture of another size.
    """
    # Imported late, because the listing of runs is made of polars.
    from camviewer.engine.batch.objects.finding import open_objects  # noqa: PLC0415

    source = open_objects(place.objects, place.mark, place.roots, place.namesakes, read)
    if isinstance(source, FilesOfPictures):
        file = source.find(place.picture, size)
        return None if file is None else PictureObjects(file[1].objects, file[0])
    found = source.annotations(place.picture, size)
    return None if found is None else PictureObjects(found.objects, Path(place.objects))


def objects_in(file: Path, picture_name: str, size: tuple[int, int]) -> PictureObjects:
    """The objects that a file has of one picture.

    Args:
        file: Pascal VOC's, LabelMe's or YOLO's file of the picture, a PNG mask, or a COCO file.
        picture_name: the picture's file name, by which a COCO file knows it.
        size: its (width, height) in source pixels.

    Raises:
        AnnotationError: it cannot be read, or says nothing of such a picture.
    """
    suffix = file.suffix.lower()
    if suffix not in OBJECT_SUFFIXES:
        raise AnnotationError(f"{file.name} is no file of objects.", _KINDS)
    file = file.absolute()
    names = names_above(file.parent, file.parent) if suffix == ".txt" else None
    found = read_annotations(file, size, names)
    if found is not None:
        return PictureObjects(of_this_size(found, file.name, size).objects, file)
    if suffix != ".json":
        raise AnnotationError(f"{file.name} is no annotation of Pascal VOC.", _KINDS)
    return PictureObjects(_in_coco(file, picture_name, size).objects, file)


def _in_coco(file: Path, picture_name: str, size: tuple[int, int]) -> Annotations:
    found = ObjectsOfCoco(read_coco(file)).annotations(_located(picture_name), size)
    if found is None:
        raise AnnotationError(
            f"{file.name} does not name {picture_name}.",
            "A COCO file knows a picture by its file name.",
        )
    return found


def _located(name: str) -> Located:
    return Located(name, os.fsencode(name))
