"""Defines the settings of a training, as plain data for window, command line and file."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from math import isfinite
from pathlib import Path
from typing import Any

from camviewer.engine.errors import CamviewerError


class FineTune(StrEnum):
    """What is trained after the head."""

    NOTHING = "nothing"
    LAST_BLOCK = "last-block"
    ALL = "all"


@dataclass(frozen=True)
class TrainingPlan:
    """Pictures, base model and settings of a training.

    Attributes:
        data: a folder with one subfolder per class, or a CSV of path and label.
        base: id of the base model.
        title: name of the new model.
        epochs: maximum number of epochs on the frozen features.
        learning_rate: initial learning rate of the head.
        batch: batch size.
        convolution: channels of a 3x3 convolution before the pooling; 0 for none.
        keep_last_pool: whether to keep a final pooling, which halves the cells along each side.
        fine_tune: what is trained after the head.
        fine_tune_epochs: maximum number of epochs through the whole network.
        fine_tune_rate: initial learning rate of these.
        validation_share: share of each class's pictures for validation, 0 to 1.
        seed: seed of the split, the initial weights, the order and the augmentation.
        patience: number of epochs without a lower validation loss that ends a phase.
        class_weights: whether to weight classes equally, however many pictures they have.
        flips: whether to mirror half of the pictures at random.
    """

    data: Path
    base: str
    title: str
    epochs: int = 60
    learning_rate: float = 1e-3
    batch: int = 32
    convolution: int = 0
    keep_last_pool: bool = False
    fine_tune: FineTune = FineTune.NOTHING
    fine_tune_epochs: int = 5
    fine_tune_rate: float = 1e-4
    validation_share: float = 0.2
    seed: int = 0
    patience: int = 10
    class_weights: bool = True
    flips: bool = True

    def record(self) -> dict[str, Any]:
        """The plan as JSON data."""
        return asdict(self) | {"data": str(self.data), "fine_tune": self.fine_tune.value}

    def differences(self, other: TrainingPlan) -> tuple[str, ...]:
        """The names of the settings that differ from another plan."""
        return tuple(
            field.name
            for field in fields(self)
            if getattr(self, field.name) != getattr(other, field.name)
        )


def plan_from(record: dict[str, Any]) -> TrainingPlan:
    """Reads a plan that ``record`` has written.

    Raises:
        KeyError, TypeError, ValueError: the data is no plan.
    """
    known = {field.name: record[field.name] for field in fields(TrainingPlan)}
    known |= {"data": Path(known["data"]), "fine_tune": FineTune(known["fine_tune"])}
    return TrainingPlan(**known)


def require_sensible(plan: TrainingPlan) -> None:
    """Checks that all settings are in their ranges.

    Raises:
        CamviewerError: one of them is out of its range; the message names it.
    """
    if not plan.title.strip():
        raise CamviewerError("The new model needs a name.", "Give it one (-o NAME).")
    ranges = (
        ("the number of epochs", plan.epochs, 1, 100_000),
        ("the number of fine-tuning epochs", plan.fine_tune_epochs, 1, 100_000),
        ("the batch size", plan.batch, 1, 4096),
        ("the number of channels of the convolution", plan.convolution, 0, 8192),
        ("the learning rate", plan.learning_rate, 1e-8, 10.0),
        ("the learning rate of the fine-tuning", plan.fine_tune_rate, 1e-8, 10.0),
        ("the share of validation pictures", plan.validation_share, 0.01, 0.9),
        ("the patience", plan.patience, 1, 100_000),
        ("the seed", plan.seed, 0, 2**63 - 1),
    )
    for words, value, low, high in ranges:
        if not isfinite(value) or not low <= value <= high:
            raise CamviewerError(
                f"{words[0].upper()}{words[1:]} cannot be {value:g}.",
                f"Choose {low:g} to {high:g}.",
            )
