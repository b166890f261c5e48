"""Says in words how a map lies on objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from camviewer.ui.style import mark, percent, tr

if TYPE_CHECKING:
    from camviewer.engine.batch.objects import MapOnObjects
    from camviewer.engine.geometry import Box

NO_OBJECTS = mark(
    "This picture has no objects. Open a file with them, draw one, or put an annotation beside "
    "the picture."
)
LATER = mark("With an object, numbers say here how the map lies on it.")

_NONE = "–"


def box_words(box: Box) -> str:
    """Gives ``52.3, 31.0, 215.7, 190.2``: left, top, right and bottom in source pixels."""
    return ", ".join(f"{side:.1f}" for side in (box.left, box.top, box.right, box.bottom))


def named_sides(box: Box) -> str:
    """Gives ``x 52.3 to 215.7, y 31.0 to 190.2``."""
    return tr("x {left} to {right}, y {top} to {bottom}").format(
        left=f"{box.left:.1f}",
        top=f"{box.top:.1f}",
        right=f"{box.right:.1f}",
        bottom=f"{box.bottom:.1f}",
    )


def overlap_words(found: MapOnObjects) -> tuple[str, str]:
    """The overlap of the box with the best object, and what it means."""
    where = found.where
    meaning = tr(
        "Overlap (IoU) of the box at {share} of the maximum with the object that fits it best: "
        "1.00 is the same box, and from 0.50 on it counts as found."
    ).format(share=f"{100 * found.share:.0f}%")
    if where is None or where.box_iou is None:
        return _NONE, meaning
    return f"{where.box_iou:.2f}", meaning


def pointing_words(found: MapOnObjects) -> tuple[str, str]:
    """Hit or miss of the pointing game, and what it means."""
    where = found.where
    if where is None or where.pointing is None:
        return _NONE, tr("Pointing game: whether the strongest cell looks at an object.")
    if where.pointing:
        return tr("Hit"), tr("Pointing game: the strongest cell looks at an object.")
    return tr("Miss"), tr("Pointing game: the strongest cell looks beside the objects.")


def inside_words(found: MapOnObjects) -> tuple[str, str]:
    """The share of the evidence inside of the objects, and what it means."""
    where = found.where
    meaning = tr("Share of the positive evidence that lies inside of the objects.")
    if where is None or where.energy_inside is None:
        return _NONE, meaning
    return percent(where.energy_inside), meaning


def why_no_numbers(found: MapOnObjects | None) -> str:
    """Why there are no numbers; empty where there are some."""
    if found is None:
        return tr("The numbers come with the map.")
    if not found.objects:
        return tr(NO_OBJECTS)
    if found.where is None:
        labels = ", ".join(dict.fromkeys(each.label for each in found.objects))
        return tr(
            "No object is of the class {class_name}: they are {labels}. "
            "Choose another class, or measure against all objects."
        ).format(class_name=found.explanation.class_name, labels=labels)
    if found.box is None:
        return tr("This map has no evidence for the class, so there is nothing to measure.")
    return ""
