"""Looks through a run's rows: filters, sorts, confusions, wrong reasons, mean maps, thumbnails."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.review.confusion import ClassCount, ConfusionMatrix
    from camviewer.engine.review.filters import ClassRole, Filter, ForReason, OfClass
    from camviewer.engine.review.mean_evidence import MeanEvidence, MeanPicture
    from camviewer.engine.review.reasons import ClassReasons
    from camviewer.engine.review.run_table import View
    from camviewer.engine.review.sorting import Sort
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "confusion": ["ClassCount", "ConfusionMatrix"],
            "filters": ["ClassRole", "Filter", "ForReason", "OfClass"],
            "mean_evidence": ["MeanEvidence", "MeanPicture"],
            "reasons": ["ClassReasons"],
            "run_table": ["View"],
            "sorting": ["Sort"],
        },
    )

__all__ = [
    "ClassCount",
    "ClassReasons",
    "ClassRole",
    "ConfusionMatrix",
    "Filter",
    "ForReason",
    "MeanEvidence",
    "MeanPicture",
    "OfClass",
    "Sort",
    "View",
]
