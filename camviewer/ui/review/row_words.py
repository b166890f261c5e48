"""Says the numbers of a run and of its rows in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from camviewer.engine.render.number_words import number_words
from camviewer.ui.review.host import RunFacts
from camviewer.ui.style import mark, method_words, percent, target_words, tr, translated, whole

_SHARES = (
    ("margin", mark("Margin")),
    ("border_share", mark("Evidence on the border")),
    ("outside_share", mark("Outside the trained crop")),
    ("energy_inside", mark("Evidence inside the object")),
)
_NUMBERS = (
    ("box_iou", mark("Overlap of the boxes")),
    ("loss", mark("Loss")),
    ("entropy", mark("Entropy (nats)")),
    ("logit", mark("Logit")),
)
_MEASURES = (
    ("deletion", mark("Deletion")),
    ("insertion", mark("Insertion")),
    ("drop", mark("Average drop")),
    ("stability", mark("Stability")),
)


def facts_words(facts: RunFacts) -> str:
    """The run in one line."""
    words = [
        facts.path.name,
        facts.model.title,
        method_words(facts.method),
        tr("{n} picture(s)", "", facts.pictures),
    ]
    if not facts.is_complete:
        words.append(tr("{count} done").format(count=whole(facts.done)))
    if facts.failed:
        words.append(tr("{count} without a map").format(count=whole(facts.failed)))
    accuracy, error = facts.verdicts.accuracy.value, facts.verdicts.calibration_error
    if accuracy is not None:
        words.append(tr("{share} right").format(share=f"{100 * accuracy:.1f}%"))
    if error is not None:
        words.append(tr("calibration error {error}").format(error=percent(error)))
    return " · ".join(words)


def row_facts(
    row: Mapping[str, Any], of_other: tuple[tuple[str, str], ...] = ()
) -> tuple[tuple[str, str], ...]:
    """(what, value) of each number that a row has; measures stand beside their random map's.

    Args:
        row: with its numbers.
        of_other: what ``other_facts`` says; it stands before the other numbers.
    """
    facts = []
    if row["predicted_probability"] is not None:
        facts.append((tr("Says"), f"{row['predicted']} {percent(row['predicted_probability'])}"))
    if row["truth"] is not None:
        facts.append((tr("True class"), _truth_words(row)))
    facts.append((tr("Map of"), _subject(row)))
    facts += of_other
    for name, title in _SHARES:
        if row[name] is not None:
            facts.append((tr(title), percent(row[name]) if row[name] > 0 else "0%"))
    for name, title in _NUMBERS:
        if row[name] is not None and not (name == "logit" and row["probability"] is None):
            facts.append((tr(title), f"{row[name]:.3g}"))
    for name, title in _MEASURES:
        if row[name] is not None:
            words = tr("{value} (random {chance})").format(
                value=f"{row[name]:.2f}", chance=_number(row[f"{name}_random"])
            )
            facts.append((tr(title), words))
    if (row["pages"] or 1) > 1:
        page = tr("{page} of {pages}").format(page=row["page"] or 1, pages=row["pages"])
        facts.append((tr("Page"), page))
    facts.append(
        (tr("Picture"), tr("{size} pixels").format(size=f"{row['width']} × {row['height']}"))
    )
    return tuple(facts)


def _subject(row: Mapping[str, Any]) -> str:
    """What the map explains, with its probability, its value or the score of the target."""
    if row["target"]:
        score = row["target_score"]
        target = target_words(row["target"])
        return target if score is None else f"{target} ({number_words(score)})"
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
        return (("B", tr("not compared")),)
    said, sure = partner["predicted"], partner["predicted_probability"]
    facts = [
        (tr("B says"), said if sure is None else f"{said} {percent(sure)}"),
        (tr("B's map of"), _subject(partner)),
    ]
    if row["outcome"] is not None:
        facts.append((tr("Verdict"), translated(row["outcome"])))
    if row["evidence_moved"] is None:
        return (*facts, (tr("Evidence moved"), tr("a map has no evidence")))
    facts.append(
        (
            tr("Evidence moved"),
            percent(row["evidence_moved"]) if row["evidence_moved"] > 0 else "0%",
        )
    )
    facts.append(
        (
            tr("Its centre moved"),
            tr("{share} of the diagonal").format(share=f"{row['centre_moved']:.1%}"),
        )
    )
    if row["correlation"] is not None:
        facts.append((tr("Correlation"), f"{row['correlation']:.2f}"))
    return tuple(facts)


def _truth_words(row: Mapping[str, Any]) -> str:
    if row["truth_index"] is None:
        return tr("{name} (none of the model's)").format(name=row["truth"])
    if row["truth_rank"] == 1:
        return f"{row['truth']} ✓"
    return tr("{name} ✗ {share}, place {rank}").format(
        name=row["truth"], share=percent(row["truth_probability"]), rank=row["truth_rank"]
    )


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
