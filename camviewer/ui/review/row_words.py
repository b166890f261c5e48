"""Says the numbers of a run and of its rows in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from camviewer.engine.render.number_words import number_words
from camviewer.ui.review.host import RunFacts
from camviewer.ui.style import percent

_SHARES = (
    ("margin", "Margin"),
    ("border_share", "Evidence on the border"),
    ("outside_share", "Outside the trained crop"),
    ("energy_inside", "Evidence inside the object"),
)
_NUMBERS = (
    ("box_iou", "Overlap of the boxes"),
    ("loss", "Loss"),
    ("entropy", "Entropy (nats)"),
    ("logit", "Logit"),
)
_MEASURES = (
    ("deletion", "Deletion"),
    ("insertion", "Insertion"),
    ("drop", "Average drop"),
    ("stability", "Stability"),
)


def facts_words(facts: RunFacts) -> str:
    """The run in one line."""
    words = [facts.path.name, facts.model.title, facts.method, f"{facts.pictures:,} pictures"]
    if not facts.is_complete:
        words.append(f"{facts.done:,} done")
    if facts.failed:
        words.append(f"{facts.failed:,} without a map")
    accuracy, error = facts.verdicts.accuracy.value, facts.verdicts.calibration_error
    if accuracy is not None:
        words.append(f"{100 * accuracy:.1f}% right")
    if error is not None:
        words.append(f"calibration error {percent(error)}")
    return " · ".join(words)


def row_facts(row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """(what, value) of each number that a row has; measures stand beside their random map's."""
    facts = []
    if row["predicted_probability"] is not None:
        facts.append(("Says", f"{row['predicted']} {percent(row['predicted_probability'])}"))
    if row["truth"] is not None:
        facts.append(("True class", _truth_words(row)))
    facts.append(("Map of", _subject(row)))
    for name, title in _SHARES:
        if row[name] is not None:
            facts.append((title, percent(row[name]) if row[name] > 0 else "0%"))
    for name, title in _NUMBERS:
        if row[name] is not None and not (name == "logit" and row["probability"] is None):
            facts.append((title, f"{row[name]:.3g}"))
    for name, title in _MEASURES:
        if row[name] is not None:
            facts.append((title, f"{row[name]:.2f} (random {_number(row[f'{name}_random'])})"))
    if (row["pages"] or 1) > 1:
        facts.append(("Page", f"{row['page'] or 1} of {row['pages']}"))
    facts.append(("Picture", f"{row['width']} × {row['height']} pixels"))
    return tuple(facts)


def _subject(row: Mapping[str, Any]) -> str:
    """What the map explains, with its probability, its value or the score of the target."""
    if row["target"]:
        score = row["target_score"]
        return str(row["target"]) if score is None else f"{row['target']} ({number_words(score)})"
    if row["probability"] is None:
        return f"{row['class']} {number_words(row['logit'])}"
    return f"{row['class']} {percent(row['probability'])}"


def other_facts(
    row: Mapping[str, Any], partner: Mapping[str, Any] | None
) -> tuple[tuple[str, str], ...]:
    """(what, value) of what another run says of the same picture.

    Args:
        row: of the first run, with what a comparison adds.
        partner: of the second run; None where it is not compared.
    """
    if partner is None:
        return (("B", "not compared"),)
    said, sure = partner["predicted"], partner["predicted_probability"]
    facts = [
        ("B says", said if sure is None else f"{said} {percent(sure)}"),
        ("B's map of", _subject(partner)),
    ]
    if row["outcome"] is not None:
        facts.append(("Verdict", row["outcome"]))
    if row["evidence_moved"] is None:
        return (*facts, ("Evidence moved", "a map has no evidence"))
    facts.append(("Evidence moved", percent(row["evidence_moved"])))
    facts.append(("Its centre moved", f"{row['centre_moved']:.1%} of the diagonal"))
    if row["correlation"] is not None:
        facts.append(("Correlation", f"{row['correlation']:.2f}"))
    return tuple(facts)


def _truth_words(row: Mapping[str, Any]) -> str:
    if row["truth_index"] is None:
        return f"{row['truth']} (none of the model's)"
    if row["truth_rank"] == 1:
        return f"{row['truth']} ✓"
    return f"{row['truth']} ✗ {percent(row['truth_probability'])}, place {row['truth_rank']}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
