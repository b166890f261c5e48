"""Says two compared runs in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from camviewer.ui.review.compared_facts import ComparedFacts
from camviewer.ui.style import counted

if TYPE_CHECKING:
    from camviewer.engine.batch.comparison.changes import ComparisonSummary
    from camviewer.engine.review import Filter


def comparison_line(facts: ComparedFacts) -> str:
    """Both runs in one line."""
    found = facts.summary
    accuracies = found.accuracies
    words = []
    for number, (letter, name) in enumerate(zip("AB", facts.names, strict=True)):
        right = "" if accuracies is None else f" {accuracies[number]:.1%} right"
        words.append(f"{letter} {name.path.name}{right}")
    words.append(f"{found.changed:,} of {counted(found.pictures, 'verdict')} changed")
    if found.p_value is not None:
        words.append(f"{found.better:,} better, {found.worse:,} worse")
        words.append(f"McNemar's exact test {p_words(found.p_value)}")
    if found.left_out:
        words.append(f"{found.left_out:,} left out")
    return " · ".join(words)


def p_words(p_value: float) -> str:
    """Gives ``p = 0.03``."""
    return "p < 1e-100" if p_value < 1e-100 else f"p = {p_value:.2g}"


def moved_words(found: ComparisonSummary) -> str:
    """What is said of the maps of all pictures; several sentences."""
    words = []
    if found.median_moved is not None:
        words.append(f"In the median picture, {found.median_moved:.0%} of the evidence moved.")
    apart = found.pictures - found.same_class
    if apart:
        pictures = counted(apart, "picture")
        words.append(f"Of {pictures}, the two maps are of different classes.")
    if found.without_evidence:
        words.append(f"Of {counted(found.without_evidence, 'picture')}, a map has no evidence.")
    return " ".join(words)


def outcome_lines(found: ComparisonSummary) -> Sequence[tuple[str, int, int, Filter]]:
    """(words, pictures, of how many, filter) of what became of the verdicts."""
    from camviewer.engine.batch.comparison.changes import Outcome  # noqa: PLC0415  (start-up)
    from camviewer.engine.review.filters_of_two import CHANGED, with_outcome  # noqa: PLC0415

    lines: list[tuple[str, int, int, Filter]] = [
        ("Changed", found.changed, found.pictures, CHANGED)
    ]
    if not found.known:
        return lines
    for words, count, outcome in (
        ("Got better", found.better, Outcome.BETTER),
        ("Got worse", found.worse, Outcome.WORSE),
        ("Both right", found.right_in_both, Outcome.RIGHT),
        ("Both wrong", found.wrong_in_both, Outcome.WRONG),
    ):
        lines.append((words, count, found.known, with_outcome(outcome)))
    return lines
