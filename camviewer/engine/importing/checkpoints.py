"""From a checkpoint to a pack, and from a pack to a classifier."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor

from camviewer.engine.architectures.catalogue import difference
from camviewer.engine.architectures.fingerprints import (
    Recognition,
    headless_sentence,
    recognise,
    unknown_sentence,
    without_prefix,
)
from camviewer.engine.checkpoints.file_kinds import PROGRAMS, CheckpointFormat, checkpoint_format
from camviewer.engine.checkpoints.tensors import read_checkpoint
from camviewer.engine.errors import CamviewerError, Cancelled
from camviewer.engine.huggingface.folder import classifier_folder, weights_in
from camviewer.engine.huggingface.keeping import import_folder, transformers_classifier
from camviewer.engine.network.classifier import Classifier, classifier
from camviewer.engine.packs.manifest import ONNX, TENSORS, TORCH_EXPORT, TORCHSCRIPT, TRANSFORMERS
from camviewer.engine.packs.network import load_network, network_tensors, require_fit
from camviewer.engine.packs.stated import stated_beside
from camviewer.engine.packs.store import PackInfo, file_sha256, read_pack, remove_pack
from camviewer.engine.packs.telling import stated_architecture, told_of
from camviewer.engine.packs.writing import write_pack
from camviewer.engine.programs.packing import import_program, program_classifier
from camviewer.engine.results.one_output import require_sigmoid
from camviewer.engine.support.progress import UNWATCHED, Report, Steps

_KEPT_AS = {
    CheckpointFormat.TORCH_EXPORT: TORCH_EXPORT,
    CheckpointFormat.TORCHSCRIPT: TORCHSCRIPT,
    CheckpointFormat.ONNX: ONNX,
}


class AmbiguousArchitecture(CamviewerError):  # noqa: N818  (not an error: a question)
    """Several architectures have these tensors.

    Attributes:
        candidates: their names, to choose one of.
    """

    def __init__(self, name: str, candidates: tuple[str, ...]) -> None:
        super().__init__(
            f"{name} fits {len(candidates)} architectures: {', '.join(candidates)}.",
            "Choose the one that it was trained with (--arch NAME).",
        )
        self.candidates = candidates


def import_checkpoint(
    path: Path,
    *,
    architecture: str | None = None,
    labels: Path | None = None,
    title: str | None = None,
    activation: str | None = None,
    allow_code: bool = False,
    progress: Report | None = None,
    cancelled: threading.Event | None = None,
) -> PackInfo:
    """Keeps the model of a checkpoint, or a program with its own network, as a new pack.

    Args:
        path: of the checkpoint or program.
        architecture: for example ``torchvision/resnet50``; told by the tensors when None.
        labels: file with the names of the classes; ImageNet's or numbers when None.
        title: the file's name when None.
        activation: ``softmax`` or ``sigmoid``; when None what the file tells, else softmax. A
            single output is always read with a sigmoid.
        allow_code: whether a program that can run any code may be opened.
        progress: told of each step.
        cancelled: polled between the steps.

    Raises:
        ConsentNeeded: it is a program that can run any code, and ``allow_code`` is not set.
        AmbiguousArchitecture: several architectures have these tensors; name one of them.
        CamviewerError: the checkpoint cannot be read, or is of no known architecture.
        Cancelled: told to stop; nothing was kept.
    """
    steps = Steps(progress, cancelled)
    steps.at(0.0, f"Reading {path.name}")
    files = weights_in(path)
    folder = classifier_folder(path)
    if folder is not None and architecture is None:
        return import_folder(folder, labels=labels, title=title, activation=activation, steps=steps)
    path = files[0]
    if len(files) > 1:
        raise CamviewerError(
            f"{path.name} is one of {len(files)} parts, and no config.json says of what.",
            "Copy all files of the model into one folder.",
        )
    kind = checkpoint_format(path)
    if kind in PROGRAMS:
        if architecture is not None:
            raise CamviewerError(f"{path.name} is {kind}.", "It brings its network: no --arch.")
        return import_program(
            path,
            _KEPT_AS[kind],
            labels=labels,
            title=title,
            activation=activation,
            allow_code=allow_code,
            steps=steps,
        )
    checkpoint = read_checkpoint(path)
    steps.at(0.2, "Recognising the architecture")
    found = recognise({name: tuple(tensor.shape) for name, tensor in checkpoint.tensors.items()})
    stated = stated_beside(path)
    wanted = architecture or stated_architecture(stated, found.candidates)
    chosen = _chosen(path.name, checkpoint.tensors, found, wanted)
    classes = found.classes
    if classes == 1:
        require_sigmoid(path.name, activation)
    steps.at(0.3, f"Looking at {chosen}")
    told = told_of(
        path,
        chosen,
        classes,
        weights_sha256=file_sha256(path, steps.part(0.3, 0.5)),
        labels=labels,
        stated=stated,
    )
    tensors, left_out = network_tensors(checkpoint.tensors, found.prefix, chosen, classes)
    require_fit(path.name, tensors, chosen, classes)
    steps.at(0.6, f"Keeping {path.name}")
    info = write_pack(
        tensors,
        title=title or path.stem,
        architecture=chosen,
        labels=told.labels,
        recipe=told.recipe,
        activation="sigmoid" if classes == 1 else activation or "softmax",
        outputs=classes,
        origin=path.name,
        notes=(*checkpoint.notes, *left_out, *told.notes),
    )
    if cancelled is not None and cancelled.is_set():
        remove_pack(info)
        raise Cancelled
    if progress is not None:
        progress(1.0, f"Kept as {info.id}")
    return info


def _chosen(
    name: str, tensors: Mapping[str, Tensor], found: Recognition, wanted: str | None
) -> str:
    """The architecture of a checkpoint.

    Raises:
        CamviewerError: there is none, there are several, or it is not the one that was wanted.
    """
    if wanted is not None:
        fitting = [known for known in found.candidates if wanted in {known, _short(known)}]
        if len(fitting) == 1:
            return fitting[0]
        if len(fitting) > 1:
            raise AmbiguousArchitecture(name, tuple(fitting))
        if "/" in wanted:
            raise _unfit(name, tensors, found, wanted)
        raise CamviewerError(
            f"{name} is no {wanted}.",
            f"It fits {', '.join(found.candidates[:5])}."
            if found.candidates
            else "Give the whole name, for example torchvision/resnet50.",
        )
    if len(found.candidates) == 1:
        return found.candidates[0]
    if found.candidates:
        raise AmbiguousArchitecture(name, found.candidates)
    if found.headless:
        raise CamviewerError(
            f"{name}: {headless_sentence(found.headless[0])}",
            "Choose a checkpoint with a trained classifier.",
        )
    raise _unfit(name, tensors, found, found.nearest)


def _unfit(
    name: str, tensors: Mapping[str, Tensor], found: Recognition, nearest: str | None
) -> CamviewerError:
    hint = "Choose a checkpoint of a classifier of torchvision or timm."
    if nearest is None:
        return CamviewerError(f"{name} is of no architecture that camviewer knows.", hint)
    shapes = {
        without_prefix(key, found.prefix): tuple(tensor.shape) for key, tensor in tensors.items()
    }
    sentence = unknown_sentence(nearest, difference(nearest, shapes))
    if found.candidates:
        sentence = sentence.partition(": ")[2]
        return CamviewerError(
            f"{name} does not fit {nearest}: {sentence}",
            f"It fits {', '.join(found.candidates[:5])}.",
        )
    return CamviewerError(f"{name}: {sentence}", hint)


def _short(architecture: str) -> str:
    return architecture.partition("/")[2]


def load_pack(info: PackInfo, device: torch.device, steps: Steps = UNWATCHED) -> Classifier:
    """The model of a pack, every byte of it checked.

    Raises:
        CamviewerError: the pack is damaged, or its weights do not fit its architecture.
        Cancelled: nobody wants it any more.
    """
    pack = read_pack(info.folder, steps.part(0.0, 0.4))
    if pack.info.format == TRANSFORMERS:
        return transformers_classifier(pack, device, steps.part(0.4, 1.0))
    if pack.info.format != TENSORS:
        return program_classifier(pack, device, steps.part(0.4, 1.0))
    network = load_network(
        info.title,
        pack.weights,
        pack.info.architecture,
        pack.info.classes,
        pack.info.pooled,
        steps=steps.part(0.4, 0.8),
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
        outputs=pack.info.classes,
        remarks=pack.info.notes,
        steps=steps.part(0.8, 1.0),
    )
