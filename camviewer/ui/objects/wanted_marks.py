"""Makes what is drawn over the picture of its objects and of what is known of its map."""

from __future__ import annotations

from camviewer.ui.canvas.marks import Marks, Outlined, outlined_box
from camviewer.ui.objects.queries import MeasuredMap
from camviewer.ui.objects.shown_objects import ShownObject
from camviewer.ui.state.mark_choice import MarkChoice


def marks_of(
    choice: MarkChoice, objects: tuple[ShownObject, ...], measured: MeasuredMap | None
) -> Marks | None:
    """The marks that are wanted; None where nothing is to be drawn.

    Args:
        choice: what is wanted.
        objects: of the picture.
        measured: what is known of its map; all objects look alike until it is.
    """
    shown = objects if choice.objects else ()
    on_objects = None if measured is None else measured.on_objects
    found = tuple(each.found for each in objects)
    knows = on_objects is not None and on_objects.objects == found
    counted = on_objects.counted if on_objects is not None and knows else (True,) * len(objects)
    outlined = [_outlined(each) for each in shown]
    box = None if on_objects is None or not choice.box else on_objects.box
    marks = Marks(
        counted=tuple(each for each, counts in zip(outlined, counted, strict=False) if counts),
        others=tuple(each for each, counts in zip(outlined, counted, strict=False) if not counts),
        contours=() if measured is None or not choice.contours else measured.contours,
        box=None if box is None else outlined_box(box, f"{100 * choice.share:.0f}%"),
    )
    return marks if marks.counted or marks.others or marks.contours or marks.box else None


def _outlined(shown: ShownObject) -> Outlined:
    box = shown.found.box
    return Outlined(shown.lines, shown.found.label, (box.left, box.top))
