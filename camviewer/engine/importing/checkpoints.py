"""From a checkpoint to a pack, and from a pack to a classifier."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch

from camviewer.engine.architectures.network_changes import NetworkChanges
from camviewer.engine.architectures.segmentation import scores_pixels
from camviewer.engine.checkpoints.file_kinds import PROGRAMS, CheckpointFormat, checkpoint_format
from camviewer.engine.checkpoints.tensors import Checkpoint, read_checkpoint
from camviewer.engine.companions.config_json import Stated, stated_beside
from camviewer.engine.companions.labels_and_recipe import told_of
from camviewer.engine.companions.named_values import (
    hold_at_once,
    network_called,
    stated_among,
)
from camviewer.engine.companions.normalising_tensors import normalising_tensors
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.huggingface.folder import classifier_folder, weights_in
from camviewer.engine.huggingface.folder_packs import import_folder, transformers_classifier
from camviewer.engine.huggingface.pickled import pickled_classifier
from camviewer.engine.importing.checkpoint_network import (
    AmbiguousArchitecture,
    checkpoint_network,
)
from camviewer.engine.importing.head_activations import with_pickled_activations
from camviewer.engine.importing.kept_network import CheckpointNetwork
from camviewer.engine.importing.stated_network import stated_network
from camviewer.engine.importing.ways_out import with_own_way_out
from camviewer.engine.importing.whole_models import notes_of_modules, told_by_modules
from camviewer.engine.network.classifier import Classifier, classifier
from camviewer.engine.packs.draft import ImportChoices, PackDraft
from camviewer.engine.packs.manifest import ONNX, TENSORS, TORCH_EXPORT, TORCHSCRIPT, TRANSFORMERS
from camviewer.engine.packs.network import load_network, require_fit
from camviewer.engine.packs.store import PackInfo, file_sha256, read_pack
from camviewer.engine.packs.writing import kept_unless_cancelled, write_pack
from camviewer.engine.programs.packing import import_program, program_classifier
from camviewer.engine.results.guessed_recipe import without_guesses
from camviewer.engine.results.one_output import require_sigmoid
from camviewer.engine.results.values import NO_ACTIVATION
from camviewer.engine.results.without_classes import FEATURES, require_no_labels
from camviewer.engine.support.progress import NO_PROGRESS, Progress, Report

_KEPT_AS = {
    CheckpointFormat.TORCH_EXPORT: TORCH_EXPORT,
    CheckpointFormat.TORCHSCRIPT: TORCHSCRIPT,
    CheckpointFormat.ONNX: ONNX,
}


_AT_ONCE = (
    "It was trained with a loss for classes that hold at once (pos_weight, BCE or multi-label), so "
    "each class has a probability of its own (sigmoid)."
)


def import_checkpoint(
    path: Path,
    *,
    architecture: str | None = None,
    labels: Path | None = None,
    title: str | None = None,
    activation: str | None = None,
    unit: str = "",
    output: str = "",
    allow_code: bool = False,
    plainest: bool = False,
    report: Report | None = None,
    cancelled: threading.Event | None = None,
) -> PackInfo:
    """Keeps the model of a checkpoint, or a program with its own network, as a new pack.

    Args:
        path: of the checkpoint or program.
        architecture: for example ``torchvision/resnet50``; told by the tensors when None.
        labels: file with the names of the classes; ImageNet's or numbers when None.
        title: the file's name when None.
        activation: ``softmax``, ``sigmoid``, or ``none`` for values; when None what the file tells,
            else softmax. A single output is read with a sigmoid unless it is a value.
        unit: of the values.
        output: which of several tensors a program gives: its name in ONNX, its place in a .pt2, its
            path in TorchScript.
        allow_code: whether a program that can run any code may be opened.
        plainest: whether the most usual is taken where several architectures compute different
            functions with the same tensors.
        report: told of each step.
        cancelled: polled between the steps.

    Raises:
        ConsentNeeded: it is a program that can run any code, and ``allow_code`` is not set.
        AmbiguousArchitecture: several architectures have these tensors and compute different
            functions; name one of them.
        CamviewerError: the checkpoint cannot be read, or is of no known architecture.
        Cancelled: told to stop; nothing was kept.
    """
    progress = Progress(report, cancelled)
    choices = ImportChoices(labels, title, activation, allow_code, unit, output)
    progress.at(0.0, f"Reading {path.name}")
    files = weights_in(path)
    folder = classifier_folder(path)
    if folder is not None and architecture is None:
        return import_folder(folder, choices, progress)
    path = files[0]
    called = path.stem if len(files) == 1 else path.absolute().parent.name
    kind = checkpoint_format(path)
    if kind in PROGRAMS:
        if architecture is not None:
            raise CamviewerError(f"{path.name} is {kind}.", "It brings its network: no --arch.")
        return import_program(path, _KEPT_AS[kind], choices, progress)
    if output:
        raise CamviewerError(
            f"{path.name} is a checkpoint, whose network puts out its class scores alone.",
            "Leave --output out.",
        )
    checkpoint = _together([read_checkpoint(file) for file in files])
    pickled = None
    if checkpoint.network is not None and architecture is None:
        pickled = pickled_classifier(path, checkpoint.network)
    if pickled is not None:
        return import_folder(pickled, replace(choices, title=choices.title or path.stem), progress)
    progress.at(0.2, "Recognising the architecture")
    normalising = normalising_tensors(checkpoint.tensors, path.name)
    if normalising is not None:
        checkpoint = checkpoint.without(normalising.names)
    network, stated = _recognised(path, checkpoint, architecture, plainest=plainest)
    classes = network.classes
    if classes == 1 and not (network.headless or scores_pixels(network.architecture)):
        require_sigmoid(path.name, activation)
    progress.at(0.3, f"Looking at {network.architecture}")
    if network.headless:
        require_no_labels(labels)
    told = told_of(
        path,
        network.architecture,
        classes,
        weights_sha256=file_sha256(path, progress.part(0.3, 0.5)),
        labels=labels,
        sources=(stated, stated_among(checkpoint.beside, path.name)),
        within=None if normalising is None else normalising.stated,
        headless=network.headless,
    )
    if without_guesses(told.notes) == told.notes:
        network = replace(network, notes=without_guesses(network.notes))
    read_with, why = _activation(network, checkpoint, activation)
    require_fit(path.name, network.tensors, network.architecture, classes, network.changes)
    recipe = told.recipe
    if network.changes is not None:
        recipe = _fitting(recipe, network.changes)
    progress.at(0.6, f"Keeping {path.name}")
    draft = PackDraft(
        network.tensors,
        title=title or called,
        architecture=network.architecture,
        labels=told.labels,
        recipe=recipe,
        activation=read_with,
        outputs=classes,
        origin=path.name,
        notes=(*checkpoint.notes, *network.notes, *told.notes, *why),
        changes=network.changes,
        unit=unit,
    )
    info = write_pack(draft)
    return kept_unless_cancelled(info, progress)


def _recognised(
    path: Path, checkpoint: Checkpoint, wanted: str | None, *, plainest: bool
) -> tuple[CheckpointNetwork, Stated | None]:
    """The network of a checkpoint, and what a file beside it says as far as that is followed.

    Raises:
        AmbiguousArchitecture: somebody is to choose.
        CamviewerError: it is not known.
    """
    tree, tensors = checkpoint.network, checkpoint.tensors
    stated = stated_beside(path)
    network = None
    if stated is not None and stated.arguments:
        network = None if wanted else stated_network(tensors, stated)
        stated = stated.without_arguments() if network is None else stated.without_size()
    try:
        if network is None:
            shapes = {key: tuple(tensor.shape) for key, tensor in tensors.items()}
            beside = "" if stated is None else stated.architecture
            network = checkpoint_network(
                path.name,
                tensors,
                wanted,
                stated=("" if tree is None else told_by_modules(tree, shapes)) or beside,
                called=network_called(checkpoint.beside),
                plainest=plainest,
            )
        if tree is not None:
            said = notes_of_modules(path.name, tree, network.architecture)
            network = replace(network, notes=(*network.notes, *said))
            network = with_pickled_activations(path.name, network, tree)
    except AmbiguousArchitecture:
        raise
    except CamviewerError as error:
        raise with_own_way_out(error, path.name, checkpoint) from error
    return network, stated


def _fitting(recipe: Recipe, changes: NetworkChanges) -> Recipe:
    """The recipe with the channels, and the only size, that a changed network takes."""
    size = dict(changes.arguments).get("img_size")
    sides = (size, size) if type(size) is int else size
    if isinstance(sides, tuple) and len(sides) == 2:
        recipe = replace(recipe, input_size=(sides[0], sides[1]), flexible=False)
    return recipe.with_channels(changes.channels)


def _together(parts: Sequence[Checkpoint]) -> Checkpoint:
    """One checkpoint of the files that it was split into."""
    first = parts[0]
    tensors = {name: tensor for part in parts for name, tensor in part.tensors.items()}
    notes = tuple(dict.fromkeys(note for part in parts for note in part.notes))
    return replace(first, tensors=tensors, notes=notes)


def _activation(
    network: CheckpointNetwork, checkpoint: Checkpoint, wanted: str | None
) -> tuple[str, tuple[str, ...]]:
    """How the scores become probabilities, and what is to be said of that."""
    if network.headless:
        return FEATURES, ()
    if wanted == NO_ACTIVATION or scores_pixels(network.architecture):
        return NO_ACTIVATION, ()
    if network.classes == 1:
        return "sigmoid", ()
    losses = {name.lower(): True for name in checkpoint.tensors if name.endswith("pos_weight")}
    if wanted is None and hold_at_once({**checkpoint.beside, **losses}):
        return "sigmoid", (_AT_ONCE,)
    return wanted or "softmax", ()


def load_pack(info: PackInfo, device: torch.device, progress: Progress = NO_PROGRESS) -> Classifier:
    """The model of a pack, every byte of it checked.

    Raises:
        CamviewerError: the pack is damaged, or its weights do not fit its architecture.
        Cancelled: nobody wants it any more.
    """
    pack = read_pack(info.folder, progress.part(0.0, 0.4))
    if pack.info.format == TRANSFORMERS:
        return transformers_classifier(pack, device, progress.part(0.4, 1.0))
    if pack.info.format != TENSORS:
        return program_classifier(pack, device, progress.part(0.4, 1.0))
    network = load_network(
        info.title,
        pack.weights,
        pack.info.architecture,
        pack.info.classes,
        pooled=pack.info.pooled,
        changes=pack.info.changes,
        progress=progress.part(0.4, 0.8),
    )
    return classifier(
        network,
        identifier=pack.info.id,
        title=pack.info.title,
        labels=pack.labels,
        recipe=pack.info.recipe,
        weights_sha256=pack.info.weights_sha256,
        device=device,
        activation=pack.info.activation,
        unit=pack.info.unit,
        head_activations=() if pack.info.changes is None else pack.info.changes.activations,
        architecture=pack.info.architecture,
        outputs=pack.info.classes,
        scores_pixels=scores_pixels(pack.info.architecture),
        remarks=pack.info.notes,
        progress=progress.part(0.8, 1.0),
    )
