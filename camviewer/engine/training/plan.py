"""What is wanted of a training: plain data that the window, the command line and a file hold."""

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
        data: a folder with one subfolder a class, or a CSV of path and label.
        base: id of the model whose network is taught.
        title: of the new model.
        epochs: at most so many on the frozen features.
        learning_rate: of the head, at its start.
        batch: pictures a step.
        convolution: channels of a 3x3 convolution before the pooling; 0 for none.
        keep_last_pool: keep a pooling that comes last, so that the map has half the cells a side.
        fine_tune: what is trained further when the head is.
        fine_tune_epochs: at most so many through the whole network.
        fine_tune_rate: learning rate of these.
        validation_share: of each class's pictures that are never trained on, 0 to 1.
        seed: of the split, the first weights, the order and the augmentation.
        patience: epochs without a lower validation loss after which a phase ends.
        class_weights: weigh classes so that each counts alike, however many pictures it has.
        flips: show every picture mirrored as often as not.
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
        """As JSON holds it."""
        return asdict(self) | {"data": str(self.data), "fine_tune": self.fine_tune.value}

    def differences(self, other: TrainingPlan) -> tuple[str, ...]:
        """The names of the settings that the other has otherwise."""
        return tuple(
            field.name
            for field in fields(self)
            if getattr(self, field.name) != getattr(other, field.name)
        )


def plan_from(record: dict[str, Any]) -> TrainingPlan:
    """A plan as ``record`` has written it.

    Raises:
        KeyError, TypeError, ValueError: it has not.
    """
    known = {field.name: record[field.name] for field in fields(TrainingPlan)}
    known |= {"data": Path(known["data"]), "fine_tune": FineTune(known["fine_tune"])}
    return TrainingPlan(**known)


def require_sensible(plan: TrainingPlan) -> None:
    """Refuses settings with which nothing can be learnt.

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
