"""Reads Pascal VOC's XML: the boxes of one picture."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from camviewer.engine.batch.objects.annotations import (
    AnnotatedObject,
    AnnotationError,
    Annotations,
    checked_box,
)

_HINT = "Write the file again, or leave it out."


def read_voc(data: bytes, name: str) -> Annotations | None:
    """The boxes of a picture; None where the XML is of something else.

    Pixels count from 1, and the last one belongs to the box (Everingham et al., The Pascal Visual
    Object Classes Challenge, 2010).

    Raises:
        AnnotationError: it is no XML, or an object has no name or no sound box.
    """
    try:
        root = fromstring(data)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise AnnotationError(f"{name} cannot be read as XML.", _HINT) from error
    if root.tag != "annotation":
        return None
    objects = []
    for number, element in enumerate(root.findall("object"), 1):
        try:
            objects.append(_object(element))
        except ValueError as error:
            raise AnnotationError(
                f"Object {number} of {name} cannot be read: {error}.", _HINT
            ) from error
    return Annotations(tuple(objects), _size(root))


def _object(element: Element) -> AnnotatedObject:
    label = (element.findtext("name") or "").strip()
    if not label:
        raise ValueError("it has no name")
    box = element.find("bndbox")
    if box is None:
        raise ValueError("it has no bndbox")
    left, top, right, bottom = (_number(box, side) for side in ("xmin", "ymin", "xmax", "ymax"))
    # Some programs count from 0.
    return AnnotatedObject(
        label, checked_box(max(left - 1.0, 0.0), max(top - 1.0, 0.0), right, bottom)
    )


def _number(element: Element, tag: str) -> float:
    words = element.findtext(tag)
    try:
        return float(words or "")
    except ValueError as error:
        raise ValueError(f"its {tag} is no number") from error


def _size(root: Element) -> tuple[int, int] | None:
    """Some of VOC's own files say 0 x 0."""
    try:
        width, height = (int(root.findtext(f"size/{side}") or 0) for side in ("width", "height"))
    except ValueError:
        return None
    return (width, height) if width > 0 and height > 0 else None
