"""Defines annotated objects of a picture, in source pixels, as plain frozen data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Box

Point = tuple[float, float]
Polygon = tuple[Point, ...]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class AnnotatedObject:
    """One object of a picture: a box, and where it is known an outline or a mask.

    Attributes:
        label: its class as the annotation names it; empty where it may be of any class.
        box: around it, in source pixels.
        polygons: its outline in one or several parts, in source pixels; empty without one.
        mask: (H, W) of the picture, true where the object is; None without one.
        crowd: whether it stands for a group of objects, whose box is nobody's.
    """

    label: str
    box: Box
    polygons: tuple[Polygon, ...] = ()
    mask: Mask | None = None
    crowd: bool = False

    def contains(self, x: float, y: float) -> bool:
        """Whether a point in source pixels lies in it."""
        if self.mask is not None:
            height, width = self.mask.shape
            return 0 <= x < width and 0 <= y < height and bool(self.mask[int(y), int(x)])
        if self.polygons:
            return any(_is_inside(polygon, x, y) for polygon in self.polygons)
        return self.box.contains(x, y)

    def draw(self, raster: Image.Image, extent: Box) -> None:
        """Fills it with 1 in a picture of mode L that covers an extent in source pixels."""
        scale_x, scale_y = raster.width / extent.width, raster.height / extent.height
        if self.mask is not None:
            box = (extent.left, extent.top, extent.right, extent.bottom)
            drawn = Image.fromarray(self.mask).convert("L")
            drawn = drawn.resize(raster.size, Image.Resampling.BOX, box=box)
            raster.paste(1, mask=drawn.point(lambda value: 255 if value >= 128 else 0))
            return
        corners = ((self.box.left, self.box.top), (self.box.right, self.box.bottom))
        if not self.polygons:
            (left, top), (right, bottom) = (
                (round((x - extent.left) * scale_x), round((y - extent.top) * scale_y))
                for x, y in corners
            )
            if right > left and bottom > top:
                ImageDraw.Draw(raster).rectangle((left, top, right - 1, bottom - 1), fill=1)
            return
        for polygon in self.polygons:
            points = [((x - extent.left) * scale_x, (y - extent.top) * scale_y) for x, y in polygon]
            ImageDraw.Draw(raster).polygon(points, fill=1)


@dataclass(frozen=True, eq=False)
class Annotations:
    """What is annotated in one picture.

    Attributes:
        objects: all of them; there may be none.
        size: (width, height) of the annotated picture; None where the file does not say.
    """

    objects: tuple[AnnotatedObject, ...]
    size: tuple[int, int] | None = None


class AnnotationError(CamviewerError):
    """An annotation that cannot be read, or is not one of this picture."""


def outlined(label: str, polygons: Iterable[Polygon], *, crowd: bool = False) -> AnnotatedObject:
    """An object by its outline.

    Raises:
        ValueError: there is no corner, or one is not finite.
    """
    parts = tuple(polygons)
    xs = [x for part in parts for x, _ in part]
    ys = [y for part in parts for _, y in part]
    box = checked_box(min(xs), min(ys), max(xs), max(ys))
    return AnnotatedObject(label, box, parts, crowd=crowd)


def masked(label: str, mask: Mask, *, crowd: bool = False) -> AnnotatedObject | None:
    """An object by its mask (H, W); None where the mask is empty."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if not len(rows):
        return None
    box = Box(float(columns[0]), float(rows[0]), float(columns[-1]) + 1.0, float(rows[-1]) + 1.0)
    return AnnotatedObject(label, box, mask=mask, crowd=crowd)


def checked_box(left: float, top: float, right: float, bottom: float) -> Box:
    """A box of finite numbers with an area.

    Raises:
        ValueError: it is none.
    """
    if not all(isfinite(side) for side in (left, top, right, bottom)):
        raise ValueError("a number is not finite")
    if not (right > left and bottom > top):
        raise ValueError("a box has no area")
    return Box(left, top, right, bottom)


def why_unsound(error: Exception) -> str:
    """Why an object cannot be read, as the end of a sentence."""
    if isinstance(error, ValueError):
        return str(error)
    return "a number is too large" if isinstance(error, OverflowError) else "it is not complete"


def _is_inside(polygon: Polygon, x: float, y: float) -> bool:
    """The even-odd rule."""
    inside = False
    for (ax, ay), (bx, by) in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            inside = not inside
    return inside
