"""Reads a COCO file: the objects and the class of many pictures."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from camviewer.engine.batch.objects.annotations import (
    AnnotatedObject,
    AnnotationError,
    Annotations,
    checked_box,
    masked,
    outlined,
    why_unsound,
)
from camviewer.engine.batch.objects.run_lengths import mask_of_runs
from camviewer.engine.errors import reason_of

_HINT = "A COCO file has images, annotations and categories."


@dataclass(frozen=True)
class CocoImage:
    """A picture that a COCO file names.

    Attributes:
        id: its number in the file.
        file_name: as the file has it.
        size: (width, height); None where the file does not say.
    """

    id: int
    file_name: str
    size: tuple[int, int] | None


class CocoFile:
    """A COCO file that was read.

    Args:
        name: of the file, for messages.
        images: that it names.
        categories: names by number.
        annotations: as the file has them, by the number of their picture.
    """

    def __init__(
        self,
        name: str,
        images: tuple[CocoImage, ...],
        categories: Mapping[int, str],
        annotations: Mapping[int, list[dict[str, Any]]],
    ) -> None:
        self._name = name
        self.images = images
        self.categories = categories
        self._annotations = annotations
        self._by_path = {_plain(image.file_name): image for image in images}
        by_file = defaultdict(list)
        for image in images:
            by_file[PurePosixPath(_plain(image.file_name)).name].append(image)
        self._by_file = {file: found[0] for file, found in by_file.items() if len(found) == 1}

    def image(self, path: str, repeated: Collection[str] = ()) -> CocoImage | None:
        """The picture at a path, or else the only one of that file name.

        Args:
            path: of a picture, below its source.
            repeated: file names that several pictures of the source have, and so tell nothing.
        """
        found, name = self._by_path.get(path), PurePosixPath(path).name
        return found or (None if name in repeated else self._by_file.get(name))

    def label(self, image: CocoImage) -> str | None:
        """The category of a picture; None where it has none, or objects of several."""
        names = {self.categories[a["category_id"]] for a in self._annotations.get(image.id, ())}
        return names.pop() if len(names) == 1 else None

    def annotations(self, image: CocoImage) -> Annotations:
        """The objects of a picture.

        Raises:
            AnnotationError: one of them is not sound.
        """
        objects = []
        for annotation in self._annotations.get(image.id, ()):
            try:
                found = self._object(annotation, image)
            except (ValueError, TypeError, KeyError, OverflowError) as error:
                raise AnnotationError(
                    f"Annotation {annotation.get('id', '?')} of {self._name} cannot be read: "
                    f"{why_unsound(error)}.",
                    "Write the file again, or leave that annotation out.",
                ) from error
            if found is not None:
                objects.append(found)
        return Annotations(tuple(objects), image.size)

    def _object(self, annotation: dict[str, Any], image: CocoImage) -> AnnotatedObject | None:
        label = self.categories[annotation["category_id"]]
        crowd = bool(annotation.get("iscrowd"))
        shape = annotation.get("segmentation")
        if isinstance(shape, dict):
            mask = mask_of_runs(shape["counts"], shape["size"])
            if image.size is not None and mask.shape != image.size[::-1]:
                raise ValueError("its mask has another size than the picture")
            return masked(label, mask, crowd=crowd)
        if shape:
            parts = [tuple(zip(part[0::2], part[1::2], strict=True)) for part in shape]
            if any(len(part) < 3 for part in parts):
                raise ValueError("a polygon has fewer than three corners")
            return outlined(label, parts, crowd=crowd)
        x, y, width, height = (float(number) for number in annotation["bbox"])
        return AnnotatedObject(label, checked_box(x, y, x + width, y + height), crowd=crowd)


def read_coco(file: Path) -> CocoFile:
    """Reads a COCO file.

    Raises:
        AnnotationError: it cannot be read, or is no COCO file.
    """
    try:
        record = json.loads(file.read_bytes(), object_hook=_as_it_is)
    except OSError as error:
        raise AnnotationError(f"{file.name} cannot be read: {reason_of(error)}.", _HINT) from error
    except (ValueError, RecursionError) as error:
        raise AnnotationError(f"{file.name} cannot be read as JSON.", _HINT) from error
    try:
        images = tuple(_image(entry) for entry in record["images"])
        categories = {_number(entry["id"]): str(entry["name"]) for entry in record["categories"]}
        annotations = defaultdict(list)
        for entry in record["annotations"]:
            category = _number(entry["category_id"])
            if category not in categories:
                raise AnnotationError(
                    f"{file.name} has an annotation of category {category}, which it does not "
                    "name.",
                    _HINT,
                )
            annotations[_number(entry["image_id"])].append(entry | {"category_id": category})
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise AnnotationError(f"{file.name} is no complete COCO file.", _HINT) from error
    return CocoFile(file.name, images, categories, annotations)


def _as_it_is(entry: dict[str, Any]) -> dict[str, Any]:
    """Because Python code, called for each object, lets other threads run: the window's, too."""
    return entry


def _image(entry: dict[str, Any]) -> CocoImage:
    width, height = entry.get("width"), entry.get("height")
    size = (int(width), int(height)) if width and height else None
    return CocoImage(_number(entry["id"]), str(entry["file_name"]), size)


def _number(value: Any) -> int:
    """An id, which some programs write as text.

    Raises:
        ValueError: it is no whole number.
    """
    number = int(value)
    if isinstance(value, float) and number != value:
        raise ValueError("an id is no whole number")
    return number


def _plain(path: str) -> str:
    return path.replace("\\", "/").removeprefix("./")
