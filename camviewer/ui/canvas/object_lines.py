"""Finds the lines around objects, and what is drawn of a map that was measured against them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPolygonF

from camviewer.ui.canvas.boxes import rectangle

if TYPE_CHECKING:
    from camviewer.engine.batch.objects import MapOnObjects
    from camviewer.engine.batch.objects.annotations import AnnotatedObject
    from camviewer.ui.canvas.marks import Marks


def lines_of(found: AnnotatedObject) -> tuple[QPolygonF, ...]:
    """The closed lines around an object, in source pixels; of a mask they take a moment."""
    if found.mask is not None:
        from camviewer.engine.render.contours import mask_outline  # noqa: PLC0415  (start-up)
        from camviewer.ui.canvas.marks import polygons  # noqa: PLC0415

        return polygons(mask_outline(found.mask))
    if not found.polygons:
        return (QPolygonF(rectangle(found.box)),)
    return tuple(QPolygonF([QPointF(x, y) for x, y in (*part, part[0])]) for part in found.polygons)


def marks_of_map(measured: MapOnObjects) -> Marks:
    """The objects of a map's picture, and the box around its evidence."""
    from camviewer.ui.canvas.marks import Marks, Outlined, outlined_box  # noqa: PLC0415  (start-up)

    kinds: dict[bool, list[Outlined]] = {True: [], False: []}
    for each, counts in zip(measured.objects, measured.counted, strict=True):
        corner = each.box.left, each.box.top
        kinds[counts].append(Outlined(lines_of(each), each.label, corner))
    box = measured.box
    return Marks(
        counted=tuple(kinds[True]),
        others=tuple(kinds[False]),
        box=None if box is None else outlined_box(box, f"{100 * measured.share:.0f}%"),
    )
