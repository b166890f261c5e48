"""Turns trust cards, rankings, checks and regions into plain data for JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from camviewer.engine.results.messages import Explanation
from camviewer.engine.trust.messages import Comparison, Measure, TrustCard
from camviewer.engine.trust.region import RegionScore
from camviewer.engine.trust.sanity import SanityCheck


def card_record(card: TrustCard) -> dict[str, Any]:
    """A card with its curves."""
    return {
        **explanation_record(card.explanation),
        "probability_where_mapped": card.probability,
        "measures": [_measure(measure) for measure in card.measures],
        "curves": [
            {
                **{
                    key: list(part) if isinstance(part, tuple) else str(part)
                    for key, part in asdict(curve).items()
                },
                "deletion_auc": curve.deletion_auc,
                "insertion_auc": curve.insertion_auc,
            }
            for curve in card.curves
        ],
        "road": [
            {
                "subject": str(curve.subject),
                "fractions": list(curve.fractions),
                "most_relevant_first": list(curve.most_first),
                "least_relevant_first": list(curve.least_first),
                "score": curve.score,
            }
            for curve in card.road
        ],
        "next_class": None
        if card.contrast is None
        else {**asdict(card.contrast), "nearly_the_same": card.contrast.nearly_the_same},
        "seconds": round(card.seconds, 3),
        "budget_seconds": card.budget,
        "pictures_run": card.passes,
        "engine": card.engine or "torch",
        "cut": list(card.cut),
    }


def comparison_record(comparison: Comparison) -> dict[str, Any]:
    """A ranking, best first."""
    return {
        "measure": comparison.measure,
        "better": str(comparison.better),
        "ranking": [
            {
                "title": entry.title,
                **({} if entry.explanation is None else explanation_record(entry.explanation)),
                "score": entry.score,
                "problem": entry.problem or None,
                "milliseconds": round(entry.milliseconds, 3),
            }
            for entry in comparison.ranked
        ],
    }


def sanity_record(check: SanityCheck) -> dict[str, Any]:
    """The steps of a sanity check with their interpretation."""
    return {
        "draws": check.draws,
        "steps": [asdict(step) for step in check.steps],
        "ignores_class_weights": check.ignores_class_weights,
        "ignores_weights": check.ignores_weights,
    }


def region_record(score: RegionScore) -> dict[str, Any]:
    """A region, in source pixels, with its scores."""
    return {
        "points": [list(point) for point in score.region.points],
        "unit": "source pixels",
        "area_of_what_was_seen": score.area,
        "share_of_positive_values": score.map_share,
        "logit": None if score.share is None else asdict(score.share),
        "probability": score.probability,
        "probability_with_region_blurred": score.inside_blurred,
        "probability_with_all_else_blurred": score.outside_blurred,
    }


def explanation_record(explanation: Explanation) -> dict[str, Any]:
    """The identification of a map."""
    return {
        "class": explanation.class_name,
        "class_index": explanation.class_index,
        "method": explanation.method.id,
        "layer": explanation.layer.name,
        "placement": str(explanation.placement.mode),
        "detail": explanation.placement.detail,
        "probability_under_recipe": explanation.probability,
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "id": measure.id,
        "better": str(measure.better),
        **{str(subject): value for subject, value in measure.values.items()},
        "random_spread": None if measure.spread is None else list(measure.spread),
        "beats_both": measure.beats_references,
    }
