"""Measures the maps of a run, each beside a random map's value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from camviewer.engine.errors import CamviewerError
from camviewer.engine.methods.core.limits import Limits
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.heatmap import Evidence
from camviewer.engine.results.messages import Explanation
from camviewer.engine.session.session import Session
from camviewer.engine.trust.maps_under_test import MapUnderTest
from camviewer.engine.trust.messages import Baseline, Subject

_STEPS = 20
"""Number of steps of a deletion or insertion curve, as in a trust card."""

_SEED_DIGITS = 8
"""Hexadecimal digits of a picture's id that seed its random map, so that each has another."""


def _areas(test: MapUnderTest, subject: Subject) -> dict[str, float | None]:
    curve = test.curve(Baseline.BLUR, subject, 0, _STEPS)
    return {"deletion": curve.deletion_auc, "insertion": curve.insertion_auc}


def _drop(test: MapUnderTest, subject: Subject) -> dict[str, float | None]:
    masked = test.masked(subject) if test.is_probability else None
    return {"drop": None if masked is None else masked.drop}


def _stability(test: MapUnderTest, subject: Subject) -> dict[str, float | None]:
    return {"stability": test.stability(subject)}


_Numbers = Callable[[MapUnderTest, Subject], dict[str, float | None]]
_HOW: dict[str, _Numbers] = {
    "deletion": _areas,
    "insertion": _areas,
    "drop": _drop,
    "stability": _stability,
}
MEASURES = tuple(_HOW)
"""Names of what can be measured, which are columns, too."""


def measures_of(words: str) -> tuple[str, ...]:
    """The measures that are named with commas between them, in their own order.

    Raises:
        CamviewerError: there is none of that name.
    """
    named = {word.strip() for word in words.split(",") if word.strip()}
    for word in sorted(named):
        if word not in MEASURES:
            raise CamviewerError(
                f"There is no measure {word}.", f"Choose of {', '.join(MEASURES)}."
            )
    return tuple(measure for measure in MEASURES if measure in named)


def measures_part(
    session: Session,
    image: SourceImage,
    explanation: Explanation,
    wanted: tuple[str, ...],
    *,
    picture_id: str,
    limits: Limits,
) -> dict[str, Any]:
    """The values of a map and of a random one, by column; nothing for a flat map.

    Args:
        session: the session that made the map.
        image: the picture.
        explanation: its map.
        wanted: names of measures.
        picture_id: seeds the random map.
        limits: of batches.
    """
    if not wanted or explanation.heatmap.evidence is Evidence.FLAT:
        return {}
    seed = int(picture_id[:_SEED_DIGITS], 16)
    test = MapUnderTest(session, image, explanation, seed, limits=limits)
    found = {}
    for how in dict.fromkeys(_HOW[name] for name in wanted):
        own, random = how(test, Subject.MAP), how(test, Subject.RANDOM)
        for name in own:
            found[name], found[f"{name}_random"] = own[name], random[name]
    return {name: value for name, value in found.items() if name.removesuffix("_random") in wanted}
