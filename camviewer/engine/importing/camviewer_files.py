"""``.camviewer`` files: a pack in one zip, written whole and read with suspicion."""

from __future__ import annotations

import hashlib
import secrets
import stat
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from camviewer.engine.checkpoints.consent import ConsentNeeded, allow
from camviewer.engine.errors import CamviewerError, Cancelled, reason_of
from camviewer.engine.packs.manifest import (
    CALIBRATION,
    CONFIG,
    FORMATS,
    LABELS,
    MODEL,
    MOST_BYTES,
    TENSORS,
    TORCHSCRIPT,
    TRAINING,
    TRANSFORMERS,
    WEIGHTS,
    FileRecord,
    Manifest,
)
from camviewer.engine.packs.manifest_reading import read_manifest
from camviewer.engine.packs.store import PackInfo, changed, info_of, labels_in, read_pack
from camviewer.engine.packs.writing import pack_in_making, settled, unwritable

SUFFIX = ".camviewer"
Report = Callable[[float], None]

_LARGE = tuple(dict.fromkeys(FORMATS.values()))
_POSSIBLE = (MODEL, LABELS, TRAINING, CONFIG, CALIBRATION, *_LARGE)
_CHUNK = 1 << 20
_RATIO = 100
_RATIO_FREE = 1 << 20
"""Maximum size, in bytes, of a file that may be compressed by any factor."""
_MADE = (1980, 1, 1, 0, 0, 0)
"""Time of all entries: the earliest that a zip knows; because equal packs become equal files."""


def export_pack(
    info: PackInfo,
    file: Path,
    *,
    overwrite: bool = False,
    report: Report | None = None,
    cancelled: threading.Event | None = None,
) -> None:
    """Writes a pack as one file.

    Raises:
        CamviewerError: the pack is damaged, or the file is there or cannot be written.
        Cancelled: told to stop; nothing is left.
    """
    pack = read_pack(info.folder)
    if file.exists() and not overwrite:
        raise CamviewerError(f"{file.name} exists already.", "Choose another name.")
    beside = file.with_name(f".camviewer-{secrets.token_hex(8)}.tmp")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with zipfile.ZipFile(beside, "x") as archive:
                beside_weights = [MODEL, LABELS]
                beside_weights += [TRAINING] if pack.info.trained else []
                beside_weights += [CONFIG] if pack.info.format == TRANSFORMERS else []
                beside_weights += [CALIBRATION] if pack.info.calibrated else []
                for name in (*beside_weights, pack.weights.name):
                    _add(archive, pack.info.folder / name, report, cancelled)
            beside.replace(file)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise unwritable(file.name, error) from error


def import_pack_file(
    file: Path,
    *,
    allow_code: bool = False,
    report: Report | None = None,
    cancelled: threading.Event | None = None,
) -> PackInfo:
    """Keeps the model in a ``.camviewer`` file as a new pack.

    Everything is checked first: what lies in the file, sizes, hashes, that the labels are as
    many as the classes and the tensors those of the architecture.

    Args:
        file: the zip.
        allow_code: whether a program in it that can run any code may be opened.
        report: told of the share that is done.
        cancelled: polled meanwhile.

    Raises:
        ConsentNeeded: it holds a program that can run any code.
        CamviewerError: the file is not sound; nothing was kept of it.
        Cancelled: told to stop; nothing was kept.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            return _import(archive, file.name, report, cancelled, allow_code=allow_code)
    except FileNotFoundError as error:
        raise CamviewerError(
            f"There is no file {file.name}.", "Check its name and folder."
        ) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
        raise CamviewerError(
            f"{file.name} is no whole {SUFFIX} file.", "Copy or download it again."
        ) from error
    except OSError as error:
        raise CamviewerError(
            f"{file.name} cannot be read: {reason_of(error)}.", "Copy it to another disk."
        ) from error
    except MemoryError as error:
        raise CamviewerError(
            f"There is not enough memory to open {file.name}.", "Close other programs."
        ) from error


def _import(
    archive: zipfile.ZipFile,
    name: str,
    report: Report | None,
    cancelled: threading.Event | None,
    *,
    allow_code: bool,
) -> PackInfo:
    entries = _entries(archive, name)
    model = b"".join(_content(archive, entries[MODEL]))
    manifest = read_manifest(model, name)
    labels = b"".join(_content(archive, entries[LABELS]))
    _require_record(name, LABELS, manifest.labels, len(labels), hashlib.sha256(labels).hexdigest())
    labels_in(labels, manifest)
    training = _beside(archive, entries, TRAINING, manifest.training, name)
    config = _beside(archive, entries, CONFIG, manifest.config, name)
    calibration = _beside(archive, entries, CALIBRATION, manifest.calibration, name)
    weights = manifest.weights_file
    if weights not in entries:
        raise changed(name, weights)
    size = entries[weights].file_size
    if size != manifest.weights.size:
        raise changed(name, weights)
    if manifest.format == TORCHSCRIPT and not allow_code:
        raise ConsentNeeded(name)
    with pack_in_making(name, size) as folder:
        digest = hashlib.sha256()
        written = 0
        with (folder / weights).open("xb") as target:
            for chunk in _content(archive, entries[weights]):
                _stop_if(cancelled)
                target.write(chunk)
                digest.update(chunk)
                written += len(chunk)
                if report is not None:
                    report(written / size)
        _require_record(name, weights, manifest.weights, written, digest.hexdigest())
        if config is not None:
            (folder / CONFIG).write_bytes(config)
        _require_fit(name, folder / weights, manifest)
        if training is not None:
            (folder / TRAINING).write_bytes(training)
        if calibration is not None:
            (folder / CALIBRATION).write_bytes(calibration)
        (folder / LABELS).write_bytes(labels)
        (folder / MODEL).write_bytes(model)
        _stop_if(cancelled)
        return info_of(settled(folder, manifest.title), manifest)


def _require_fit(name: str, weights: Path, manifest: Manifest) -> None:
    """Checks that weights are those of the architecture, or that a program is what it is said.

    Raises:
        CamviewerError: they are not.
    """
    if manifest.format == TENSORS:
        from camviewer.engine.packs.network import require_fitting_file  # noqa: PLC0415  (torch)

        require_fitting_file(
            name,
            weights,
            manifest.architecture,
            manifest.classes,
            pooled=manifest.pooled,
            changes=manifest.changes,
        )
        return
    if manifest.format == TRANSFORMERS:
        from camviewer.engine.huggingface.folder_packs import (  # noqa: PLC0415  (torch)
            require_fitting_folder,
        )

        require_fitting_folder(name, weights.parent, manifest)
        return
    from camviewer.engine.programs.loading import require_program  # noqa: PLC0415  (torch)

    if manifest.format == TORCHSCRIPT:
        allow(manifest.weights.sha256)
    require_program(name, weights, manifest)


def _beside(
    archive: zipfile.ZipFile,
    entries: dict[str, zipfile.ZipInfo],
    file: str,
    record: FileRecord | None,
    name: str,
) -> bytes | None:
    """A file that only some models have; None where this one has none."""
    if (record is None) != (file not in entries):
        raise changed(name, file)
    if record is None:
        return None
    content = b"".join(_content(archive, entries[file]))
    _require_record(name, file, record, len(content), hashlib.sha256(content).hexdigest())
    return content


def _entries(archive: zipfile.ZipFile, name: str) -> dict[str, zipfile.ZipInfo]:
    """The files of the zip, by name, if they are those of a pack and nothing else."""
    entries: dict[str, zipfile.ZipInfo] = {}
    for entry in archive.infolist():
        why = _objection(entry, entries)
        if why:
            raise CamviewerError(
                f"{name} was not imported: {why}.", "Ask the one who made it for another."
            )
        entries[entry.filename] = entry
    programs = [file for file in _LARGE if file in entries]
    missing = [file for file in (MODEL, LABELS) if file not in entries]
    if not programs:
        missing.append(WEIGHTS)
    if len(programs) > 1:
        raise CamviewerError(
            f"{name} was not imported: it holds {' and '.join(programs)}, of which a model has "
            "one.",
            "Ask the one who made it for another.",
        )
    if missing:
        raise CamviewerError(
            f"{name} is no model of camviewer: {' and '.join(missing)} missing.",
            f"Choose a file that was exported by camviewer ({SUFFIX}).",
        )
    return entries


def _objection(entry: zipfile.ZipInfo, others: dict[str, zipfile.ZipInfo]) -> str:
    """What speaks against an entry of the zip; empty when nothing does."""
    written = entry.orig_filename
    shown = "".join(letter if letter.isprintable() else "?" for letter in written)[:100]
    if _leaves_folder(written):
        why = f"{shown} in it would be written outside of its folder"
    elif stat.S_ISLNK(entry.external_attr >> 16):
        why = f"{shown} in it is a link"
    elif written not in _POSSIBLE:
        why = f"{shown} in it does not belong to a model"
    elif written in others:
        why = f"{shown} is in it twice"
    elif entry.flag_bits & 0x1:
        why = f"{shown} in it is encrypted"
    elif entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        why = f"{shown} in it is compressed in an unusual way"
    elif entry.file_size > MOST_BYTES[written]:
        why = f"{shown} in it claims to have {entry.file_size:,} bytes"
    elif entry.file_size > max(entry.compress_size * _RATIO, _RATIO_FREE):
        why = f"{shown} in it would become {entry.file_size:,} bytes from {entry.compress_size:,}"
    else:
        why = ""
    return why


def _leaves_folder(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a file in pieces, never more than it was said to have.

    Raises:
        zipfile.BadZipFile: there are fewer or others.
    """
    with archive.open(entry) as source:
        yield from iter(lambda: source.read(_CHUNK), b"")


def _require_record(name: str, file: str, record: FileRecord, size: int, digest: str) -> None:
    if (size, digest) != (record.size, record.sha256):
        raise changed(name, file)


def _add(
    archive: zipfile.ZipFile,
    path: Path,
    report: Report | None,
    cancelled: threading.Event | None,
) -> None:
    entry = zipfile.ZipInfo(path.name, _MADE)
    entry.external_attr = (stat.S_IFREG | 0o644) << 16
    # Weights hardly become smaller.
    entry.compress_type = zipfile.ZIP_STORED if path.name in _LARGE else zipfile.ZIP_DEFLATED
    entry.file_size = path.stat().st_size
    written = 0
    with path.open("rb") as source, archive.open(entry, "w") as target:
        for chunk in iter(lambda: source.read(_CHUNK), b""):
            _stop_if(cancelled)
            target.write(chunk)
            written += len(chunk)
            if report is not None and path.name in _LARGE:
                report(written / max(entry.file_size, written))


def _stop_if(cancelled: threading.Event | None) -> None:
    if cancelled is not None and cancelled.is_set():
        raise Cancelled
