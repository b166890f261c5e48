"""Runs a training phase: epochs, validation, early stopping, and resuming."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import torch
from torch import Tensor, nn
from torch.nn import functional

from camviewer.engine.errors import CamviewerError
from camviewer.engine.support.control import Control
from camviewer.engine.training.events import Epoch, TrainingEvent, TrainingStep

_WEIGHT_DECAY = 0.01
_STEP_SECONDS = 0.3


class Lessons(Protocol):
    """Supplies the batches for training and validation."""

    def training(self, epoch: int) -> Iterator[tuple[Tensor, Tensor]]:
        """Batches of inputs and labels (N,), the same for equal epochs."""

    def validation(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Batches of inputs and labels (N,)."""

    @property
    def steps(self) -> int:
        """Number of batches in an epoch."""


@dataclass(frozen=True, eq=False)
class PhaseSettings:
    """The settings of a phase.

    Attributes:
        name: ``head`` or ``fine-tuning``.
        epochs: maximum number of epochs.
        learning_rate: initial learning rate; it follows a cosine to zero.
        patience: number of epochs without a better validation loss that ends the phase.
        weights: (K,), weights of the classes in the loss; None for equal ones.
    """

    name: str
    epochs: int
    learning_rate: float
    patience: int
    weights: Tensor | None = None


@dataclass(frozen=True, eq=False)
class PhaseState:
    """The state of a phase between two epochs, from which it resumes with identical results.

    Attributes:
        done: number of epochs that are done.
        curve: events of these epochs.
        best_epoch: the epoch with the lowest validation loss.
        weights: the current trainable parameters, by name.
        best: the trainable parameters of the best epoch.
        optimiser: ``state_dict`` of the optimiser.
        schedule: ``state_dict`` of the learning rate schedule.
        over: whether the phase has ended.
    """

    done: int = 0
    curve: tuple[Epoch, ...] = ()
    best_epoch: int = -1
    weights: dict[str, Tensor] = field(default_factory=dict)
    best: dict[str, Tensor] = field(default_factory=dict)
    optimiser: dict[str, Any] = field(default_factory=dict)
    schedule: dict[str, Any] = field(default_factory=dict)
    over: bool = False

    @property
    def best_loss(self) -> float:
        """The lowest validation loss up to now."""
        return min((epoch.validation_loss for epoch in self.curve), default=math.inf)


def run_phase(
    model: nn.Module,
    lessons: Lessons,
    settings: PhaseSettings,
    *,
    state: PhaseState,
    on_event: Callable[[TrainingEvent], None],
    keep: Callable[[PhaseState], None],
    control: Control,
) -> PhaseState:
    """Trains to the last epoch or to early stopping, and restores the best weights.

    The model stays in eval mode, because statistics of batch normalisation from many pictures are
    better than those of small batches.

    Args:
        model: maps inputs to logits (N, K); parameters that require a gradient are trained.
        lessons: inputs and labels.
        settings: the settings of the phase.
        state: the state to begin with.
        on_event: called with events.
        keep: called with the state after each epoch.
        control: polled between batches.

    Raises:
        CamviewerError: the loss is not finite any more.
        Cancelled: the training was cancelled; the state after the last epoch was kept.
    """
    phase = _Phase(model.eval(), lessons, settings, state, control)
    clock = _Clock(settings.epochs - state.done)
    while not state.over:
        epoch = state.done + 1

        def step(share: float, epoch: int = epoch) -> None:
            on_event(TrainingStep(settings.name, epoch, settings.epochs, share, clock.left(share)))

        rate = phase.learning_rate
        loss, accuracy = phase.learn(epoch, step)
        validation_loss, validation_accuracy = measure(model, lessons, settings.weights, control)
        clock.epoch_done()
        event = Epoch(
            phase=settings.name,
            epoch=epoch,
            epochs=settings.epochs,
            training_loss=loss,
            training_accuracy=accuracy,
            validation_loss=validation_loss,
            validation_accuracy=validation_accuracy,
            learning_rate=rate,
            best=validation_loss < state.best_loss,
            seconds_left=clock.left(0.0),
        )
        state = phase.after(state, event)
        keep(state)
        on_event(event)
    phase.put(state.best)
    return state


class _Phase:
    """The trained parameters with optimiser and learning rate schedule."""

    def __init__(
        self,
        model: nn.Module,
        lessons: Lessons,
        settings: PhaseSettings,
        state: PhaseState,
        control: Control,
    ) -> None:
        self._model, self._lessons, self._settings = model, lessons, settings
        self._control = control
        self._trained = {name: p for name, p in model.named_parameters() if p.requires_grad}
        self._optimiser = torch.optim.AdamW(
            self._trained.values(), lr=settings.learning_rate, weight_decay=_WEIGHT_DECAY
        )
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimiser, lambda epoch: 0.5 * (1 + math.cos(math.pi * epoch / settings.epochs))
        )
        if state.optimiser:
            self._optimiser.load_state_dict(state.optimiser)
            self._schedule.load_state_dict(state.schedule)
        self.put(state.weights)

    @property
    def learning_rate(self) -> float:
        return float(self._optimiser.param_groups[0]["lr"])

    def put(self, weights: dict[str, Tensor]) -> None:
        """Copies weights into the model."""
        with torch.no_grad():
            for name, tensor in weights.items():
                self._trained[name].copy_(tensor)

    def learn(self, epoch: int, step: Callable[[float], None]) -> tuple[float, float]:
        """Trains one epoch and returns its mean loss and accuracy."""
        weights, steps = self._settings.weights, self._lessons.steps
        total = right = weight = pictures = 0.0
        last_report = time.monotonic()
        for number, (inputs, labels) in enumerate(self._lessons.training(epoch), start=1):
            self._control.check()
            logits = self._model(inputs)
            loss = functional.cross_entropy(logits, labels, weights)
            self._optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            self._optimiser.step()
            share = _weight_of(labels, weights)
            total += _finite(float(loss.detach())) * share
            right += float((logits.detach().argmax(1) == labels).sum())
            weight += share
            pictures += len(labels)
            if time.monotonic() - last_report > _STEP_SECONDS:
                last_report = time.monotonic()
                step(number / steps)
        self._schedule.step()
        return total / weight, right / pictures

    def after(self, state: PhaseState, event: Epoch) -> PhaseState:
        """The state after an epoch."""
        weights = {name: p.detach().clone() for name, p in self._trained.items()}
        best_epoch = event.epoch if event.best else state.best_epoch
        tired = event.epoch - max(best_epoch, 0) >= self._settings.patience
        return replace(
            state,
            done=event.epoch,
            curve=(*state.curve, event),
            best_epoch=best_epoch,
            weights=weights,
            best=weights if event.best else state.best,
            # Copies, because the optimiser changes these tensors in place.
            optimiser=deepcopy(self._optimiser.state_dict()),
            schedule=self._schedule.state_dict(),
            over=event.epoch >= self._settings.epochs or tired,
        )


def measure(
    model: nn.Module, lessons: Lessons, weights: Tensor | None, control: Control
) -> tuple[float, float]:
    """Mean loss and accuracy of the validation.

    Raises:
        CamviewerError: the loss is no number.
        Cancelled: told to stop.
    """
    total = right = weight = pictures = 0.0
    with torch.no_grad():
        for inputs, labels in lessons.validation():
            control.check()
            logits = model(inputs)
            share = _weight_of(labels, weights)
            total += float(functional.cross_entropy(logits, labels, weights)) * share
            right += float((logits.argmax(1) == labels).sum())
            weight += share
            pictures += len(labels)
    return _finite(total / weight), right / pictures


def predictions(
    model: nn.Module, lessons: Lessons, control: Control
) -> tuple[list[int], list[int]]:
    """Labels and predicted classes of the validation.

    Raises:
        Cancelled: told to stop.
    """
    labels: list[int] = []
    found: list[int] = []
    with torch.no_grad():
        for inputs, truth in lessons.validation():
            control.check()
            labels += truth.tolist()
            found += model(inputs).argmax(1).tolist()
    return labels, found


def _weight_of(labels: Tensor, weights: Tensor | None) -> float:
    return float(len(labels)) if weights is None else float(weights[labels].sum())


def _finite(loss: float) -> float:
    if not math.isfinite(loss):
        raise CamviewerError(
            "The training has come apart: its loss is no number any more.",
            "Choose a smaller learning rate.",
        )
    return loss


class _Clock:
    """Estimates the maximum remaining time of a phase from its epochs up to now."""

    def __init__(self, epochs: int) -> None:
        self._epochs = epochs
        self._done = 0
        self._began = time.monotonic()

    def epoch_done(self) -> None:
        self._done += 1

    def left(self, share: float) -> float | None:
        """Remaining seconds when ``share`` of the current epoch is done."""
        done = self._done + share
        if not done:
            return None
        return (time.monotonic() - self._began) / done * (self._epochs - done)
