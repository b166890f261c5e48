"""Keeps programs as packs, and loads classifiers from these packs."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import torch

from camviewer.engine.architectures.segmentation import ON_EVERY_PIXEL
from camviewer.engine.checkpoints.consent import ConsentNeeded, allow
from camviewer.engine.companions.config_json import stated_beside
from camviewer.engine.companions.labels_and_recipe import told_of_program
from camviewer.engine.errors import CamviewerError, reason_of
from camviewer.engine.network.classifier import Classifier, classifier
from camviewer.engine.packs.draft import ImportChoices, PackDraft
from camviewer.engine.packs.manifest import ONNX, TORCHSCRIPT
from camviewer.engine.packs.store import Pack, PackInfo, file_sha256
from camviewer.engine.packs.writing import kept_unless_cancelled, write_pack
from camviewer.engine.programs.black_box import without_layers
from camviewer.engine.programs.loading import OTHER_OUTPUT, LoadedProgram, load_program
from camviewer.engine.programs.onnx_file import whole_onnx
from camviewer.engine.results.one_output import require_sigmoid
from camviewer.engine.results.values import NO_ACTIVATION
from camviewer.engine.support.progress import Progress

_LONGEST_TITLE = 100


def import_program(
    path: Path, kept_as: str, choices: ImportChoices, progress: Progress
) -> PackInfo:
    """Keeps a program as a new pack, in its own format.

    Args:
        path: path of its file.
        kept_as: ``torch_export``, ``torchscript`` or ``onnx``.
        choices: without labels the classes get ImageNet's names or numbers, without a title the
            file's name; the activation counts where the program does not define it.
        progress: reports how far it is.

    Raises:
        ConsentNeeded: it can run any code, and that is not allowed.
        CamviewerError: it cannot be opened, or is no classifier of pictures.
        Cancelled: nobody wants it any more; nothing was kept.
    """
    if kept_as == TORCHSCRIPT and not choices.allow_code:
        raise ConsentNeeded(path.name)
    try:
        with _in_one_file(path, kept_as) as file:
            digest = file_sha256(file, progress.part(0.0, 0.2))
            if kept_as == TORCHSCRIPT:
                allow(digest)
            progress.at(0.2, f"Opening {path.name}")
            found = load_program(path.name, file, kept_as, digest, choices.output)
            if found.classes == 1:
                require_sigmoid(path.name, choices.activation)
            stated = told_of_program(
                path,
                found.usual_recipe,
                found.classes,
                flexible=found.flexible,
                labels=choices.labels,
                sources=(found.stated, stated_beside(path)),
            )
            progress.at(0.8, f"Keeping {path.name}")
            draft = PackDraft(
                file,
                title=choices.title or path.stem,
                architecture=_architecture(kept_as, found.title),
                labels=stated.labels,
                recipe=stated.recipe,
                activation=_activation(path.name, found, choices.activation),
                outputs=found.classes,
                origin=path.name,
                notes=(*stated.notes, *_notes(found)),
                kept_as=kept_as,
                unit=choices.unit,
                output=choices.output,
            )
            info = write_pack(draft)
    except OSError as error:
        raise CamviewerError(
            f"{path.name} cannot be read: {reason_of(error)}.",
            "Copy it to another disk.",
        ) from error
    return kept_unless_cancelled(info, progress)


def program_classifier(pack: Pack, device: torch.device, progress: Progress) -> Classifier:
    """Loads the classifier of a pack with a program.

    Raises:
        ConsentNeeded: it can run any code, and the user has not allowed that on this machine.
        CamviewerError: it cannot be opened.
        Cancelled: nobody wants it any more.
    """
    info = pack.info
    progress.at(0.0, f"Opening {info.title}")
    found = load_program(info.title, pack.weights, info.format, info.weights_sha256, info.output)
    progress.at(0.7, "Looking for layers")
    return classifier(
        found.network,
        identifier=info.id,
        title=info.title,
        labels=pack.labels,
        recipe=info.recipe,
        weights_sha256=info.weights_sha256,
        device=device,
        activation=info.activation,
        unit=info.unit,
        scores_pixels=found.scores_pixels,
        outputs=info.classes,
        output=info.output,
        remarks=info.notes,
        search=without_layers(found.refusal, found.usual_recipe) if found.refusal else None,
        layer_refusal=found.refusal,
        progress=progress.part(0.7, 1.0),
    )


def _activation(name: str, found: LoadedProgram, wanted: str | None) -> str:
    if found.scores_pixels:
        return NO_ACTIVATION
    if wanted == NO_ACTIVATION:
        if found.ends_in:
            raise CamviewerError(
                f"{name} ends in a {found.ends_in}, so it puts out probabilities and no values.",
                "Leave the activation to the file.",
            )
        return NO_ACTIVATION
    return "sigmoid" if "sigmoid" in {found.activation, wanted} else "softmax"


def _notes(found: LoadedProgram) -> tuple[str, ...]:
    height, width = found.input_size
    notes = []
    if found.remark:
        notes.append(found.remark)
    if found.scores_pixels:
        notes.append(ON_EVERY_PIXEL)
    if found.outputs:
        names = ", ".join(found.outputs)
        notes.append(f"Of the tensors {names} one is taken: see {OTHER_OUTPUT}.")
    if not found.flexible:
        notes.append(f"The program takes pictures of {width} x {height} alone.")
    if found.refusal:
        notes.append(f"It classifies, but its layers cannot be reached: {found.refusal}")
    return tuple(notes)


def _architecture(kept_as: str, title: str) -> str:
    plain = re.sub(r"[^A-Za-z0-9_.\-]", "", title)[:_LONGEST_TITLE]
    return f"{kept_as}/{plain or 'program'}"


@contextmanager
def _in_one_file(path: Path, kept_as: str) -> Iterator[Path]:
    """The program's file, joined with its weights in other files for ONNX."""
    content = whole_onnx(path) if kept_as == ONNX else None
    if content is None:
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="camviewer-") as folder:
        file = Path(folder) / path.name
        file.write_bytes(content)
        yield file
