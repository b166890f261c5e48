"""Puts together what a report says of one map, in its language, as data without markup."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import isnan

from camviewer.engine.assessments import Judgement
from camviewer.engine.calibration.words import confidence_lines
from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.render.number_words import number_words, share_words
from camviewer.engine.report.figures import Figure, Scale, figures, scale
from camviewer.engine.report.language import ENGLISH, Language
from camviewer.engine.report.meaning import limits, meaning
from camviewer.engine.report.model_rows import Rows, value_words
from camviewer.engine.report.objects_words import objects_words
from camviewer.engine.report.reported_map import ReportedMap
from camviewer.engine.results.messages import Explanation, ModelInfo, Verdict
from camviewer.engine.results.notes import Severity
from camviewer.engine.trust.messages import Measure, Subject, TrustCard
from camviewer.engine.trust.words import BEATS, GOOD, findings, region_words
from camviewer.engine.trust.words import warnings as trust_warnings

_TOP = 5
_JUDGED = {f"Judged {judgement}.": judgement.value for judgement in Judgement}
PLACEMENTS = {
    PlacementMode.CROP: "centre crop, as the model was trained",
    PlacementMode.WHOLE: "whole picture",
    PlacementMode.STRETCH: "whole picture, stretched",
}
"""What the network sees of a picture."""


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
    stopped: tuple[str, ...]
    about: str


@dataclass(frozen=True)
class MapSection:
    """All that a report says of one map, in its language."""

    picture: str
    subject: str
    method: str
    citation: str
    classes: tuple[ClassRow, ...]
    are_probabilities: bool
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


def map_section(shown: ReportedMap, side: int, language: Language = ENGLISH) -> MapSection:
    """What a report says of a map.

    Args:
        shown: the map.
        side: maximum width and height of its pictures, in pixels.
        language: of the report; names, titles of papers and the user's words stay as they are.
    """
    explanation, model, verdict = shown.explanation, shown.model, shown.verdict
    say, of_map = language.sentences, _of_map(explanation, language)
    noted = explanation.notes
    said = [note.text for note in noted if note.severity is not Severity.WARNING]
    said += shown.image.notes
    said += [explanation.remark] if explanation.remark else []
    doubts = [note.text for note in noted if note.severity is Severity.WARNING]
    doubts += [] if explanation.share >= 1.0 else [_unfinished(explanation.share)]
    confidence = verdict.confidence
    return MapSection(
        picture=shown.shown_image.name,
        subject=_subject(explanation, language),
        method=explanation.method.title,
        citation=explanation.method.citation,
        classes=_classes(verdict, model, explanation, language),
        are_probabilities=model.has_probabilities,
        confidence=() if confidence is None else say(confidence_lines(confidence, model.labels)),
        figures=figures(shown, side, language),
        scale=scale(shown, language),
        meaning=of_map(meaning(explanation, shown.look)),
        limits=of_map(limits(explanation, shown.image)),
        facts=_facts(explanation, language),
        warnings=say(dict.fromkeys(doubts)),
        notes=say(dict.fromkeys(said)),
        trust=None if shown.card is None else _trust(shown.card, shown.seed, language),
        region=() if shown.region is None else of_map(region_words(shown.region, share_words)),
        objects=_on_objects(shown, language),
        note=_note(shown.note.strip(), language),
        sources=_sources(shown, language),
    )


def _of_map(
    explanation: Explanation, language: Language
) -> Callable[[Iterable[str]], tuple[str, ...]]:
    """Says sentences about a map; what is explained in place of a class is a name in them."""
    target = explanation.target_name
    own = language.subject(target)

    def say(lines: Iterable[str]) -> tuple[str, ...]:
        said = language.sentences(lines)
        return tuple(line.replace(target, own) for line in said) if target else said

    return say


def _note(words: str, language: Language) -> str:
    """What was said of the picture: what reviewers chose in the language, and their own words."""
    judged, line, rest = words.partition("\n")
    if judged not in _JUDGED:
        return words
    said = language.say("Judged {1}.", language.words(_JUDGED[judged]))
    return f"{said}{line}{rest}"


def _on_objects(shown: ReportedMap, language: Language) -> tuple[str, ...]:
    if shown.objects is None:
        return language.sentences(filter(None, [shown.objects_problem]))
    subject = _subject(shown.explanation, language)
    return objects_words(shown.objects.record, subject, language)


def _unfinished(share: float) -> str:
    return (
        f"The map was stopped at {share:.0%} of its work, so it is not what it would have become."
    )


def _subject(explanation: Explanation, language: Language) -> str:
    if explanation.method.classless:
        return language.say("no class")
    return language.subject(explanation.target_name) or explanation.subject


def _classes(
    verdict: Verdict, model: ModelInfo, explanation: Explanation, language: Language
) -> tuple[ClassRow, ...]:
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
            _score(verdict, index, model.unit, language),
            _share(verdict, index),
            not explanation.method.classless and index == own,
        )
        for index in shown
    )


def _score(verdict: Verdict, index: int, unit: str, language: Language) -> str:
    probability = float(verdict.probabilities[index])
    if isnan(probability):
        value = number_words(float(verdict.logits[index]))
        return f"{language.number(value)} {language.words(unit)}".rstrip()
    return language.number(share_words(probability))


def _share(verdict: Verdict, index: int) -> float:
    probability = float(verdict.probabilities[index])
    return 0.0 if isnan(probability) else probability


def _facts(explanation: Explanation, language: Language) -> Rows:
    """How the map was made."""
    heatmap, placement = explanation.heatmap, explanation.placement
    rows, columns = heatmap.values.shape
    height, width = placement.input_size
    say, number = language.say, language.number
    subject = _subject(explanation, language)
    seen = f"{say(PLACEMENTS[placement.mode])}, {number(f'{placement.detail:g}×')}"
    low, high = (number(number_words(value)) for value in (heatmap.low, heatmap.high))
    engine = (explanation.engine,) if explanation.engine else ()
    passes = _passes(explanation.passes, language)
    return (
        (say("Map of"), ", ".join((subject, *map(language.subject, explanation.facts)))),
        (say("Scores"), _scores(explanation, language)),
        (say("Method"), explanation.method.title),
        (say("Options"), _options(explanation, language) or say("none")),
        (say("Layer"), explanation.layer.name),
        (say("Cells"), f"{columns} × {rows}, {_alignment(explanation, language)}"),
        (say("What the model saw"), seen),
        (say("Network input"), say("{1} × {2} pixels", width, height)),
        (say("Values"), say("{1} to {2} ({3})", low, high, say(heatmap.unit))),
        (say("Chance"), _chance(explanation, language)),
        (say("Computed on"), ", ".join((explanation.device, *engine, passes))),
    )


def _options(explanation: Explanation, language: Language) -> str:
    titles = {option.key: option.title for option in explanation.method.options}
    return ", ".join(
        f"{language.words(titles.get(key, key))} {value_words(value, language)}"
        for key, value in explanation.request.options
    )


def _passes(count: int, language: Language) -> str:
    if count == 1:
        return language.say("1 pass")
    return language.say("{1} passes", language.count(count))


def _scores(explanation: Explanation, language: Language) -> str:
    say, number = language.say, language.number
    if explanation.target_name:
        score = number(number_words(explanation.target_score))
        return say("{1} for what is explained", score)
    if not explanation.has_class or isnan(explanation.logit):
        return say("none")
    logit = number(number_words(explanation.logit))
    if isnan(explanation.probability):
        return logit
    share = share_words(explanation.probability)
    own = say("{1}, logit {2}", number(share), logit)
    here = share_words(explanation.probability_here)
    return own if here == share else say("{1}; {2} for the input of the map", own, number(here))


def _alignment(explanation: Explanation, language: Language) -> str:
    geometry, say = explanation.heatmap.geometry, language.say
    if explanation.request.nominal:
        return say("laid at their nominal centres, as asked for")
    if not geometry.measured:
        return say("laid at their nominal centres: where they look was not measured")
    across, down = (language.number(number_words(offset)) for offset in geometry.offset)
    return say(
        "measured to look {1} across and {2} down from their nominal centres, in input pixels",
        across,
        down,
    )


def _chance(explanation: Explanation, language: Language) -> str:
    seed = dict(explanation.request.options).get("seed")
    return language.say("the method uses none") if seed is None else language.say("seed {1}", seed)


def _trust(card: TrustCard, seed: int, language: Language) -> Trust:
    of_map = _of_map(card.explanation, language)
    return Trust(
        of_map(trust_warnings(card, share_words)),
        of_map(findings(card, share_words)),
        tuple(_measure(measure, language) for measure in card.measures),
        language.sentences(card.cut),
        () if card.finished else (language.say("Measuring was stopped early."),),
        _cost(card, seed, language),
    )


def _cost(card: TrustCard, seed: int, language: Language) -> str:
    passes, seconds = language.count(card.passes), f"{card.seconds:.0f}"
    if not card.engine:
        return language.say(
            "{1} pictures were run in {2} s; random maps have the seed {3}.", passes, seconds, seed
        )
    return language.say(
        "{1} pictures were run by {2} in {3} s; random maps have the seed {4}.",
        passes,
        card.engine,
        seconds,
        seed,
    )


def _measure(measure: Measure, language: Language) -> MeasureRow:
    spread = ""
    if measure.spread is not None:
        low, high = (language.number(f"{value:.3f}") for value in measure.spread)
        spread = language.say("{1} to {2}", low, high)
    own, random, blob = (
        _number(measure, subject, language)
        for subject in (Subject.MAP, Subject.RANDOM, Subject.BLOB)
    )
    return MeasureRow(
        language.words(measure.title),
        language.words(measure.hint),
        language.words(GOOD[measure.better]),
        own,
        random,
        spread,
        blob,
        language.words(BEATS[measure.beats_references]),
    )


def _number(measure: Measure, subject: Subject, language: Language) -> str:
    value = measure.values.get(subject)
    if value is None:
        return "–"
    if measure.id == "increase":
        return language.say("yes") if value else language.say("no")
    if measure.percent:
        return language.number(share_words(value))
    return language.number(f"{value:.3f}".replace("-", "\N{MINUS SIGN}"))


def _sources(shown: ReportedMap, language: Language) -> Rows:
    picture, say = shown.record["picture"], language.say
    named = f"{picture['name']}, {say('{1} × {2} pixels', picture['width'], picture['height'])}"
    if "page" in picture:
        named = say("{1}, page {2} of {3}", named, picture["page"], picture["pages"])
    hashed = say("SHA-256 of the pixels")
    if picture["sha256_of"] == "file":
        hashed = say("SHA-256 of the file")
    return (
        (say("Picture"), named),
        (hashed, picture["sha256"]),
        (say("Map made"), shown.record["written"]),
    )
