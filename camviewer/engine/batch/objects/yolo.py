"""Reads YOLO's text files: boxes or polygons of one picture, and the names of their classes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from camviewer.engine.batch.objects.annotations import (
    AnnotatedObject,
    AnnotationError,
    Annotations,
    checked_box,
    outlined,
)

_NAME_LISTS = ("classes.txt", "obj.names")
_DATA_FILES = ("data.yaml", "dataset.yaml", "data.yml", "dataset.yml")
_BEYOND = 1e-3
"""Maximum distance beyond the picture, as a share of its side, that counts as rounding."""

_LONGEST_NAME = 1000
"""Maximum length of a class's name, in letters; because YAML can repeat one without end."""

_HINT = "A line is `class x y width height`, or `class x y x y x y ...`, in shares of the picture."


def read_yolo(data: bytes, name: str, names: Sequence[str], size: tuple[int, int]) -> Annotations:
    """The objects of a picture; an empty file means that there is none.

    Args:
        data: the file's bytes.
        name: of the file, for messages.
        names: of the classes, by index.
        size: (width, height) of the picture, in source pixels.

    Raises:
        AnnotationError: a line is not sound.
    """
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise AnnotationError(f"{name} cannot be read as text.", _HINT) from error
    objects = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            objects.append(_object(line.split(), names, size))
        except ValueError as error:
            raise AnnotationError(f"Line {number} of {name} is wrong: {error}.", _HINT) from error
    return Annotations(tuple(objects))


def _object(words: Sequence[str], names: Sequence[str], size: tuple[int, int]) -> AnnotatedObject:
    if not words[0].isdecimal() or int(words[0]) >= len(names):
        raise ValueError(f"{words[0]} is no class from 0 to {len(names) - 1}")
    label = names[int(words[0])]
    try:
        numbers = [float(word) for word in words[1:]]
    except ValueError as error:
        raise ValueError("it has something else than numbers") from error
    if len(numbers) != 4 and (len(numbers) < 6 or len(numbers) % 2):
        raise ValueError(f"it has {len(numbers)} numbers after the class")
    if not all(-_BEYOND <= number <= 1.0 + _BEYOND for number in numbers):
        raise ValueError("a number is not between 0 and 1")
    width, height = size
    if len(numbers) == 4:
        x, y, across, down = numbers
        sides = (x - across / 2, y - down / 2, x + across / 2, y + down / 2)
        left, top, right, bottom = (min(max(side, 0.0), 1.0) for side in sides)
        return AnnotatedObject(
            label, checked_box(left * width, top * height, right * width, bottom * height)
        )
    pairs = zip(numbers[0::2], numbers[1::2], strict=True)
    return outlined(label, [tuple((x * width, y * height) for x, y in pairs)])


def class_names(folder: Path) -> tuple[str, ...] | None:
    """The names of classes that lie in a folder: in a list, or in a data.yaml.

    Raises:
        AnnotationError: there is such a file, and it has no names.
    """
    for listed in _NAME_LISTS:
        file = folder / listed
        if file.is_file():
            return _named(_text(file).rstrip().splitlines(), file.name)
    for described in _DATA_FILES:
        file = folder / described
        if file.is_file():
            return _names_of(_parsed(file), file.name)
    return None


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise AnnotationError(f"{file.name} cannot be read as text.", "Save it in UTF-8.") from (
            error
        )


def _parsed(file: Path) -> Any:
    """Lists and mappings of text, so that a class may be called ``no`` or ``2020-13-45``."""
    try:
        return yaml.load(_text(file), Loader=yaml.BaseLoader)  # noqa: S506  (makes nothing else)
    except (yaml.YAMLError, RecursionError) as error:
        raise AnnotationError(f"{file.name} cannot be read as YAML.", "Write it again.") from error


def _names_of(record: Any, name: str) -> tuple[str, ...]:
    found = record.get("names") if isinstance(record, dict) else None
    if isinstance(found, dict) and found.keys() == {str(index) for index in range(len(found))}:
        found = [found[str(index)] for index in range(len(found))]
    return _named(found if isinstance(found, list) else [], name)


def _named(labels: Sequence[Any], name: str) -> tuple[str, ...]:
    """The names of classes, each in its place: one that is left out would move those after it."""
    if not labels:
        raise AnnotationError(f"{name} has no list of names.", "Give the classes their names.")
    for index, label in enumerate(labels):
        if not isinstance(label, str) or not label.strip() or len(label) > _LONGEST_NAME:
            raise AnnotationError(
                f"{name} has no name for class {index}.", "Give each class a name in its place."
            )
    return tuple(label.strip() for label in labels)
