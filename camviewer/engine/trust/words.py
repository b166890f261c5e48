"""Describes the results of trust measures in sentences."""

from __future__ import annotations

from collections.abc import Callable

from camviewer.engine.render.number_words import number_words
from camviewer.engine.trust.messages import Baseline, Better, Curve, Subject, TrustCard
from camviewer.engine.trust.region import RegionScore
from camviewer.engine.trust.sanity import SanityCheck

Percent = Callable[[float], str]
"""A function that formats a share of 0 to 1 in per cent, for the screen or the terminal; scores
that are no probabilities are told as numbers."""

_SHARE = 0.1
NAMES = {
    Subject.MAP: "this map",
    Subject.RANDOM: "a random map",
    Subject.BLOB: "a centred blob",
}
GOOD = {Better.HIGHER: "high is good", Better.LOWER: "low is good", Better.NEITHER: ""}
"""Which values of a measure are good."""
BEATS = {True: "better than both", False: "not better than both", None: ""}
"""What ``Measure.beats_references`` says."""

MEASURE_WORDS = {
    "insertion": (
        "The picture appears pixel by pixel, in the map's order: a good map brings the class back "
        "early."
    ),
    "deletion": (
        "Pixels are blurred in the map's order, strongest first: a good map makes the class go "
        "early."
    ),
    "road": (
        "Pixels give way to what their surroundings let expect: with a good map the strongest "
        "ones cost the class more than the weakest."
    ),
    "average-drop": (
        "The picture is multiplied by the map: a good map keeps what the class needs."
    ),
    "adcc": (
        "The picture is multiplied by the map: a good map is small, keeps what the class needs, "
        "and comes out the same when made again of what it has left."
    ),
    "stability": ("The picture moves by up to half a cell: a steady map moves with it."),
}
"""Description of each measure that methods can be ranked by, in one sentence."""


def findings(card: TrustCard, percent: Percent) -> tuple[str, ...]:
    """The findings of a card, one sentence each; the first ones matter most."""
    said = [*_deleted(card, percent), *_inserted(card, percent)]
    known = [measure.beats_references for measure in card.measures]
    judged = [better for better in known if better is not None]
    if card.finished and judged:
        said.append(
            f"By {sum(judged)} of {len(judged)} measures this map does better than both a random "
            "map and a centred blob."
        )
    return tuple(said)


def warnings(card: TrustCard, percent: Percent) -> tuple[str, ...]:
    """Reasons to doubt a map, one or two sentences each."""
    contrast = card.contrast
    if contrast is None or not contrast.nearly_the_same:
        return ()
    other = contrast.class_name
    alike = (
        f"The map of {other} ({percent(contrast.probability)}) is nearly the same (correlation "
        f"{contrast.correlation:.2f}). It does not tell what speaks for "
        f"{card.explanation.subject} rather than for {other}."
    )
    return (alike,)


def _deleted(card: TrustCard, percent: Percent) -> list[str]:
    told = percent if card.is_probability else number_words
    curve = card.curve(Baseline.BLUR, Subject.MAP)
    if curve is None:
        return []
    share = _measured_share(curve)
    left = curve.deleted(share)
    verb = "drops" if left < card.probability else "takes"
    others = _others(card, told, lambda found: found.deleted(share))
    return [
        (
            f"Blurring the map's strongest {share:.0%} of pixels {verb} "
            f"{card.explanation.subject} from {told(card.probability)} to "
            f"{told(left)}{others}."
        )
    ]


def _inserted(card: TrustCard, percent: Percent) -> list[str]:
    told = percent if card.is_probability else number_words
    curve = card.curve(Baseline.BLUR, Subject.MAP)
    if curve is None:
        return []
    share = _measured_share(curve)
    others = _others(card, told, lambda found: found.inserted(share))
    return [
        f"These {share:.0%} alone, sharp on a blur, give {told(curve.inserted(share))}{others}."
    ]


def _measured_share(curve: Curve) -> float:
    """The step of a curve that is nearest to a tenth of the pixels."""
    return min(curve.fractions[1:], key=lambda share: abs(share - _SHARE))


def _others(card: TrustCard, told: Percent, number: Callable[..., float]) -> str:
    said = []
    for subject in (Subject.RANDOM, Subject.BLOB):
        found = [c for c in card.curves if c.baseline is Baseline.BLUR and c.subject is subject]
        if found:
            mean = sum(number(curve) for curve in found) / len(found)
            said.append(f"{NAMES[subject]}: {told(mean)}")
    return "; " + ", ".join(said) if said else ""


def sanity_words(check: SanityCheck) -> str:
    """The result of the sanity check, in one or two sentences."""
    if not check.steps:
        return ""
    first = check.steps[0].rank_correlation
    if first is None:
        return "With random class weights the network gives no usable map."
    measured = f"rank correlation {first:.2f}".replace("-", "\N{MINUS SIGN}")
    if check.ignores_weights:
        return (
            "Even a network of random weights gives this map: it shows the picture, not what the "
            "model has learnt."
        )
    if check.ignores_class_weights:
        name = check.explanation.subject or "a class"
        return (
            f"Random class weights leave this map as it is ({measured}): it shows what the network "
            f"looks at, not what speaks for {name}."
        )
    return f"With random class weights the map changes ({measured}), as it should."


def region_words(score: RegionScore, percent: Percent) -> tuple[str, ...]:
    """The importance of a region for the class, in sentences."""
    said = []
    name, share = score.explanation.subject, score.share
    told = percent if score.is_probability else number_words
    if share is not None:
        said.append(
            f"{number_words(share.inside)} of the logit {number_words(share.logit)} come from "
            f"here, {number_words(share.outside)} from outside; {number_words(share.bias)} is bias."
        )
    elif score.map_share is not None:
        said.append(f"{percent(score.map_share)} of the map's positive values lie here.")
    said.append(f"The region is {percent(score.area)} of what the network saw.")
    said.append(
        f"Blurred, {name} goes from {told(score.probability)} to "
        f"{told(score.inside_blurred)}; with all else blurred, to "
        f"{told(score.outside_blurred)}."
    )
    return tuple(said)
