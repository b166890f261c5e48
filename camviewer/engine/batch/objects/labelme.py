"""Reads LabelMe's JSON: polygons, rectangles, circles and masks of one picture."""

from __future__ import annotations

import base64
import binascii
import io
import json
from math import cos, hypot, pi, sin
from typing import Any

import numpy as np
from PIL import Image

from camviewer.engine.batch.objects.annotations import (
    AnnotatedObject,
    AnnotationError,
    Annotations,
    Mask,
    Point,
    checked_box,
    masked,
    outlined,
    why_unsound,
)
from camviewer.engine.picture.file_kinds import PIXEL_LIMIT

_CIRCLE_CORNERS = 64
_FEWEST_POINTS = {"polygon": 3, "rectangle": 2, "circle": 2, "mask": 1}
_WITHOUT_AREA = {"point", "points", "line", "linestrip"}
_HINT = "Write the file again, or leave it out."


def read_labelme(data: bytes, name: str) -> Annotations | None:
    """The shapes of a picture; None where the JSON is of something else.

    Points and lines have no area and are left out.

    Raises:
        AnnotationError: it is no JSON, or a shape is not sound.
    """
    try:
        record = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise AnnotationError(f"{name} cannot be read as JSON.", _HINT) from error
    if not isinstance(record, dict) or not isinstance(record.get("shapes"), list):
        return None
    size = _size(record)
    objects = []
    for number, shape in enumerate(record["shapes"], 1):
        try:
            found = _object(shape, size)
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
            raise AnnotationError(
                f"Shape {number} of {name} cannot be read: {why_unsound(error)}.", _HINT
            ) from error
        if found is not None:
            objects.append(found)
    return Annotations(tuple(objects), size)


def _object(shape: dict[str, Any], size: tuple[int, int] | None) -> AnnotatedObject | None:
    kind = shape.get("shape_type") or "polygon"
    if kind in _WITHOUT_AREA:
        return None
    label = str(shape["label"]).strip()
    points = [(float(x), float(y)) for x, y in shape["points"]]
    if kind not in _FEWEST_POINTS or len(points) < _FEWEST_POINTS[kind]:
        raise ValueError(f"it is a {kind} with {len(points)} points")
    crowd = bool((shape.get("flags") or {}).get("crowd"))
    if kind == "rectangle":
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = checked_box(min(xs), min(ys), max(xs), max(ys))
        return AnnotatedObject(label, box, crowd=crowd)
    if kind == "circle":
        return outlined(label, [_circle(points[0], points[1])], crowd=crowd)
    if kind == "mask":
        return masked(label, _placed(shape["mask"], points[0], size), crowd=crowd)
    return outlined(label, [tuple(points)], crowd=crowd)


def _circle(centre: Point, edge: Point) -> tuple[Point, ...]:
    radius = hypot(edge[0] - centre[0], edge[1] - centre[1])
    angles = (2 * pi * number / _CIRCLE_CORNERS for number in range(_CIRCLE_CORNERS))
    return tuple((centre[0] + radius * cos(a), centre[1] + radius * sin(a)) for a in angles)


def _placed(words: str, corner: Point, size: tuple[int, int] | None) -> Mask:
    """(H, W) of the picture: a mask that the file has as a PNG of the object's own box."""
    if size is None:
        raise ValueError("it is a mask, and the file does not say how large the picture is")
    left, top = round(corner[0]), round(corner[1])
    width, height = size
    if width * height > PIXEL_LIMIT:
        raise ValueError("its picture is too large")
    try:
        with Image.open(io.BytesIO(base64.b64decode(words)), formats=("PNG",)) as picture:
            across, down = picture.size
            if left < 0 or top < 0 or top + down > height or left + across > width:
                raise ValueError("its mask reaches beyond the picture")
            small = np.asarray(picture.convert("L")) > 0
    except (binascii.Error, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError("its mask cannot be read as PNG") from error
    whole = np.zeros((height, width), np.bool_)
    whole[top : top + small.shape[0], left : left + small.shape[1]] = small
    return whole


def _size(record: dict[str, Any]) -> tuple[int, int] | None:
    width, height = record.get("imageWidth"), record.get("imageHeight")
    if isinstance(width, int) and isinstance(height, int) and width > 0 and height > 0:
        return width, height
    return None
