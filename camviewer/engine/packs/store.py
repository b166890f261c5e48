"""Packs: the folders that imported and trained models are kept in.

A pack is a folder with ``model.toml``, ``labels.txt`` and ``weights.safetensors``, or a program in
its own format instead of the last (``pack_manifest.FORMATS``).
"""

from __future__ import annotations

import errno
import hashlib
import logging
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from difflib import get_close_matches
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from camviewer.engine.architectures.network_changes import NetworkChanges
from camviewer.engine.architectures.pooled_cut import PooledCut
from camviewer.engine.errors import CamviewerError, reason_of
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.packs.cleaning import GONE
from camviewer.engine.packs.labels import require_count
from camviewer.engine.packs.manifest import (
    LABELS,
    MODEL,
    MOST_BYTES,
    TENSORS,
    Manifest,
    manifest_text,
    one_line,
)
from camviewer.engine.packs.manifest_reading import read_manifest
from camviewer.engine.support.folders import data_folder
from camviewer.engine.support.progress import NO_PROGRESS, Progress

if TYPE_CHECKING:
    pass

EMBEDDED = "efficientnet-lite0"
"""The model that comes with the program; it is no pack, and no pack takes its id."""

_log = logging.getLogger(__name__)

_CHUNK = 1 << 23
_QUICKLY_READ = 1_000_000
"""Maximum size, in bytes, of class names that are checked whenever models are listed."""
_MODELS: ContextVar[Path | None] = ContextVar("models", default=None)


@dataclass(frozen=True)
class PackInfo:
    """A pack, as far as a list of models tells it.

    Attributes:
        id: name of its folder, and on the command line.
        title: name on screen.
        architecture: for example ``torchvision/resnet50``.
        classes: how many numbers the network puts out; of a single one there are two classes.
        activation: ``softmax`` or ``sigmoid``; ``features`` of a network without classes.
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
        changes: what differs from the architecture; None when nothing does.
        calibrated: whether something was fitted on a labelled run, and is kept with it.
        unit: of the values that it puts out; empty where they have none.
        output: which of several tensors of a program is taken; empty for the first.
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
    changes: NetworkChanges | None = None
    calibrated: bool = False
    unit: str = ""
    output: str = ""


@dataclass(frozen=True)
class DamagedPack:
    """A folder among the packs that cannot be used.

    Attributes:
        id: name of its folder.
        title: its name on screen, as far as that can be read; its id otherwise.
        folder: where it is.
        problem: what is wrong with it.
        hint: what to do about it.
        size_bytes: of what lies in it.
    """

    id: str
    title: str
    folder: Path
    problem: str
    hint: str
    size_bytes: int


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
    return _MODELS.get() or data_folder() / "models"


@contextmanager
def models_kept_in(folder: Path) -> Iterator[None]:
    """Has this thread keep packs in another folder meanwhile."""
    before = _MODELS.set(folder)
    try:
        yield
    finally:
        _MODELS.reset(before)


def list_packs() -> tuple[PackInfo, ...]:
    """Every pack that looks whole, by title; files are not read through."""
    return tuple(pack for pack in list_with_damaged() if isinstance(pack, PackInfo))


def list_with_damaged() -> tuple[PackInfo | DamagedPack, ...]:
    """Every pack, by title, and what lies among them without being one that can be used."""
    try:
        folders = [path for path in models_folder().iterdir() if not path.name.startswith(".")]
    except OSError:
        return ()
    found = [_looked_up(folder) for folder in folders if folder.is_dir() or folder.is_symlink()]
    return tuple(sorted(found, key=lambda info: (info.title.casefold(), info.id)))


def file_of_model(model: str) -> Path | None:
    """The file or folder that is meant where a model is asked for; None when it is an id.

    Raises:
        CamviewerError: it can only be a path, and leads nowhere.
    """
    path = Path(model)
    if not path.exists():
        if path.name == model and not path.suffix:
            return None
        raise CamviewerError(
            f"There is no file or folder {path.name}.", "Check its name and where it lies."
        )
    return path if path.name != model or pack_stamp(model) is None else None


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
        CamviewerError: there is none, or it is damaged.
    """
    packs = {info.id: info for info in list_with_damaged()}
    found = packs.get(identifier)
    if isinstance(found, DamagedPack):
        raise CamviewerError(found.problem, found.hint)
    if found is not None:
        return found
    closest = get_close_matches(identifier.lower(), [*packs, EMBEDDED], n=1)
    hint = f"Did you mean {closest[0]}?" if closest else "`camviewer models` lists them."
    raise CamviewerError(f"There is no model {identifier[:100]}.", hint)


def read_pack(folder: Path, progress: Progress = NO_PROGRESS) -> Pack:
    """Reads a pack and checks every byte of it.

    Raises:
        CamviewerError: a file is missing or not what it was when the pack was made.
        Cancelled: nobody wants it any more.
    """
    try:
        manifest = manifest_of(folder)
        for name, record in manifest.files.items():
            path = folder / name
            if path.stat().st_size != record.size or file_sha256(path, progress) != record.sha256:
                raise changed(manifest.title, name)
        labels = labels_in((folder / LABELS).read_bytes(), manifest)
    except OSError as error:
        raise _unreadable(folder, error) from error
    return Pack(info_of(folder, manifest), labels, folder / manifest.weights_file)


def remove_pack(info: PackInfo | DamagedPack) -> None:
    """Deletes a pack; ask before.

    Raises:
        CamviewerError: the system does not allow it.
    """
    gone = info.folder.with_name(f"{GONE}{secrets.token_hex(8)}")
    try:
        # From here on no list shows it, even if the deletion is interrupted.
        info.folder.rename(gone)
        if gone.is_symlink():  # what it leads to is not ours
            gone.unlink()
        else:
            shutil.rmtree(gone)
    except OSError as error:
        if gone.exists() and not info.folder.exists():
            return
        raise CamviewerError(
            f"{info.title} could not be removed: {reason_of(error)}.",
            "Close other programs that have it open.",
        ) from error


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


def _looked_up(folder: Path) -> PackInfo | DamagedPack:
    title = folder.name
    try:
        manifest = manifest_of(folder)
        title = manifest.title
        return _listed(folder, manifest)
    except CamviewerError as error:
        found = error
    except OSError as error:
        found = _unreadable(folder, error)
    _log.warning("the model in %s cannot be used: %s", folder, found)
    return DamagedPack(folder.name, title, folder, found.message, found.hint, _size_of(folder))


def _listed(folder: Path, manifest: Manifest) -> PackInfo:
    for name, record in manifest.files.items():
        path = folder / name
        if not path.is_file():
            raise OSError(errno.ENOENT, "missing", str(path))
        if path.stat().st_size != record.size:
            raise changed(manifest.title, name)
        with path.open("rb"):  # whether it may be read at all
            pass
    labels = folder / LABELS
    if manifest.labels.size <= _QUICKLY_READ:
        if file_sha256(labels) != manifest.labels.sha256:
            raise changed(manifest.title, LABELS)
        labels_in(labels.read_bytes(), manifest)
    return info_of(folder, manifest)


def _size_of(folder: Path) -> int:
    try:
        return sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
    except OSError:
        return 0


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
        changes=manifest.changes,
        calibrated=manifest.calibration is not None,
        unit=manifest.unit,
        output=manifest.output,
    )


def file_sha256(path: Path, progress: Progress = NO_PROGRESS) -> str:
    """The SHA-256 of a file, in hexadecimal.

    Raises:
        OSError: it cannot be read.
        Cancelled: nobody wants it any more.
    """
    digest = hashlib.sha256()
    pieces = max(ceil(path.stat().st_size / _CHUNK), 1)
    with path.open("rb") as file:
        read = iter(lambda: file.read(_CHUNK), b"")
        for piece in progress.over(read, pieces, f"Checking {path.name}"):
            digest.update(piece)
    return digest.hexdigest()


def _unreadable(folder: Path, error: OSError) -> CamviewerError:
    file = Path(error.filename).name if error.filename else "a file"
    if folder.is_symlink() and not folder.exists():
        why = "its folder is a link that leads nowhere"
    elif isinstance(error, FileNotFoundError):
        why = f"{file} is missing"
    else:
        why = f"{file}: {reason_of(error)}"
    allowed = not isinstance(error, PermissionError)
    again = "Import the checkpoint or the .camviewer file again."
    return CamviewerError(
        f"The model {folder.name} cannot be read: {why}.",
        again if allowed else "Allow yourself to read it, or import it again.",
    )
