"""Runs a training from its pictures to a new pack: features, split, head, fine-tuning."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import torch
from torch import nn

from camviewer.engine.architectures.pooled_network import PooledNetwork
from camviewer.engine.errors import CamviewerError, Cancelled
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.geometry.input_scale import ScaleKind
from camviewer.engine.network.devices import find_device
from camviewer.engine.packs.draft import PackDraft
from camviewer.engine.packs.store import PackInfo
from camviewer.engine.packs.writing import write_pack
from camviewer.engine.picture.folder_range import in_order, range_of_pictures
from camviewer.engine.support.control import Control
from camviewer.engine.training.assessment import Assessment, assess
from camviewer.engine.training.base_model import BaseModel, open_base
from camviewer.engine.training.checkpoint import (
    Checkpoint,
    load_checkpoint,
    remove_checkpoint,
    save_checkpoint,
)
from camviewer.engine.training.cutting import trailing_modules
from camviewer.engine.training.data_set import DataSet, find_data_set, require_classes
from camviewer.engine.training.epochs import (
    Lessons,
    PhaseSettings,
    PhaseState,
    measure,
    predictions,
    run_phase,
)
from camviewer.engine.training.events import (
    Epoch,
    Finished,
    Found,
    Skipped,
    Split,
    TrainingEvent,
)
from camviewer.engine.training.features import UsablePictures, compute_features
from camviewer.engine.training.head import FeatureHead, class_weights
from camviewer.engine.training.lessons import FeatureLessons, PictureLessons
from camviewer.engine.training.plan import FineTune, TrainingPlan, require_sensible
from camviewer.engine.training.record import training_record
from camviewer.engine.training.run_place import run_folder
from camviewer.engine.training.split import split_pictures

HEAD, FINE_TUNING = "head", "fine-tuning"

_KEPT_SECONDS = 2.0
"""Minimum time between two checkpoints of quick epochs, in seconds."""
_SAMPLE = 256


def unfinished(plan: TrainingPlan) -> Checkpoint | None:
    """The unfinished training of this name, base model and data; None if there is none.

    Raises:
        CamviewerError: there is one, but it is damaged.
    """
    return load_checkpoint(run_folder(plan))


def discard(plan: TrainingPlan) -> None:
    """Deletes an unfinished training."""
    remove_checkpoint(run_folder(plan))


def train(
    plan: TrainingPlan,
    on_event: Callable[[TrainingEvent], None],
    control: Control,
    *,
    device: str | None = None,
) -> PackInfo:
    """Trains, or resumes an unfinished training, and keeps the model as a pack.

    The weights with the best validation loss are kept, not the last ones. On one machine equal
    plans and pictures give equal models, even after interruptions.

    Args:
        plan: the settings; to resume, the plan of the unfinished training.
        on_event: called in this thread with events.
        control: pauses, resumes or cancels.
        device: id of the device; the fastest when None.

    Raises:
        CamviewerError: it cannot be done, with the reason and what to do.
        Cancelled: told to stop; what was learnt is kept, so that it can go on.
    """
    require_sensible(plan)
    data = find_data_set(plan.data)
    require_classes(data.classes, data.counts, data.root)
    base = open_base(
        plan.base,
        find_device(device),
        convolution=plan.convolution,
        keep_last_pool=plan.keep_last_pool,
    )
    return train_from(base, data, plan, on_event, control)


def _with_range(recipe: Recipe, data: DataSet) -> Recipe:
    """The recipe with the range of values of the pictures, where nothing else says one.

    The model must be fed in one way during its training, and later in the same.
    """
    if recipe.scale.kind is not ScaleKind.AUTO or recipe.scale.has_fallback:
        return recipe
    found = range_of_pictures(in_order(picture.path for picture in data.pictures))
    if found is None:
        return recipe
    return replace(recipe, scale=replace(recipe.scale, low=found.low, high=found.high))


def train_from(
    base: BaseModel,
    data: DataSet,
    plan: TrainingPlan,
    on_event: Callable[[TrainingEvent], None],
    control: Control,
) -> PackInfo:
    """Trains with an open base model and a listed data set.

    Raises:
        CamviewerError: it cannot be done, with the reason and what to do.
        Cancelled: told to stop; what was learnt is kept, so that it can go on.
    """
    began = time.monotonic()
    base = replace(base, recipe=_with_range(base.recipe, data))
    on_event(Found(data.classes, data.counts, data.other_files, base.title))
    for skipped in data.skipped:
        on_event(Skipped(skipped.name, skipped.reason))
    pictures = compute_features(data, base, flips=plan.flips, on_event=on_event, control=control)
    counts = tuple(pictures.labels.count(label) for label in range(len(data.classes)))
    require_classes(data.classes, counts, data.root)
    return _Run(
        plan=plan,
        data=data,
        base=base,
        pictures=pictures,
        on_event=on_event,
        control=control,
        began=began,
    ).run()


class _Run:
    """The phases of one training and their state."""

    def __init__(
        self,
        *,
        plan: TrainingPlan,
        data: DataSet,
        base: BaseModel,
        pictures: UsablePictures,
        on_event: Callable[[TrainingEvent], None],
        control: Control,
        began: float,
    ) -> None:
        self._plan, self._data, self._base, self._pictures = plan, data, base, pictures
        self._on_event, self._control = on_event, control
        self._folder = run_folder(plan)
        self._split = split_pictures(pictures.labels, plan.validation_share, plan.seed)
        self._began, self._saved_at = began, time.monotonic()
        self._at = self._start()
        self._unsaved = False

    def run(self) -> PackInfo:
        """All phases."""
        classes = range(len(self._data.classes))
        sides = [
            tuple([self._pictures.labels[i] for i in side].count(label) for label in classes)
            for side in (self._split.training, self._split.validation)
        ]
        self._on_event(Split(sides[0], sides[1]))
        for epoch in (*self._at.head.curve, *self._tuning.curve):
            self._on_event(epoch)
        try:
            network, assessment = self._learnt()
        except Cancelled:
            self._save()
            raise
        info = self._keep(network, assessment)
        remove_checkpoint(self._folder)
        self._on_event(
            Finished(
                model=info.id,
                title=info.title,
                classes=self._data.classes,
                accuracy=assessment.accuracy,
                class_accuracy=assessment.class_accuracy,
                confusion=assessment.confusion,
                seconds=self._seconds,
            )
        )
        return info

    @property
    def _tuning(self) -> PhaseState:
        return self._at.fine_tuning or PhaseState()

    @property
    def _seconds(self) -> float:
        return self._at.seconds + time.monotonic() - self._began

    def _learnt(self) -> tuple[PooledNetwork, Assessment]:
        plan, classes = self._plan, len(self._data.classes)
        lessons = FeatureLessons(
            self._pictures, self._split, plan.batch, plan.seed, flips=plan.flips
        )
        with torch.random.fork_rng():
            torch.manual_seed(plan.seed)
            head = FeatureHead(lessons.sample(_SAMPLE), plan.convolution, classes)
        state = self._phase(head, lessons, HEAD, self._at.head)
        self._at = replace(self._at, head=state)
        network = self._base.with_head(classes).requires_grad_(False)
        head.put_into(network)
        measured: nn.Module = head
        measured_with: Lessons = lessons
        if plan.fine_tune is not FineTune.NOTHING:
            pictures = PictureLessons(
                self._pictures,
                self._split,
                plan.batch,
                plan.seed,
                flips=plan.flips,
                recipe=self._base.recipe,
                device=self._base.device,
            )
            self._fine_tune(network, pictures)
            measured, measured_with = network, pictures
        truth, found = predictions(measured, measured_with, self._control)
        return network, assess(truth, found, classes)

    def _fine_tune(self, network: PooledNetwork, lessons: PictureLessons) -> None:
        trained = self._trained(network)
        if self._at.fine_tuning is None:
            weights = self._class_weights
            loss, accuracy = measure(network, lessons, weights, self._control)
            start = Epoch(
                FINE_TUNING, 0, self._plan.fine_tune_epochs, None, None, loss, accuracy,
                self._plan.fine_tune_rate, best=True, seconds_left=None,
            )  # fmt: skip
            self._on_event(start)
            best = {name: tensor.detach().clone() for name, tensor in trained.items()}
            state = PhaseState(curve=(start,), best_epoch=0, weights=best, best=best)
            self._at = replace(self._at, fine_tuning=state)
        self._phase(network, lessons, FINE_TUNING, self._tuning)

    def _trained(self, network: PooledNetwork) -> dict[str, nn.Parameter]:
        """Enables gradients for the parameters that are fine-tuned."""
        names = {"classifier", "convolution.0"}
        if self._plan.fine_tune is FineTune.ALL:
            names |= {name for name, _ in network.named_modules()}
        else:
            below = trailing_modules(network.base, self._example(), network.cut)
            names |= {f"base.{name}" for name in below}
        for name, parameter in network.named_parameters():
            if name.rpartition(".")[0] in names and parameter.is_floating_point():
                parameter.requires_grad_(True)
        return {name: p for name, p in network.named_parameters() if p.requires_grad}

    def _example(self) -> torch.Tensor:
        generator = torch.Generator().manual_seed(0)
        recipe = self._base.recipe
        example = torch.rand((1, recipe.channels, *recipe.input_size), generator=generator)
        return example.to(self._base.device)

    @property
    def _class_weights(self) -> torch.Tensor | None:
        if not self._plan.class_weights:
            return None
        labels = [self._pictures.labels[index] for index in self._split.training]
        return class_weights(labels, len(self._data.classes))

    def _phase(
        self, model: nn.Module, lessons: Lessons, name: str, state: PhaseState
    ) -> PhaseState:
        tuning = name == FINE_TUNING
        settings = PhaseSettings(
            name,
            self._plan.fine_tune_epochs if tuning else self._plan.epochs,
            self._plan.fine_tune_rate if tuning else self._plan.learning_rate,
            self._plan.patience,
            self._class_weights,
        )
        return run_phase(
            model,
            lessons,
            settings,
            state=state,
            on_event=self._on_event,
            keep=partial(self._take, tuning=tuning),
            control=self._control,
        )

    def _start(self) -> Checkpoint:
        content = [
            (digest, self._data.classes[picture.label])
            for picture, digest in zip(self._pictures.pictures, self._pictures.hashes, strict=True)
        ]
        new = Checkpoint(
            plan=self._plan,
            data_sha256=hashlib.sha256(json.dumps(content).encode()).hexdigest(),
            base_sha256=self._base.weights_sha256,
            head=PhaseState(),
            fine_tuning=None,
            seconds=0.0,
            begun=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        old = load_checkpoint(self._folder)
        if old is None:
            return new
        for words, one, other in (
            ("The pictures", old.data_sha256, new.data_sha256),
            ("The base model", old.base_sha256, new.base_sha256),
        ):
            if one != other:
                raise CamviewerError(
                    f"{words} changed since this training was begun.",
                    "Begin it anew (--restart).",
                )
        return old

    def _take(self, state: PhaseState, *, tuning: bool) -> None:
        self._at = replace(self._at, fine_tuning=state) if tuning else replace(self._at, head=state)
        self._unsaved = True
        if tuning or state.over or time.monotonic() - self._saved_at > _KEPT_SECONDS:
            self._save()

    def _save(self) -> None:
        if self._unsaved:
            save_checkpoint(self._folder, replace(self._at, seconds=self._seconds))
            self._saved_at = time.monotonic()
            self._unsaved = False

    def _keep(self, network: PooledNetwork, assessment: Assessment) -> PackInfo:
        record = training_record(
            state=replace(self._at, seconds=self._seconds),
            data=self._data,
            base=self._base,
            pictures=self._pictures,
            split=self._split,
            assessment=assessment,
        )
        draft = PackDraft(
            network.state_dict(),
            title=self._plan.title,
            architecture=self._base.architecture,
            labels=self._data.classes,
            recipe=self._base.recipe,
            origin=self._base.title,
            notes=(
                (
                    f"Trained from {self._base.title} on {len(self._split.training):,} pictures; "
                    f"accuracy {assessment.accuracy:.1%} on {len(self._split.validation):,} others."
                ),
            ),
            pooled=network.cut,
            training=record,
            changes=self._base.changes,
        )
        return write_pack(draft)
