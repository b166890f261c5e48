"""Changing what a pack says of its weights: title, preprocessing, activation and class names."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from camviewer.engine.architectures.network_changes import activation_note, is_activation_note
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.packs.labels import require_count
from camviewer.engine.packs.manifest import (
    CALIBRATION,
    LABELS,
    MODEL,
    FileRecord,
    Manifest,
    manifest_text,
    one_line,
)
from camviewer.engine.packs.manifest_reading import read_manifest
from camviewer.engine.packs.recipe_limits import require_recipe
from camviewer.engine.packs.store import PackInfo, info_of, manifest_of
from camviewer.engine.packs.writing import label_lines, unwritable
from camviewer.engine.results.guessed_recipe import without_guesses
from camviewer.engine.results.one_output import both_names, require_sigmoid, without_one_output_note
from camviewer.engine.results.values import LONGEST_UNIT, NO_ACTIVATION
from camviewer.engine.results.without_classes import FEATURES, require_classes

_LIBRARIES = ("torchvision/", "timm/")


def rename_pack(info: PackInfo, title: str) -> PackInfo:
    """Gives a pack another title; its id stays, because settings and scripts name it.

    Raises:
        CamviewerError: the title is empty, or cannot be written.
    """
    title = one_line(title)
    if not title:
        raise CamviewerError("A model needs a name.", "Write at least one letter.")
    return edit_pack(info, title=title)


def edit_pack(
    info: PackInfo,
    *,
    title: str | None = None,
    recipe: Recipe | None = None,
    activation: str | None = None,
    labels: Sequence[str] | None = None,
    head_activations: Sequence[str] | None = None,
    unit: str | None = None,
) -> PackInfo:
    """Writes anew what a pack says of its weights, which stay as they are.

    Args:
        info: of the pack.
        title: for the screen; as it was when None, as all that follows.
        recipe: what the network is fed.
        activation: ``softmax``, ``sigmoid``, or ``none`` for values.
        labels: class names by index, as many as before; of a single output one name or both.
        head_activations: of ``ACTIVATIONS``, between the linear layers of a rebuilt head: one for
            each place, or one for all.
        unit: of the values; of no other outputs.

    Raises:
        CamviewerError: there are more or fewer labels than classes, the recipe cannot be carried
            out, or it cannot be written.
    """
    if recipe is not None:
        require_recipe(recipe, info.published)
        require_input_size(info.architecture, recipe.input_size, info.published)
    if info.activation == FEATURES and (activation not in {None, FEATURES} or labels is not None):
        require_classes("What its scores mean", ())
    if info.classes == 1:
        require_sigmoid(info.title, activation)
    if unit and (activation or info.activation) != NO_ACTIVATION:
        raise CamviewerError(
            f"The outputs of {info.title} are class scores, which have no unit.",
            "Choose the activation none for a model that puts out values.",
        )
    try:
        manifest = manifest_of(info.folder)
        files: dict[str, bytes] = {}
        if labels is not None:
            require_count(labels, manifest.classes, "The list")
            labels = both_names(labels) if manifest.classes == 1 else labels
            files[LABELS] = label_lines(labels)
            manifest = replace(manifest, labels=_record_of(files[LABELS]))
        manifest = replace(
            manifest,
            title=manifest.title if title is None else title,
            recipe=recipe or manifest.recipe,
            notes=manifest.notes if recipe is None else without_guesses(manifest.notes),
            activation=activation or manifest.activation,
            unit=manifest.unit if unit is None else one_line(unit, LONGEST_UNIT),
        )
        if manifest.activation != NO_ACTIVATION:
            manifest = replace(manifest, unit="")
        else:
            manifest = replace(manifest, notes=without_one_output_note(manifest.notes))
        if head_activations is not None:
            manifest = _with_head_activations(manifest, tuple(head_activations))
        files[MODEL] = manifest_text(manifest).encode("utf-8")
        read_manifest(files[MODEL], manifest.title)  # what could not be read again is not written
        replace_files(info.folder, files)
    except OSError as error:
        raise unwritable(info.title, error) from error
    return info_of(info.folder, manifest)


def keep_calibration(info: PackInfo, content: bytes | None) -> PackInfo:
    """Keeps what was fitted on a labelled run with a pack, or forgets it when None.

    Raises:
        CamviewerError: it cannot be written.
    """
    try:
        record = None if content is None else _record_of(content)
        manifest = replace(manifest_of(info.folder), calibration=record)
        files = {MODEL: manifest_text(manifest).encode("utf-8")}
        replace_files(info.folder, files if content is None else {CALIBRATION: content, **files})
        if content is None:
            (info.folder / CALIBRATION).unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(info.title, error) from error
    return info_of(info.folder, manifest)


def _with_head_activations(manifest: Manifest, functions: tuple[str, ...]) -> Manifest:
    """The same model with other activations between the linear layers of its head.

    Raises:
        CamviewerError: nothing stands there, or there are more or fewer places.
    """
    changes = manifest.changes
    if changes is None or not changes.activations:
        raise CamviewerError(
            f"{manifest.title} has no activation in its head that could be changed.",
            "Only heads of several linear layers that were rebuilt from their weights have one.",
        )
    places = len(changes.activations)
    functions = functions * places if len(functions) == 1 else functions
    if len(functions) != places:
        raise CamviewerError(
            f"The head of {manifest.title} has {places} activations, and {len(functions)} were "
            "given.",
            "Give one for each, or one for all.",
        )
    if functions == changes.activations:
        return manifest
    notes = [note for note in manifest.notes if not is_activation_note(note)]
    return replace(
        manifest,
        changes=changes.with_activations(functions),
        notes=(activation_note(functions), *notes),
    )


def replace_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes all beside their places first, so that they then change as good as at once."""
    beside = {name: folder / f".{name}-{secrets.token_hex(4)}.tmp" for name in files}
    try:
        for name, content in files.items():
            beside[name].write_bytes(content)
        for name, path in beside.items():
            path.replace(folder / name)
    except BaseException:
        for path in beside.values():
            path.unlink(missing_ok=True)
        raise


def require_input_size(architecture: str, size: tuple[int, int], published: Recipe) -> None:
    """Checks that a network runs with pictures of this size; it is built without its weights.

    Args:
        architecture: what is not torchvision's or timm's is taken on trust.
        size: (h, w) in input pixels.
        published: the network's own recipe.

    Raises:
        CamviewerError: it does not.
    """
    if size == published.input_size or not architecture.startswith(_LIBRARIES):
        return
    from camviewer.engine.architectures.catalogue import accepts  # noqa: PLC0415  (imports torch)

    if not accepts(architecture, size):
        height, width = size
        raise CamviewerError(
            f"{architecture} does not accept pictures of {width} x {height} pixels.",
            f"Choose multiples of {published.step}.",
        )


def _record_of(content: bytes) -> FileRecord:
    return FileRecord(len(content), hashlib.sha256(content).hexdigest())
