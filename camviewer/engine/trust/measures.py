"""Computes the measures of a card from the measurements of a map and its references."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from camviewer.engine.trust.masking import ARCC_FRACTIONS, Masked
from camviewer.engine.trust.messages import (
    Baseline,
    Better,
    Curve,
    Measure,
    RoadCurve,
    Subject,
)

_ON = {Baseline.BLUR: "blurred", Baseline.MEAN: "mean colour", Baseline.BLACK: "black"}


@dataclass
class Measured:
    """The measurements of a map and its references up to now."""

    probability: float = 0.0
    curves: list[Curve] = field(default_factory=list)
    road: list[RoadCurve] = field(default_factory=list)
    masked: dict[Subject, Masked] = field(default_factory=dict)
    stability: dict[Subject, float] = field(default_factory=dict)


def listed(measured: Measured) -> tuple[Measure, ...]:
    """All measures that are known up to now, in the order of the card."""
    found = [*_areas(measured), *_road(measured), *_masked(measured), *_stability(measured)]
    return tuple(measure for measure in found if measure.values)


def _areas(measured: Measured) -> list[Measure]:
    measures = []
    for baseline in Baseline:
        curves = [curve for curve in measured.curves if curve.baseline is baseline]
        deleted = _averaged([(curve.subject, curve.deletion_auc) for curve in curves])
        inserted = _averaged([(curve.subject, curve.insertion_auc) for curve in curves])
        measures += [
            Measure(
                f"deletion-{baseline}",
                f"Deletion AUC, {_ON[baseline]}",
                Better.LOWER,
                *deleted,
                hint="Area under the probability while pixels are removed, strongest first; a "
                f"missing pixel is {_ON[baseline]}",
            ),
            Measure(
                f"insertion-{baseline}",
                f"Insertion AUC, {_ON[baseline]}",
                Better.HIGHER,
                *inserted,
                hint="Area under the probability while pixels are shown, strongest first; a "
                f"missing pixel is {_ON[baseline]}",
            ),
        ]
    return measures


def _road(measured: Measured) -> list[Measure]:
    values, spread = _averaged([(curve.subject, curve.score) for curve in measured.road])
    hint = "Half of what removing the weakest pixels leaves above removing the strongest"
    return [Measure("road", "ROAD", Better.HIGHER, values, spread, hint=hint)]


def _masked(measured: Measured) -> list[Measure]:
    roads = [
        (curve.subject, curve.score_at(ARCC_FRACTIONS))
        for curve in measured.road
        if set(ARCC_FRACTIONS) <= set(curve.fractions)
    ]
    road = _averaged(roads)[0]

    def each(number: Callable[[Subject, Masked], float | None]) -> dict[Subject, float]:
        numbers = {subject: number(subject, masked) for subject, masked in measured.masked.items()}
        return {subject: value for subject, value in numbers.items() if value is not None}

    return [
        Measure(
            "average-drop",
            "Average drop",
            Better.LOWER,
            each(lambda _, masked: masked.drop),
            percent=True,
            hint="What the probability loses when the picture is multiplied by the map",
        ),
        Measure(
            "increase",
            "Increase in confidence",
            Better.NEITHER,
            each(lambda _, masked: float(masked.increases)),
            hint="Whether the class is more probable when the picture is multiplied by the map",
        ),
        Measure(
            "adcc",
            "ADCC",
            Better.HIGHER,
            each(lambda _, masked: masked.adcc),
            hint="Harmonic mean of 1 − average drop, coherency and 1 − complexity",
        ),
        Measure(
            "arcc",
            "ARCC",
            Better.HIGHER,
            each(lambda s, masked: masked.arcc(road[s]) if s in road else None),
            hint="Harmonic mean of ROAD, coherency and 1 − complexity",
        ),
        Measure(
            "coherency",
            "Coherency",
            Better.NEITHER,
            each(lambda _, masked: masked.coherency),
            hint="How alike the map of the masked picture is, 0 to 1; references do not look at "
            "the picture, so theirs is 1",
        ),
        Measure(
            "complexity",
            "Complexity",
            Better.NEITHER,
            each(lambda _, masked: masked.complexity),
            hint="Mean of the map in 0 to 1: how much of the picture it shows",
        ),
    ]


def _stability(measured: Measured) -> list[Measure]:
    hint = (
        "Mean correlation with the map of the picture moved by up to half a stride, moved back, "
        "16 shifts; references stay where they are"
    )
    return [Measure("stability", "Stability", Better.NEITHER, dict(measured.stability), hint=hint)]


def _averaged(
    numbers: Sequence[tuple[Subject, float]],
) -> tuple[dict[Subject, float], tuple[float, float] | None]:
    """Means by subject, and the lowest and highest of several random maps."""
    values = {
        subject: fmean(number for whose, number in numbers if whose is subject)
        for subject in Subject
        if any(whose is subject for whose, _ in numbers)
    }
    random = [number for whose, number in numbers if whose is Subject.RANDOM]
    return values, (min(random), max(random)) if len(random) > 1 else None
