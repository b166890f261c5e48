"""Reads and writes targets as text, for the command line, the sidecar and the window."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.region import Region
from camviewer.engine.results.class_search import find_class
from camviewer.engine.results.targets import (
    AgainstClass,
    ClassDifference,
    LikePicture,
    OneClass,
    Output,
    OutputFunction,
    Rectangle,
    Reference,
    RegionPixels,
    Target,
    UnlikePictures,
)

FORMS = (
    "class:NAME",
    "against:NAME",
    "difference:NAME:NAME",
    "output:INDEX:up|down",
    "like:PICTURE[@X,Y,W,H]",
    "unlike:PICTURE;PICTURE;...",
    "pixels:NAME[@X,Y,W,H]",
)
"""The forms of a target; a name may be an index, and without a name the most probable class."""

_UP, _DOWN = "up", "down"
_BETWEEN = ";"
_NUMBER = r"\d+(?:\.\d+)?"
_REGION = re.compile(rf"(.*)@({_NUMBER}),({_NUMBER}),({_NUMBER}),({_NUMBER})")
_OUTLINE = re.compile(rf"(.*)@({_NUMBER},{_NUMBER}(?:;{_NUMBER},{_NUMBER}){{2,}})")


def read_target(words: str, labels: Sequence[str]) -> Target:
    """The target that a text means.

    Args:
        words: such as ``against:tiger cat``.
        labels: the model's class names.

    Raises:
        CamviewerError: it has another form, or a class that the model does not have.
    """
    kind, _, rest = words.strip().partition(":")
    kind, rest = kind.strip().lower(), rest.strip()
    if kind == "function":
        raise CamviewerError(
            "This map explains a function of a Python script, which no file holds.",
            "Make it again with the script.",
        )
    read = _READERS.get(kind)
    if read is None or (kind in _INCOMPLETE_ALONE and not rest):
        raise CamviewerError(
            f"There is no target {words.strip() or 'without a name'}.",
            f"Forms: {', '.join(FORMS)}.",
        )
    return read(rest, labels)


def target_text(target: Target, *, folders: bool = True) -> str:
    """The text that ``read_target`` reads as this target, with classes by index.

    Args:
        target: the target.
        folders: whether reference pictures keep the folders of their paths.
    """

    def path_of(reference: Reference) -> str:
        file = None if reference.image is None else reference.image.path
        path = str(file or reference.path)
        return path if folders else file_name(path)

    match target:
        case OneClass(index):
            words = "class" if index is None else f"class:{index}"
        case AgainstClass(index):
            words = "against" if index is None else f"against:{index}"
        case ClassDifference(index, other):
            words = f"difference:{'' if index is None else index}:{other}"
        case Output(index, up):
            words = f"output:{index}:{_UP if up else _DOWN}"
        case OutputFunction(_, name):
            words = f"function:{name}"
        case LikePicture(reference, region):
            words = f"like:{path_of(reference)}{_region_text(region)}"
        case RegionPixels(index, region):
            words = f"pixels:{'' if index is None else index}{_outline_text(region)}"
        case UnlikePictures(references):
            words = "unlike:" + _BETWEEN.join(path_of(each) for each in references)
    return words


def target_name(target: Target, labels: Sequence[str]) -> str:
    """What a target with its class filled in is called, for example ``against tiger cat``."""
    match target:
        case OneClass(index):
            words = _label(index, labels)
        case AgainstClass(index):
            words = f"against {_label(index, labels)}"
        case ClassDifference(index, other):
            words = f"{_label(index, labels)} more than {_label(other, labels)}"
        case Output(index, up):
            words = f"{output_name(index, labels)} {_UP if up else _DOWN}"
        case OutputFunction(_, name):
            words = name
        case LikePicture(reference, region):
            part = "a part of " if region else ""
            words = f"like {part}{file_name(reference.path)}"
        case RegionPixels(index, None):
            words = f"{_label(index, labels)} where it wins"
        case RegionPixels(index):
            words = f"{_label(index, labels)} in a region"
        case UnlikePictures((reference,)):
            words = f"unlike {file_name(reference.path)}"
        case UnlikePictures(references):
            words = f"unlike {len(references)} pictures"
    return words


def output_name(index: int, labels: Sequence[str]) -> str:
    """The label of an output, or its number."""
    named = 0 <= index < len(labels) and labels[index] != str(index)
    return labels[index] if named else f"output {index}"


def file_name(path: str) -> str:
    """The last part of a path of any system."""
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2]


def _path_and_region(words: str) -> tuple[str, Rectangle | None]:
    found = _REGION.fullmatch(words)
    if found is None:
        return words, None
    path, *numbers = found.groups()
    x, y, width, height = (float(number) for number in numbers)
    return path, (x, y, width, height)


def _name_and_region(words: str) -> tuple[str, Region | None]:
    """A class name, and a rectangle or an outline of three points and more."""
    outline = _OUTLINE.fullmatch(words)
    if outline is not None:
        points = [point.split(",") for point in outline[2].split(";")]
        return outline[1].strip(), Region(tuple((float(x), float(y)) for x, y in points))
    name, rectangle = _path_and_region(words)
    return name.strip(), None if rectangle is None else Region.rectangle(*rectangle)


def _outline_text(region: Region | None) -> str:
    if region is None:
        return ""
    left, top, right, bottom = region.bounds
    if region.is_rectangle:
        return _region_text((left, top, right - left, bottom - top))
    return "@" + ";".join(f"{x:g},{y:g}" for x, y in region.points)


def _region_text(region: Rectangle | None) -> str:
    return "" if region is None else "@" + ",".join(f"{number:g}" for number in region)


def _label(index: int | None, labels: Sequence[str]) -> str:
    return "the most probable class" if index is None else labels[index]


def _class(words: str, labels: Sequence[str]) -> int | None:
    """A class by its words; None for the most probable one."""
    return _named_class(words, labels) if words else None


def _named_class(words: str, labels: Sequence[str]) -> int:
    """A class by its words; without labels its index, which whoever has the model checks."""
    if not labels and words.strip().isdecimal():
        return int(words)
    return find_class(words, labels)


def _difference(words: str, labels: Sequence[str]) -> ClassDifference:
    """A class name may hold a colon, so every colon is tried as the one between the two."""
    pieces = words.split(":")
    splits = [(":".join(pieces[:n]), ":".join(pieces[n:])) for n in range(1, len(pieces))]
    refusal = CamviewerError(
        "A difference has two classes.", "Write difference:tiger cat:tabby, for example."
    )
    for first, second in splits:
        if not second.strip():
            continue
        try:
            found = ClassDifference(_class(first.strip(), labels), _named_class(second, labels))
        except CamviewerError as error:
            refusal = error
            continue
        return found
    raise refusal


def _output(words: str, labels: Sequence[str]) -> Output:
    name, _, way = words.rpartition(":")
    if way.strip().lower() not in {_UP, _DOWN}:
        name, way = words, _UP
    index = int(name) if name.strip().isdecimal() else find_class(name, labels)
    return Output(index, way.strip().lower() == _UP)


def _like(words: str, _labels: Sequence[str]) -> LikePicture:
    path, region = _path_and_region(words)
    return LikePicture(Reference(path), region)


def _unlike(words: str, _labels: Sequence[str]) -> UnlikePictures:
    paths = [path.strip() for path in words.split(_BETWEEN)]
    return UnlikePictures(tuple(Reference(path) for path in paths if path))


def _pixels(words: str, labels: Sequence[str]) -> RegionPixels:
    name, region = _name_and_region(words)
    return RegionPixels(_class(name, labels), region)


_READERS: dict[str, Callable[[str, Sequence[str]], Target]] = {
    "class": lambda words, labels: OneClass(_class(words, labels)),
    "against": lambda words, labels: AgainstClass(_class(words, labels)),
    "difference": _difference,
    "output": _output,
    "like": _like,
    "unlike": _unlike,
    "pixels": _pixels,
}
_INCOMPLETE_ALONE = {"output", "like", "unlike"}
