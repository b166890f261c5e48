"""Formats trust cards, rankings, sanity checks and regions for the terminal."""

from __future__ import annotations

from camviewer.cli.wording import map_line, table
from camviewer.engine.render.number_words import number_words, percent_words
from camviewer.engine.trust.messages import Comparison, Measure, Subject, TrustCard
from camviewer.engine.trust.region import RegionScore
from camviewer.engine.trust.sanity import SanityCheck
from camviewer.engine.trust.words import (
    BEATS,
    GOOD,
    findings,
    region_words,
    sanity_words,
    warnings,
)


def card_words(card: TrustCard) -> str:
    """The map, the findings in words, the table, and what was left out."""
    rows = [["measure", "this map", "random map", "centred blob", "", ""]]
    for measure in card.measures:
        numbers = [_number(measure, subject) for subject in Subject]
        verdict = BEATS[measure.beats_references]
        rows.append([measure.title, *numbers, GOOD[measure.better], verdict])
    engine = f" with {card.engine}" if card.engine else ""
    lines = [
        map_line(card.explanation),
        *(f"Warning: {words}" for words in warnings(card, percent_words)),
        *findings(card, percent_words),
        table(rows, right=(1, 2, 3)),
        f"{card.passes} pictures run{engine} in {card.seconds:.1f} s.",
        *card.cut,
    ]
    return "\n".join(lines)


def _number(measure: Measure, subject: Subject) -> str:
    value = measure.values.get(subject)
    if value is None:
        return "-"
    if measure.id == "increase":
        return "yes" if value else "no"
    return percent_words(value) if measure.percent else f"{value:.3f}"


def ranking_words(comparison: Comparison) -> str:
    """Methods and references, best first."""
    rows = [["rank", comparison.measure_title, "method", "layer", "time"]]
    for rank, entry in enumerate(comparison.ranked, start=1):
        explanation = entry.explanation
        rows.append(
            [
                str(rank),
                "-" if entry.score is None else f"{entry.score:.4f}",
                entry.title,
                entry.problem if explanation is None else explanation.layer.name,
                "" if explanation is None else f"{entry.milliseconds:.0f} ms",
            ]
        )
    explained = next((e.explanation for e in comparison.ranked if e.explanation is not None), None)
    name = "" if explained is None else f" of {explained.subject}"
    head = f"Maps{name} by {comparison.measure_title} ({GOOD[comparison.better]})"
    return f"{head}\n{table(rows, right=(0, 1, 4))}"


def sanity_table(check: SanityCheck) -> str:
    """Similarity of the map while weights become random from the class weights down."""
    rows = [["random weights", "rank correlation", "similarity (SSIM)"]]
    for step in check.steps:
        numbers = (step.rank_correlation, step.similarity)
        rows.append([step.title, *("-" if n is None else f"{n:.2f}" for n in numbers)])
    return f"{sanity_words(check)}\n{table(rows, right=(1, 2))}"


def region_lines(score: RegionScore) -> list[str]:
    """The importance of a region for the class."""
    left, top, right, bottom = (number_words(value) for value in score.region.bounds)
    head = f"Region from ({left}, {top}) to ({right}, {bottom}):"
    return [head, *(f"  {words}" for words in region_words(score, percent_words))]
