"""Puts together what a report says of one map, as plain data without markup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan
from typing import Any

from camviewer.engine.calibration.words import confidence_lines
from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.render.number_words import number_words, share_words
from camviewer.engine.report.figures import Figure, Scale, figures, scale
from camviewer.engine.report.meaning import limits, meaning
from camviewer.engine.report.objects_words import objects_words
from camviewer.engine.report.reported_map import ReportedMap
from camviewer.engine.results.messages import Explanation, ModelInfo, Verdict
from camviewer.engine.results.notes import Severity
from camviewer.engine.trust.messages import Measure, Subject, TrustCard
from camviewer.engine.trust.words import BEATS, GOOD, findings, region_words
from camviewer.engine.trust.words import warnings as trust_warnings

Rows = tuple[tuple[str, str], ...]

_TOP = 5
_PLACEMENTS = {
    PlacementMode.CROP: "centre crop, as the model was trained",
    PlacementMode.WHOLE: "whole picture",
    PlacementMode.STRETCH: "whole picture, stretched",
}


@dataclass(frozen=True)
class ClassRow:
    """A class of the verdict.

    Attributes:
        rank: 1 for the most probable one.
        name: its label.
        score: its probability, or value, in words.
        share: its probability, 0 to 1; 0 for values.
        is_explained: whether the map is of it.
    """

    rank: int
    name: str
    score: str
    share: float
    is_explained: bool


@dataclass(frozen=True)
class MeasureRow:
    """A measure of the map beside those of its references, in words."""

    title: str
    hint: str
    good: str
    own: str
    random: str
    spread: str
    blob: str
    verdict: str


@dataclass(frozen=True)
class Trust:
    """What was measured of a map, in words."""

    warnings: tuple[str, ...]
    findings: tuple[str, ...]
    measures: tuple[MeasureRow, ...]
    cut: tuple[str, ...]
    about: str


@dataclass(frozen=True)
class MapSection:
    """All that a report says of one map; fields without words are sentences."""

    picture: str
    subject: str
    method: str
    citation: str
    classes: tuple[ClassRow, ...]
    score_head: str
    confidence: tuple[str, ...]
    figures: tuple[Figure, ...]
    scale: Scale | None
    meaning: tuple[str, ...]
    limits: tuple[str, ...]
    facts: Rows
    warnings: tuple[str, ...]
    notes: tuple[str, ...]
    trust: Trust | None
    region: tuple[str, ...]
    objects: tuple[str, ...]
    note: str
    sources: Rows


def map_section(shown: ReportedMap, side: int) -> MapSection:
    """What a report says of a map.

    Args:
        shown: the map.
        side: maximum width and height of its pictures, in pixels.
    """
    explanation, model, verdict = shown.explanation, shown.model, shown.verdict
    noted = explanation.notes
    said = [note.text for note in noted if note.severity is not Severity.WARNING]
    said += shown.image.notes
    said += [explanation.remark] if explanation.remark else []
    trust = None if shown.card is None else _trust(shown.card, shown.seed)
    doubts = [note.text for note in noted if note.severity is Severity.WARNING]
    doubts += [] if explanation.share >= 1.0 else [_unfinished(explanation.share)]
    confidence = verdict.confidence
    return MapSection(
        picture=shown.shown_image.name,
        subject=_subject(explanation),
        method=explanation.method.title,
        citation=explanation.method.citation,
        classes=_classes(verdict, model, explanation),
        score_head="probability" if model.has_probabilities else "value",
        confidence=() if confidence is None else confidence_lines(confidence, model.labels),
        figures=figures(shown, side),
        scale=scale(shown),
        meaning=meaning(explanation, shown.look),
        limits=limits(explanation, shown.image),
        facts=_facts(explanation),
        warnings=tuple(dict.fromkeys(doubts)),
        notes=tuple(dict.fromkeys(said)),
        trust=trust,
        region=() if shown.region is None else region_words(shown.region, share_words),
        objects=_on_objects(shown),
        note=shown.note.strip(),
        sources=_sources(shown),
    )


def model_rows(record: Mapping[str, Any]) -> Rows:
    """What is known of the model, from the sidecar of one of its maps."""
    model, preprocessing = record["model"], record["model"]["preprocessing"]
    return (
        ("Model", model["title"]),
        ("Weights, SHA-256", model["weights_sha256"]),
        ("Classes", f"{model['classes']:,}, {model['activation']}"),
        ("Preprocessing", "; ".join(f"{_words(k)} {_value(v)}" for k, v in preprocessing.items())),
    )


def program_rows(record: Mapping[str, Any]) -> Rows:
    """The versions of what made the maps, from the sidecar of one of them."""
    return tuple((name, str(version)) for name, version in record["versions"].items())


def _on_objects(shown: ReportedMap) -> tuple[str, ...]:
    if shown.objects is None:
        return tuple(filter(None, [shown.objects_problem]))
    return objects_words(shown.objects.record, _subject(shown.explanation))


def _unfinished(share: float) -> str:
    return (
        f"The map was stopped at {share:.0%} of its work, so it is not what it would have become."
    )


def _subject(explanation: Explanation) -> str:
    return "no class" if explanation.method.classless else explanation.subject


def _classes(verdict: Verdict, model: ModelInfo, explanation: Explanation) -> tuple[ClassRow, ...]:
    if not model.has_classes:
        return ()
    shown = list(verdict.top(_TOP))
    own = explanation.class_index if explanation.has_class else None
    if own is not None and own not in shown and own < len(verdict.logits):
        shown.append(own)
    return tuple(
        ClassRow(
            verdict.rank(index),
            model.labels[index],
            _score(verdict, index, model.unit),
            _share(verdict, index),
            not explanation.method.classless and index == own,
        )
        for index in shown
    )


def _score(verdict: Verdict, index: int, unit: str) -> str:
    probability = float(verdict.probabilities[index])
    if isnan(probability):
        return f"{number_words(float(verdict.logits[index]))} {unit}".rstrip()
    return share_words(probability)


def _share(verdict: Verdict, index: int) -> float:
    probability = float(verdict.probabilities[index])
    return 0.0 if isnan(probability) else probability


def _facts(explanation: Explanation) -> Rows:
    """How the map was made."""
    heatmap, placement = explanation.heatmap, explanation.placement
    rows, columns = heatmap.values.shape
    height, width = placement.input_size
    options = ", ".join(f"{key} {value}" for key, value in explanation.request.options)
    engine = f", {explanation.engine}" if explanation.engine else ""
    stated = [
        ("Map of", ", ".join((_subject(explanation), *explanation.facts))),
        ("Scores", _scores(explanation)),
        ("Method", explanation.method.title),
        ("Options", options or "none"),
        ("Layer", explanation.layer.name),
        ("Cells", f"{columns} × {rows}, {_alignment(explanation)}"),
        ("What the model saw", f"{_PLACEMENTS[placement.mode]}, {placement.detail:g}×"),
        ("Network input", f"{width} × {height} pixels"),
        ("Values", f"{number_words(heatmap.low)} to {number_words(heatmap.high)} ({heatmap.unit})"),
        ("Chance", _chance(explanation)),
        ("Computed on", f"{explanation.device}{engine}, {_passes(explanation.passes)}"),
    ]
    return tuple(stated)


def _passes(count: int) -> str:
    return "1 pass" if count == 1 else f"{count:,} passes"


def _scores(explanation: Explanation) -> str:
    if explanation.target_name:
        return f"{number_words(explanation.target_score)} for what is explained"
    if not explanation.has_class or isnan(explanation.logit):
        return "none"
    if isnan(explanation.probability):
        return number_words(explanation.logit)
    own = f"{share_words(explanation.probability)}, logit {number_words(explanation.logit)}"
    here = share_words(explanation.probability_here)
    if here == share_words(explanation.probability):
        return own
    return f"{own}; {here} for the input of the map"


def _alignment(explanation: Explanation) -> str:
    geometry = explanation.heatmap.geometry
    if explanation.request.nominal:
        return "laid at their nominal centres, as asked for"
    if not geometry.measured:
        return "laid at their nominal centres: where they look was not measured"
    return (
        f"measured to look {number_words(geometry.offset[0])} across and "
        f"{number_words(geometry.offset[1])} down from their nominal centres, in input pixels"
    )


def _chance(explanation: Explanation) -> str:
    seed = dict(explanation.request.options).get("seed")
    return "the method uses none" if seed is None else f"seed {seed}"


def _trust(card: TrustCard, seed: int) -> Trust:
    engine = f" by {card.engine}" if card.engine else ""
    about = (
        f"{card.passes:,} pictures were run{engine} in {card.seconds:.0f} s; random maps have the "
        f"seed {seed}."
    )
    return Trust(
        trust_warnings(card, share_words),
        findings(card, share_words),
        tuple(_measure(measure) for measure in card.measures),
        card.cut,
        about if card.finished else f"Measuring was stopped early. {about}",
    )


def _measure(measure: Measure) -> MeasureRow:
    spread = ""
    if measure.spread is not None:
        spread = " to ".join(f"{value:.3f}" for value in measure.spread)
    return MeasureRow(
        measure.title,
        measure.hint,
        GOOD[measure.better],
        _number(measure, Subject.MAP),
        _number(measure, Subject.RANDOM),
        spread,
        _number(measure, Subject.BLOB),
        BEATS[measure.beats_references],
    )


def _number(measure: Measure, subject: Subject) -> str:
    value = measure.values.get(subject)
    if value is None:
        return "–"
    if measure.id == "increase":
        return "yes" if value else "no"
    if measure.percent:
        return share_words(value)
    return f"{value:.3f}".replace("-", "\N{MINUS SIGN}")


def _sources(shown: ReportedMap) -> Rows:
    picture = shown.record["picture"]
    page = f", page {picture['page']} of {picture['pages']}" if "page" in picture else ""
    return (
        ("Picture", f"{picture['name']}, {picture['width']} × {picture['height']} pixels{page}"),
        (f"SHA-256 of the {picture['sha256_of']}", picture["sha256"]),
        ("Map made", shown.record["written"]),
    )


def _words(key: str) -> str:
    return key.replace("_", " ")


def _value(value: object) -> str:
    if isinstance(value, list):
        return " ".join(_value(part) for part in value)
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, Mapping):
        return " ".join(f"{_words(str(key))} {_value(part)}" for key, part in value.items())
    return "none" if value is None else str(value)
