"""Measures one map against the objects of its picture, by the numbers of a run's rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from camviewer.engine.batch.class_names import ClassNames
from camviewer.engine.batch.map_statistics import BOX_SHARE, evidence_box, map_statistics
from camviewer.engine.batch.objects.annotations import AnnotatedObject
from camviewer.engine.batch.objects.localisation import Localisation, localisation
from camviewer.engine.geometry.geometry import Box
from camviewer.engine.results.heatmap import Heatmap
from camviewer.engine.results.messages import Explanation

_names_of = lru_cache(maxsize=4)(ClassNames)
"""Because a model with many classes takes a moment to list, and is asked at each step."""


@dataclass(frozen=True, eq=False)
class MapOnObjects:
    """How one map lies on the objects of its picture.

    Attributes:
        explanation: the map.
        share: threshold of the box, as a share of the map's maximum, 0 to 1.
        box: around the largest connected part of at least that share, in source pixels; None
            where the map has no evidence.
        peak: (x, y) where the cell with the largest value looks, in source pixels; None likewise.
        objects: all objects of the picture.
        counted: which of them were measured against.
        where: the measures; None where no object counts.
    """

    explanation: Explanation
    share: float
    box: Box | None
    peak: tuple[float, float] | None
    objects: tuple[AnnotatedObject, ...]
    counted: tuple[bool, ...]
    where: Localisation | None


def measure_on_objects(
    explanation: Explanation,
    objects: Sequence[AnnotatedObject],
    labels: Sequence[str],
    *,
    share: float = BOX_SHARE,
    of_any_class: bool = False,
) -> MapOnObjects:
    """Measures a map against the objects of its class, and of no class.

    A map that depends on no class is measured against all of them.

    Args:
        explanation: the map.
        objects: of its picture.
        labels: the model's classes, by index.
        share: threshold of the box, as a share of the map's maximum, 0 to 1.
        of_any_class: measure against all objects.
    """
    heatmap = explanation.heatmap
    if of_any_class or explanation.method.classless:
        counted = (True,) * len(objects)
    else:
        names = _names_of(tuple(labels))
        counted = tuple(is_of_class(each, explanation.class_index, names) for each in objects)
    box, peak = _box_and_peak(heatmap, share)
    against = [each for each, counts in zip(objects, counted, strict=True) if counts]
    where = localisation(heatmap, against, peak, box)
    return MapOnObjects(explanation, share, box, peak, tuple(objects), counted, where)


def is_of_class(found: AnnotatedObject, class_index: int, names: ClassNames) -> bool:
    """Whether an object is of a class of the model, or may be of any."""
    return not found.label or names.index(found.label) == class_index


def measures_record(found: MapOnObjects) -> dict[str, Any]:
    """The numbers as plain data for JSON; places are in source pixels."""
    where = found.where
    return {
        "unit": "source pixels",
        "box_share_of_maximum": found.share,
        "box": None if found.box is None else _sides(found.box),
        "peak": None if found.peak is None else list(found.peak),
        "objects": [
            {"label": each.label, "box": _sides(each.box), "measured_against": counts}
            for each, counts in zip(found.objects, found.counted, strict=True)
        ],
        "box_iou": None if where is None else where.box_iou,
        "pointing": None if where is None else where.pointing,
        "energy_inside": None if where is None else where.energy_inside,
    }


def _box_and_peak(heatmap: Heatmap, share: float) -> tuple[Box | None, tuple[float, float] | None]:
    # What lies outside of the trained crop is no matter here.
    (found,) = map_statistics([heatmap], heatmap.geometry.extent)
    if found.peak is None or share == BOX_SHARE:
        return found.box, found.peak
    return evidence_box(heatmap, share), found.peak


def _sides(box: Box) -> list[float]:
    return [box.left, box.top, box.right, box.bottom]
