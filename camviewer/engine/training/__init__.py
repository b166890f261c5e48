"""Trains a network for new classes: a pooled linear head on frozen features, then fine-tuning."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.training.data_set import find_data_set, require_classes
    from camviewer.engine.training.events import (
        TRAINING_LINES,
        Epoch,
        Finished,
        Found,
        Preparing,
        Skipped,
        Split,
        Stopped,
        TrainingEvent,
        TrainingStep,
    )
    from camviewer.engine.training.plan import FineTune, TrainingPlan
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "data_set": ["find_data_set", "require_classes"],
            "events": [
                "Epoch",
                "Finished",
                "Found",
                "Preparing",
                "Skipped",
                "Split",
                "Stopped",
                "TRAINING_LINES",
                "TrainingEvent",
                "TrainingStep",
            ],
            "plan": ["FineTune", "TrainingPlan"],
        },
    )

__all__ = [
    "TRAINING_LINES",
    "Epoch",
    "FineTune",
    "Finished",
    "Found",
    "Preparing",
    "Skipped",
    "Split",
    "Stopped",
    "TrainingEvent",
    "TrainingPlan",
    "TrainingStep",
    "find_data_set",
    "require_classes",
]
