"""Makes packs: beside their place, and renamed, so that none is ever half there."""

from __future__ import annotations

import errno
import re
import secrets
import shutil
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from camviewer.engine.errors import CamviewerError, is_full, reason_of
from camviewer.engine.packs import store as packs
from camviewer.engine.packs.cleaning import NEW, being_made, remove_left_over
from camviewer.engine.packs.draft import PackDraft
from camviewer.engine.packs.manifest import (
    CONFIG,
    FORMATS,
    LABELS,
    MODEL,
    TRAINING,
    FileRecord,
    Manifest,
    manifest_text,
    one_line,
)
from camviewer.engine.packs.manifest_reading import read_manifest
from camviewer.engine.packs.store import EMBEDDED, PackInfo, file_sha256, info_of
from camviewer.engine.results.one_output import without_one_output_note
from camviewer.engine.results.values import LONGEST_UNIT, NO_ACTIVATION
from camviewer.engine.support.progress import Progress

if TYPE_CHECKING:
    from torch import Tensor

_LONGEST_ID = 60
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)")
_SPARE_BYTES = 16_000_000
"""Minimum free space, in bytes, that is left on a disk."""


def write_pack(draft: PackDraft) -> PackInfo:
    """Keeps a model as a new pack.

    Raises:
        CamviewerError: it cannot be written; nothing is left of it.
    """
    with pack_in_making(draft.title, _size_of(draft.weights)) as folder:
        file = folder / FORMATS[draft.kept_as]
        _save(draft.weights, file)
        (folder / LABELS).write_bytes(label_lines(draft.labels))
        if draft.training is not None:
            (folder / TRAINING).write_bytes(draft.training)
        if draft.config is not None:
            (folder / CONFIG).write_bytes(draft.config)
        manifest = Manifest(
            title=one_line(draft.title) or "Model",
            architecture=draft.architecture,
            classes=draft.outputs or len(draft.labels),
            activation=draft.activation,
            recipe=draft.recipe,
            published=draft.recipe,
            origin=one_line(draft.origin),
            created=datetime.now(UTC).replace(microsecond=0),
            notes=_notes(draft),
            weights=_record_of(file),
            labels=_record_of(folder / LABELS),
            pooled=draft.pooled,
            training=None if draft.training is None else _record_of(folder / TRAINING),
            format=draft.kept_as,
            config=None if draft.config is None else _record_of(folder / CONFIG),
            changes=draft.changes or None,
            output=one_line(draft.output),
            unit=one_line(draft.unit, LONGEST_UNIT) if draft.activation == NO_ACTIVATION else "",
        )
        content = manifest_text(manifest).encode("utf-8")
        read_manifest(content, manifest.title)  # what could not be read again is not written
        (folder / MODEL).write_bytes(content)
        return info_of(settled(folder, manifest.title), manifest)


def _notes(draft: PackDraft) -> tuple[str, ...]:
    return (
        without_one_output_note(draft.notes)
        if draft.activation == NO_ACTIVATION
        else tuple(draft.notes)
    )


def _size_of(weights: Mapping[str, Tensor] | Path) -> int:
    if isinstance(weights, Path):
        return weights.stat().st_size
    return sum(tensor.nbytes for tensor in weights.values())


def _save(weights: Mapping[str, Tensor] | Path, file: Path) -> None:
    if isinstance(weights, Path):
        shutil.copyfile(weights, file)
        return
    from camviewer.engine.packs.weights import save_weights  # noqa: PLC0415  (imports torch)

    save_weights(weights, file)


@contextmanager
def pack_in_making(title: str, size: int) -> Iterator[Path]:
    """A folder beside the packs for a new one, which ``settled`` gives its place.

    Args:
        title: for sentences.
        size: about how many bytes it will have.

    Raises:
        CamviewerError: there is no room, or the system does not allow it.
    """
    models = packs.models_folder()
    folder = models / f"{NEW}{secrets.token_hex(8)}"
    new_parents = [parent for parent in (models, *models.parents) if not parent.exists()]
    try:
        try:
            models.mkdir(parents=True, exist_ok=True)
            remove_left_over(models)
            if shutil.disk_usage(models).free < size + _SPARE_BYTES:
                raise OSError(errno.ENOSPC, "the disk is full")
            with being_made(folder):
                folder.mkdir()
                yield folder
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            for parent in new_parents:
                with suppress(OSError):
                    parent.rmdir()
            raise
    except OSError as error:
        raise unwritable(title, error) from error


def settled(folder: Path, title: str) -> Path:
    """Moves a finished pack to its place under a free id made of its title."""
    stem = _identifier(title)
    number = 1
    while True:
        place = folder.with_name(stem if number == 1 else f"{stem}-{number}")
        number += 1
        if place.name == EMBEDDED or place.exists() or place.is_symlink():
            continue
        try:
            return folder.rename(place)
        except OSError:
            if not place.exists():  # otherwise another program was faster
                raise


def unwritable(name: str, error: OSError) -> CamviewerError:
    """The sentence for a pack or file that the system does not take."""
    if is_full(error):
        return CamviewerError(f"{name} could not be kept: the disk is full.", "Make room.")
    return CamviewerError(
        f"{name} could not be kept: {reason_of(error)}.", "Check the folder's permissions."
    )


def _identifier(title: str) -> str:
    """Lower-case ASCII letters, digits and dashes, which every file system takes."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall(r"[a-z0-9]+", plain))[:_LONGEST_ID].strip("-") or "model"
    return f"model-{words}" if _RESERVED.fullmatch(words) else words


def label_lines(labels: Sequence[str]) -> bytes:
    """What ``labels.txt`` holds."""
    return "".join(f"{one_line(label, 1000)}\n" for label in labels).encode("utf-8")


def _record_of(path: Path) -> FileRecord:
    return FileRecord(path.stat().st_size, file_sha256(path))


def kept_unless_cancelled(info: PackInfo, progress: Progress) -> PackInfo:
    """The pack of an import that has come to its end.

    Raises:
        Cancelled: nobody wants it any more; it was removed.
    """
    try:
        progress.at(1.0, f"Kept as {info.id}")
    except BaseException:
        packs.remove_pack(info)
        raise
    return info
