"""Says in sentences how a map lies on the objects of its picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from camviewer.engine.render.number_words import share_words

_FOUND = "from 0.50 on it counts as found (Russakovsky et al., IJCV 2015)"


def objects_words(record: Mapping[str, Any], subject: str) -> tuple[str, ...]:
    """The objects, and the three measures of a map against them.

    Args:
        record: as a saved map's sidecar has it, under ``map_on_objects``.
        subject: what the map is of, in words.
    """
    objects = record["objects"]
    against = [each for each in objects if each["measured_against"]]
    listed = f"The picture has {_listed(objects)}."
    if not against:
        return (f"{listed} None is of {subject}, so the map is measured against none.",)
    if len(against) < len(objects):
        listed += f" The map is measured against {_listed(against)}."
    share = f"{record['box_share_of_maximum']:.0%}"
    return tuple(
        filter(
            None,
            (
                listed,
                _overlap(record["box_iou"], share),
                _pointing(record["pointing"]),
                _inside(record["energy_inside"]),
            ),
        )
    ) + (("This map has no evidence for its class.",) if record["box"] is None else ())


def _overlap(iou: float | None, share: str) -> str:
    if iou is None:
        return ""
    return (
        f"Overlap (IoU) {iou:.2f}: of the box around the evidence, at {share} of the map's "
        f"maximum, with the object that fits it best; 1.00 is the same box, and {_FOUND}."
    )


def _pointing(hit: bool | None) -> str:
    if hit is None:
        return ""
    told = "hit, the strongest cell looks at an object"
    if not hit:
        told = "miss, the strongest cell looks beside the objects"
    return f"Pointing game: {told} (Zhang et al., ECCV 2016)."


def _inside(share: float | None) -> str:
    if share is None:
        return ""
    return (
        f"Share inside: {share_words(share)} of the positive evidence lies inside of the objects "
        "(Wang et al., CVPR workshops 2020)."
    )


def _listed(objects: list[Mapping[str, Any]]) -> str:
    """Gives ``3 objects: dog (2), ball``."""
    counts = Counter(each["label"] or "of any class" for each in objects)
    named = ", ".join(f"{name} ({n})" if n > 1 else name for name, n in counts.items())
    return f"1 object: {named}" if len(objects) == 1 else f"{len(objects)} objects: {named}"
