"""Defines the objects of a picture as they are shown, and remembers those the user chose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QPolygonF

from camviewer.ui.canvas.object_lines import lines_of
from camviewer.ui.style import mark

if TYPE_CHECKING:
    from camviewer.engine.batch.objects.annotations import AnnotatedObject
    from camviewer.engine.geometry.region import Region

DRAWN = ""
"""Where an object is from that was drawn by hand."""


@dataclass(frozen=True, eq=False)
class ShownObject:
    """One object with its outline.

    Attributes:
        found: the object.
        lines: its outline, in source pixels.
        origin: name of the file that it was read from, or ``DRAWN``.
    """

    found: AnnotatedObject
    lines: tuple[QPolygonF, ...]
    origin: str = DRAWN

    @property
    def kind(self) -> str:
        """Box, outline or mask, in English."""
        if self.found.mask is not None:
            return mark("mask")
        return mark("outline") if self.found.polygons else mark("box")


def drawn_object(region: Region, label: str, size: tuple[int, int]) -> ShownObject | None:
    """An object that was drawn, as far as it lies in the picture; None where it lies beside it.

    Args:
        region: in source pixels.
        label: its class; empty for any.
        size: (width, height) of the picture.
    """
    from camviewer.engine.batch.objects.annotations import (  # noqa: PLC0415  (start-up)
        AnnotatedObject,
        checked_box,
        outlined,
    )

    width, height = size
    points = tuple(
        (min(max(x, 0.0), float(width)), min(max(y, 0.0), float(height))) for x, y in region.points
    )
    try:
        if region.is_rectangle:
            found = AnnotatedObject(label, checked_box(*points[0], *points[2]))
        else:
            found = outlined(label, [points])
    except ValueError:  # nothing of it has an area
        return None
    return ShownObject(found, lines_of(found))


class KnownObjects:
    """The objects of the pictures that were looked at.

    What lies beside a picture is read anew each time; what the user opened, drew or removed is
    remembered until the program ends.
    """

    def __init__(self) -> None:
        self._chosen: dict[str, tuple[ShownObject, ...]] = {}

    def of(self, key: str) -> tuple[ShownObject, ...] | None:
        """What the user chose for a picture; None where that was nothing yet."""
        return self._chosen.get(key)

    def choose(self, key: str, objects: tuple[ShownObject, ...]) -> None:
        """Remembers the objects of a picture."""
        self._chosen[key] = objects
