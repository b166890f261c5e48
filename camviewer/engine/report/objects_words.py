"""Says in sentences how a map lies on the objects of its picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from camviewer.engine.render.number_words import share_words
from camviewer.engine.report.language import ENGLISH, Language


def objects_words(
    record: Mapping[str, Any], subject: str, language: Language = ENGLISH
) -> tuple[str, ...]:
    """The objects, and the three measures of a map against them.

    Args:
        record: as a saved map's sidecar has it, under ``map_on_objects``.
        subject: what the map is of, in words.
        language: of the sentences.
    """
    say = language.say
    objects = record["objects"]
    against = [each for each in objects if each["measured_against"]]
    listed = say("The picture has {1}.", _listed(objects, language))
    if not against:
        none = say("None is of {1}, so the map is measured against none.", subject)
        return (f"{listed} {none}",)
    if len(against) < len(objects):
        measured = say("The map is measured against {1}.", _listed(against, language))
        listed = f"{listed} {measured}"
    share = language.number(f"{record['box_share_of_maximum']:.0%}")
    lines = (
        listed,
        _overlap(record["box_iou"], share, language),
        _pointing(record["pointing"], language),
        _inside(record["energy_inside"], language),
        say("This map has no evidence for its class.") if record["box"] is None else "",
    )
    return tuple(filter(None, lines))


def _overlap(iou: float | None, share: str, language: Language) -> str:
    if iou is None:
        return ""
    return language.say(
        "Overlap (IoU) {1}: of the box around the evidence, at {2} of the map's maximum, with the "
        "object that fits it best; 1.00 is the same box, and from 0.50 on it counts as found "
        "(Russakovsky et al., IJCV 2015).",
        language.number(f"{iou:.2f}"),
        share,
    )


def _pointing(hit: bool | None, language: Language) -> str:
    if hit is None:
        return ""
    if hit:
        return language.say(
            "Pointing game: hit, the strongest cell looks at an object (Zhang et al., ECCV 2016)."
        )
    return language.say(
        "Pointing game: miss, the strongest cell looks beside the objects (Zhang et al., ECCV "
        "2016)."
    )


def _inside(share: float | None, language: Language) -> str:
    if share is None:
        return ""
    return language.say(
        "Share inside: {1} of the positive evidence lies inside of the objects (Wang et al., CVPR "
        "workshops 2020).",
        language.number(share_words(share)),
    )


def _listed(objects: list[Mapping[str, Any]], language: Language) -> str:
    """Gives ``3 objects: dog (2), ball``."""
    counts = Counter(each["label"] or language.say("of any class") for each in objects)
    named = ", ".join(f"{name} ({n})" if n > 1 else name for name, n in counts.items())
    if len(objects) == 1:
        return language.say("1 object: {1}", named)
    return language.say("{1} objects: {2}", len(objects), named)
