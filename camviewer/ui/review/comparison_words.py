"""Says two compared runs in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from camviewer.ui.review.compared_facts import ComparedFacts
from camviewer.ui.style import tr, whole

if TYPE_CHECKING:
    from camviewer.engine.batch.comparison.changes import ComparisonSummary
    from camviewer.engine.review import Filter


def comparison_line(facts: ComparedFacts) -> str:
    """Both runs in one line."""
    found = facts.summary
    accuracies = found.accuracies
    words = []
    for number, (letter, name) in enumerate(zip("AB", facts.names, strict=True)):
        right = "" if accuracies is None else " " + right_words(accuracies[number])
        words.append(f"{letter} {name.path.name}{right}")
    words.append(
        tr("{changed} of {n} verdict(s) changed", "", found.pictures).format(
            changed=whole(found.changed)
        )
    )
    if found.p_value is not None:
        words.append(
            tr("{better} better, {worse} worse").format(
                better=whole(found.better), worse=whole(found.worse)
            )
        )
        words.append(tr("McNemar's exact test: {p}").format(p=p_words(found.p_value)))
    if found.left_out:
        words.append(tr("{count} left out").format(count=whole(found.left_out)))
    return " · ".join(words)


def right_words(share: float) -> str:
    """Gives ``96.1% right``."""
    return tr("{share} right").format(share=f"{share:.1%}")


def p_words(p_value: float) -> str:
    """Gives ``p = 0.03``."""
    return "p < 1e-100" if p_value < 1e-100 else f"p = {p_value:.2g}"


def moved_words(found: ComparisonSummary) -> str:
    """What is said of the maps of all pictures; several sentences."""
    words = []
    if found.median_moved is not None:
        share = f"{found.median_moved:.0%}"
        words.append(
            tr("In the median picture, {share} of the evidence moved.").format(share=share)
        )
    apart = found.pictures - found.same_class
    if apart:
        words.append(tr("Of {n} picture(s), the two maps are of different classes.", "", apart))
    if found.without_evidence:
        words.append(tr("Of {n} picture(s), a map has no evidence.", "", found.without_evidence))
    return " ".join(words)


def outcome_lines(found: ComparisonSummary) -> Sequence[tuple[str, int, int, Filter]]:
    """(words, pictures, of how many, filter) of what became of the verdicts."""
    from camviewer.engine.batch.comparison.changes import Outcome  # noqa: PLC0415  (start-up)
    from camviewer.engine.review.filters_of_two import CHANGED, with_outcome  # noqa: PLC0415

    lines: list[tuple[str, int, int, Filter]] = [
        (tr("Changed"), found.changed, found.pictures, CHANGED)
    ]
    if not found.known:
        return lines
    for words, count, outcome in (
        (tr("Got better"), found.better, Outcome.BETTER),
        (tr("Got worse"), found.worse, Outcome.WORSE),
        (tr("Both right"), found.right_in_both, Outcome.RIGHT),
        (tr("Both wrong"), found.wrong_in_both, Outcome.WRONG),
    ):
        lines.append((words, count, found.known, with_outcome(outcome)))
    return lines
