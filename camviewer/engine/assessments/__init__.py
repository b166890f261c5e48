"""Keeps what reviewers say of a run's pictures: judgement, tags and note."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.assessments.assessment import (
        NO_ASSESSMENT,
        Assessment,
        Change,
        Judgement,
        PictureKey,
        joined_tags,
        split_tags,
        words_for_report,
    )
    from camviewer.engine.assessments.refusals import DamagedAssessments
    from camviewer.engine.assessments.store import AssessmentStore, Overwritten, Saved
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "assessment": [
                "NO_ASSESSMENT",
                "Assessment",
                "Change",
                "Judgement",
                "PictureKey",
                "joined_tags",
                "split_tags",
                "words_for_report",
            ],
            "refusals": ["DamagedAssessments"],
            "store": ["AssessmentStore", "Overwritten", "Saved"],
        },
    )

__all__ = [
    "NO_ASSESSMENT",
    "Assessment",
    "AssessmentStore",
    "Change",
    "DamagedAssessments",
    "Judgement",
    "Overwritten",
    "PictureKey",
    "Saved",
    "joined_tags",
    "split_tags",
    "words_for_report",
]
