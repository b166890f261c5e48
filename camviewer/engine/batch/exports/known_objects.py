"""Tells of which class the annotated objects of a picture are, from the rows of its maps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_Row = Mapping[str, Any]
_Sides = tuple[float, ...]

NEEDED = ("id", "truth_index", "class_index", "objects", "class_objects", "object_boxes")
"""Columns that ``known_objects`` reads."""


def known_objects(rows: Sequence[_Row]) -> list[tuple[_Row, _Sides]]:
    """Each object of a picture whose class is known, once, with the row of that class.

    Objects of a mask have no class, so that they are in the row of every explained class: they are
    of the true class where that is known, and are left out where several classes have them.

    Args:
        rows: of one picture, those that have a map.

    Returns:
        (row, (left, top, right, bottom)), in source pixels.
    """
    labelled = any((row["class_objects"] or 0) < (row["objects"] or 0) for row in rows)
    if not labelled and rows and rows[0]["truth_index"] is not None:
        rows = [row for row in rows if row["class_index"] == row["truth_index"]]
    holders: dict[_Sides, list[_Row]] = defaultdict(list)
    for row in rows:
        for box in dict.fromkeys(_boxes(row["object_boxes"] or ())):
            holders[box].append(row)
    return [(having[0], box) for box, having in holders.items() if len(having) == 1]


def _boxes(sides: Sequence[float]) -> Iterator[_Sides]:
    for start in range(0, len(sides), 4):
        yield tuple(sides[start : start + 4])
