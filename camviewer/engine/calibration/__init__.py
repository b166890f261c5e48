"""Fits what makes confidence keep its word, keeps it with the model, and applies it to verdicts."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.calibration.words import confidence_lines
else:
    __getattr__ = lazy_names(__name__, {"words": ["confidence_lines"]})

__all__ = ["confidence_lines"]
