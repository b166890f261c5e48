"""Offers the program to scripts and notebooks; ``import camviewer`` hands these names out."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.api.explanation import PictureExplanation
    from camviewer.api.loading import load
    from camviewer.api.map_progress import MapProgress
    from camviewer.api.model import ClassScore, Model
    from camviewer.api.pictures import Picture, open_picture
    from camviewer.api.preparing import require_second_engine
    from camviewer.api.reports import Verification, report, verify
    from camviewer.api.runs import batch, open_run
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "explanation": ["PictureExplanation"],
            "loading": ["load"],
            "map_progress": ["MapProgress"],
            "model": ["ClassScore", "Model"],
            "pictures": ["Picture", "open_picture"],
            "preparing": ["require_second_engine"],
            "reports": ["Verification", "report", "verify"],
            "runs": ["batch", "open_run"],
        },
    )

__all__ = [
    "ClassScore",
    "MapProgress",
    "Model",
    "Picture",
    "PictureExplanation",
    "Verification",
    "batch",
    "load",
    "open_picture",
    "open_run",
    "report",
    "require_second_engine",
    "verify",
]
