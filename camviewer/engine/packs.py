"""Packs: the folders that imported and trained models are kept in.

A pack is a folder with ``model.toml``, ``labels.txt`` and ``weights.safetensors``, or a program in
its own format instead of the last (``pack_manifest.FORMATS``). It is made
beside its place and renamed, so that none is ever half there.
"""

from __future__ import annotations

import errno
import hashlib
import logging
import re
import secrets
import shutil
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from camviewer.engine.errors import CamviewerError
from camviewer.engine.folders import data_folder
from camviewer.engine.geometry import Recipe
from camviewer.engine.labels import require_count
from camviewer.engine.pack_manifest import (
    FORMATS,
    LABELS,
    MODEL,
    MOST_BYTES,
    TENSORS,
    TRAINING,
    FileRecord,
    Manifest,
    manifest_text,
    one_line,
    read_manifest,
)
from camviewer.engine.pooled_cut import PooledCut
from camviewer.engine.steps import UNWATCHED, Steps

if TYPE_CHECKING:
    from torch import Tensor

EMBEDDED = "efficientnet-lite0"
"""The model that comes with the program; it is no pack, and no pack takes its id."""

_log = logging.getLogger(__name__)

_LONGEST_ID = 60
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)")
_NO_ROOM = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG}
_CHUNK = 1 << 23
_SPARE_BYTES = 16_000_000
"""A disk is never filled to its last byte."""


@dataclass(frozen=True)
class PackInfo:
    """A pack, as far as a list of models tells it.

    Attributes:
        id: name of its folder, and on the command line.
        title: name on screen.
        architecture: for example ``torchvision/resnet50``.
        classes: how many.
        activation: ``softmax`` or ``sigmoid``.
        recipe: what the network is fed.
        published: what it was found to be fed when it was imported; ``recipe`` may be edited.
        size_bytes: of all its files.
        origin: the name of the file that the weights came from.
        weights_sha256: of the file with the weights.
        created: in UTC, for example ``2026-05-01T12:00:00+00:00``.
        folder: where it is.
        notes: what was chosen or changed as the weights were read.
        pooled: where the architecture was cut for a pooled head; None when it is whole.
        trained: whether it was trained here, and has a record of that.
        format: one of ``pack_manifest.FORMATS``; only tensors have an architecture to be built.
    """

    id: str
    title: str
    architecture: str
    classes: int
    activation: str
    recipe: Recipe
    published: Recipe
    size_bytes: int
    origin: str
    weights_sha256: str
    created: str
    folder: Path
    notes: tuple[str, ...] = ()
    pooled: PooledCut | None = None
    trained: bool = False
    format: str = TENSORS


@dataclass(frozen=True)
class Pack:
    """A pack whose files were found to be what they were when it was made.

    Attributes:
        info: what a list tells of it.
        labels: class names by index.
        weights: the file with the tensors or the program.
    """

    info: PackInfo
    labels: tuple[str, ...]
    weights: Path


def models_folder() -> Path:
    """Where packs are kept; it may not exist yet."""
    return data_folder() / "models"


def write_pack(
    weights: Mapping[str, Tensor] | Path,
    *,
    title: str,
    architecture: str,
    labels: Sequence[str],
    recipe: Recipe,
    activation: str = "softmax",
    origin: str = "",
    notes: Sequence[str] = (),
    pooled: PooledCut | None = None,
    training: bytes | None = None,
    kept_as: str = TENSORS,
) -> PackInfo:
    """Keeps a model as a new pack.

    Args:
        weights: the tensors, or the file of a program, which is copied.
        title: name on screen.
        architecture: for example ``torchvision/resnet50``.
        labels: class names by index.
        recipe: what the network is fed.
        activation: ``softmax`` or ``sigmoid``.
        origin: the name of the file that the weights came from.
        notes: what is to be told of the model.
        pooled: where the architecture was cut for a pooled head.
        training: the record of its training.
        kept_as: one of ``pack_manifest.FORMATS``.

    Raises:
        CamviewerError: it cannot be written; nothing is left of it.
    """
    with pack_in_making(title, _size_of(weights)) as folder:
        file = folder / FORMATS[kept_as]
        _save(weights, file)
        (folder / LABELS).write_bytes(label_lines(labels))
        if training is not None:
            (folder / TRAINING).write_bytes(training)
        manifest = Manifest(
            title=one_line(title) or "Model",
            architecture=architecture,
            classes=len(labels),
            activation=activation,
            recipe=recipe,
            published=recipe,
            origin=one_line(origin),
            created=datetime.now(UTC).replace(microsecond=0),
            notes=tuple(notes),
            weights=_record_of(file),
            labels=_record_of(folder / LABELS),
            pooled=pooled,
            training=None if training is None else _record_of(folder / TRAINING),
            format=kept_as,
        )
        content = manifest_text(manifest).encode("utf-8")
        read_manifest(content, manifest.title)  # what could not be read again is not written
        (folder / MODEL).write_bytes(content)
        return info_of(settled(folder, manifest.title), manifest)


def _size_of(weights: Mapping[str, Tensor] | Path) -> int:
    if isinstance(weights, Path):
        return weights.stat().st_size
    return sum(tensor.nbytes for tensor in weights.values())


def _save(weights: Mapping[str, Tensor] | Path, file: Path) -> None:
    if isinstance(weights, Path):
        shutil.copyfile(weights, file)
        return
    from camviewer.engine.pack_weights import save_weights  # noqa: PLC0415  (imports torch)

    save_weights(weights, file)


def list_packs() -> tuple[PackInfo, ...]:
    """Every pack that looks whole, by title; files are not read through."""
    found = []
    try:
        folders = [path for path in models_folder().iterdir() if not path.name.startswith(".")]
    except OSError:
        return ()
    for folder in folders:
        try:
            found.append(_listed(folder))
        except (CamviewerError, OSError) as error:
            _log.warning("the model in %s was left out: %s", folder, error)
    return tuple(sorted(found, key=lambda info: (info.title.casefold(), info.id)))


def pack_stamp(identifier: str) -> tuple[int, int] | None:
    """What changes whenever a pack is edited or made anew; None when there is none."""
    try:
        found = (models_folder() / identifier / MODEL).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino


def find_pack(identifier: str) -> PackInfo:
    """The pack with this id.

    Raises:
        CamviewerError: there is none.
    """
    packs = {info.id: info for info in list_packs()}
    if identifier in packs:
        return packs[identifier]
    closest = get_close_matches(identifier.lower(), [*packs, EMBEDDED], n=1)
    hint = f"Did you mean {closest[0]}?" if closest else "`camviewer models` lists them."
    raise CamviewerError(f"There is no model {identifier[:100]}.", hint)


def read_pack(folder: Path, steps: Steps = UNWATCHED) -> Pack:
    """Reads a pack and checks every byte of it.

    Raises:
        CamviewerError: a file is missing or not what it was when the pack was made.
        Cancelled: nobody wants it any more.
    """
    try:
        manifest = manifest_of(folder)
        for name, record in manifest.files.items():
            path = folder / name
            if path.stat().st_size != record.size or file_sha256(path, steps) != record.sha256:
                raise changed(manifest.title, name)
        labels = labels_in((folder / LABELS).read_bytes(), manifest)
    except OSError as error:
        raise _unreadable(folder, error) from error
    return Pack(info_of(folder, manifest), labels, folder / manifest.weights_file)


def remove_pack(info: PackInfo) -> None:
    """Deletes a pack; ask before.

    Raises:
        CamviewerError: the system does not allow it.
    """
    gone = info.folder.with_name(f".gone-{secrets.token_hex(8)}")
    try:
        # From here on no list shows it, even if the deletion is interrupted.
        info.folder.rename(gone)
        shutil.rmtree(gone)
    except OSError as error:
        if gone.exists() and not info.folder.exists():
            return
        raise CamviewerError(
            f"{info.title} could not be removed: {error.strerror or type(error).__name__}.",
            "Close other programs that have it open.",
        ) from error


@contextmanager
def pack_in_making(title: str, size: int) -> Iterator[Path]:
    """A folder beside the packs for a new one, which ``settled`` gives its place.

    Args:
        title: for sentences.
        size: about how many bytes it will have.

    Raises:
        CamviewerError: there is no room, or the system does not allow it.
    """
    models = models_folder()
    folder = models / f".new-{secrets.token_hex(8)}"
    new_parents = [parent for parent in (models, *models.parents) if not parent.exists()]
    try:
        try:
            models.mkdir(parents=True, exist_ok=True)
            if shutil.disk_usage(models).free < size + _SPARE_BYTES:
                raise OSError(errno.ENOSPC, "the disk is full")
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


def labels_in(content: bytes, manifest: Manifest) -> tuple[str, ...]:
    """The names in a pack's ``labels.txt``.

    Raises:
        CamviewerError: they are not as many as there are classes, or no text.
    """
    try:
        labels = content.decode("utf-8").removesuffix("\n").split("\n")
    except UnicodeDecodeError as error:
        raise changed(manifest.title, LABELS) from error
    require_count(labels, manifest.classes, LABELS)
    return tuple(one_line(label, 1000) for label in labels)


def changed(name: str, file: str) -> CamviewerError:
    """The sentence for a file that does not have the hash that it was written with."""
    return CamviewerError(
        f"{file} of {name} is not what it was when the model was made: its hash differs.",
        "It may be damaged: import the checkpoint or the .camviewer file again.",
    )


def unwritable(name: str, error: OSError) -> CamviewerError:
    """The sentence for a pack or file that the system does not take."""
    if error.errno in _NO_ROOM:
        return CamviewerError(f"{name} could not be kept: the disk is full.", "Make room.")
    reason = error.strerror or type(error).__name__
    return CamviewerError(f"{name} could not be kept: {reason}.", "Check the folder's permissions.")


def _identifier(title: str) -> str:
    """Lower-case ASCII letters, digits and dashes, which every file system takes."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall(r"[a-z0-9]+", plain))[:_LONGEST_ID].strip("-") or "model"
    return f"model-{words}" if _RESERVED.fullmatch(words) else words


def label_lines(labels: Sequence[str]) -> bytes:
    """What ``labels.txt`` holds."""
    return "".join(f"{one_line(label, 1000)}\n" for label in labels).encode("utf-8")


def manifest_of(folder: Path) -> Manifest:
    """What a pack says of itself; its files are not read through.

    Raises:
        CamviewerError: it says what cannot be.
        OSError: there is none.
    """
    path = folder / MODEL
    if path.stat().st_size > MOST_BYTES[MODEL]:
        raise CamviewerError(f"{folder.name} is no model.", "Import it again.")
    return read_manifest(path.read_bytes(), folder.name)


def _listed(folder: Path) -> PackInfo:
    manifest = manifest_of(folder)
    for name, record in manifest.files.items():
        if (folder / name).stat().st_size != record.size:
            raise changed(manifest.title, name)
    return info_of(folder, manifest)


def info_of(folder: Path, manifest: Manifest) -> PackInfo:
    """What a list tells of a pack."""
    return PackInfo(
        id=folder.name,
        title=manifest.title,
        architecture=manifest.architecture,
        classes=manifest.classes,
        activation=manifest.activation,
        recipe=manifest.recipe,
        published=manifest.published,
        size_bytes=sum(record.size for record in manifest.files.values())
        + len(manifest_text(manifest).encode("utf-8")),
        origin=manifest.origin,
        weights_sha256=manifest.weights.sha256,
        created=manifest.created.isoformat(),
        folder=folder,
        notes=manifest.notes,
        pooled=manifest.pooled,
        trained=manifest.training is not None,
        format=manifest.format,
    )


def _record_of(path: Path) -> FileRecord:
    return FileRecord(path.stat().st_size, file_sha256(path))


def file_sha256(path: Path, steps: Steps = UNWATCHED) -> str:
    """In hexadecimal.

    Raises:
        OSError: it cannot be read.
        Cancelled: nobody wants it any more.
    """
    digest = hashlib.sha256()
    pieces = max(ceil(path.stat().st_size / _CHUNK), 1)
    with path.open("rb") as file:
        read = iter(lambda: file.read(_CHUNK), b"")
        for piece in steps.over(read, pieces, f"Checking {path.name}"):
            digest.update(piece)
    return digest.hexdigest()


def _unreadable(folder: Path, error: OSError) -> CamviewerError:
    missing = Path(error.filename).name if error.filename else "a file"
    why = f"{missing} is missing" if isinstance(error, FileNotFoundError) else f"{error.strerror}"
    return CamviewerError(
        f"The model {folder.name} cannot be read: {why}.",
        "Import the checkpoint or the .camviewer file again.",
    )
