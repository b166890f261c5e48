"""Defines the events of a running training, and their form as lines of JSON."""

from __future__ import annotations

from dataclasses import dataclass

from camviewer.engine.support.event_lines import EventLines, Failed, Paused


@dataclass(frozen=True)
class Found:
    """The pictures were found.

    Attributes:
        classes: names, by index.
        counts: number of pictures of each class.
        other_files: number of files that are no pictures.
        base: title of the base model.
    """

    classes: tuple[str, ...]
    counts: tuple[int, ...]
    other_files: int
    base: str = ""


@dataclass(frozen=True)
class Skipped:
    """A picture that is not used.

    Attributes:
        picture: its path relative to the data set.
        reason: why, in one sentence.
    """

    picture: str
    reason: str


@dataclass(frozen=True)
class Preparing:
    """Features are being computed, once for all epochs.

    Attributes:
        done: number of pictures that are done.
        total: number of all pictures.
        seconds_left: estimated remaining time; None while it is unknown.
    """

    done: int
    total: int
    seconds_left: float | None


@dataclass(frozen=True)
class Split:
    """The pictures were split.

    Attributes:
        training: number of training pictures of each class.
        validation: number of validation pictures of each class.
    """

    training: tuple[int, ...]
    validation: tuple[int, ...]


@dataclass(frozen=True)
class TrainingStep:
    """The progress within an epoch that takes long.

    Attributes:
        phase: ``head`` or ``fine-tuning``.
        epoch: from 1.
        epochs: at most.
        share: of the epoch, 0 to 1.
        seconds_left: until the phase ends at the latest; None while it cannot be said.
    """

    phase: str
    epoch: int
    epochs: int
    share: float
    seconds_left: float | None


@dataclass(frozen=True)
class Epoch:
    """An epoch is done.

    Attributes:
        phase: ``head`` or ``fine-tuning``.
        epoch: from 1; 0 is what fine-tuning began with.
        epochs: at most.
        training_loss: mean over the epoch; None for what fine-tuning began with.
        training_accuracy: 0 to 1, while the weights were changing; None likewise.
        validation_loss: after the epoch.
        validation_accuracy: 0 to 1, after the epoch.
        learning_rate: in this epoch.
        best: whether no epoch before had a lower validation loss.
        seconds_left: until the phase ends at the latest; None while it cannot be said.
    """

    phase: str
    epoch: int
    epochs: int
    training_loss: float | None
    training_accuracy: float | None
    validation_loss: float
    validation_accuracy: float
    learning_rate: float
    best: bool
    seconds_left: float | None


@dataclass(frozen=True)
class Finished:
    """The new model is kept.

    Attributes:
        model: its id.
        title: its name.
        classes: names, by index.
        accuracy: 0 to 1, of the validation pictures.
        class_accuracy: likewise, of each class.
        confusion: [true class][predicted class] pictures.
        seconds: that the training took, without pauses between its runs.
    """

    model: str
    title: str
    classes: tuple[str, ...]
    accuracy: float
    class_accuracy: tuple[float, ...]
    confusion: tuple[tuple[int, ...], ...]
    seconds: float


@dataclass(frozen=True)
class Stopped:
    """The training was cancelled.

    Attributes:
        resumable: whether it can be resumed.
    """

    resumable: bool


TrainingEvent = (
    Found
    | Skipped
    | Preparing
    | Split
    | TrainingStep
    | Epoch
    | Paused
    | Finished
    | Stopped
    | Failed
)

TRAINING_LINES = EventLines(
    {
        "found": Found,
        "skipped": Skipped,
        "preparing": Preparing,
        "split": Split,
        "step": TrainingStep,
        "epoch": Epoch,
        "paused": Paused,
        "finished": Finished,
        "stopped": Stopped,
        "failed": Failed,
    }
)
"""The events by the names that their lines have."""
