"""Counts what reviewers said of a run's pictures."""

from __future__ import annotations

from dataclasses import dataclass

from camviewer.engine.assessments import Judgement
from camviewer.engine.batch.assessed_rows import with_assessments
from camviewer.engine.batch.report.verdicts import Share
from camviewer.engine.batch.run import Run


@dataclass(frozen=True)
class Reviewed:
    """What reviewers said.

    Attributes:
        judged: pictures that are judged, of those of the run so far.
        wrong_reason: right for the wrong reason, of those judged to be right.
        judgements: (judgement, pictures), all four.
        tags: (tag, pictures), the most frequent first.
        notes: pictures that have a note.
    """

    judged: Share
    wrong_reason: Share
    judgements: tuple[tuple[str, int], ...]
    tags: tuple[tuple[str, int], ...]
    notes: int


def reviewed(run: Run) -> Reviewed | None:
    """Counts it; None when nothing is said of any picture of the run.

    Raises:
        CamviewerError: the judgements or the rows cannot be read.
    """
    said = run.assessments()
    if not said.height:
        return None
    pictures = run.collected(run.scan().select("id", "sha256").unique())
    rows = with_assessments(pictures, said)
    if not rows["changed_at"].count():
        return None
    counts = dict(rows["judgement"].drop_nulls().value_counts().iter_rows())
    number = {judgement: counts.get(judgement.value, 0) for judgement in Judgement}
    right = number[Judgement.RIGHT_REASON] + number[Judgement.WRONG_REASON]
    tags = rows["tags"].drop_nulls().explode().value_counts().sort(
        "count", "tags", descending=[True, False]
    )  # fmt: skip
    return Reviewed(
        Share(sum(number.values()), pictures.height),
        Share(number[Judgement.WRONG_REASON], right),
        tuple((judgement.value, counted) for judgement, counted in number.items()),
        tuple(tags.iter_rows()),
        rows["note"].count(),
    )
