"""Opens evidence bundles: every byte is checked before anything of them is used."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.errors import CamviewerError
from camviewer.engine.report.bundle import COMMENT, KIND, MANIFEST, REPORT, SCHEMA
from camviewer.engine.report.bundle_zip import (
    ASK_AGAIN,
    ChangedBundleError,
    opened_zip,
    require_canonical,
)
from camviewer.engine.support.progress import NO_PROGRESS, Progress

_GUARD = (
    b'<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
    b"content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
    b"form-action 'none'; base-uri 'none'\">\n"
)
"""Stands before all else of a page, so that it holds for all of it."""
_CHUNK = 1 << 20
_MOST_WORDS = 64 << 20
"""Maximum size of a manifest or a sidecar in bytes."""
_MOST_VALUES = 1 << 28
"""Maximum size of a raw map in bytes."""


@dataclass(frozen=True)
class BundledMap:
    """A map of a bundle.

    Attributes:
        record: its sidecar.
        picture: what the manifest says of the picture and of where it lies.
        values_file: the raw map, in the bundle.
        explained: what it is of, in words.
    """

    record: Mapping[str, Any]
    picture: Mapping[str, Any]
    values_file: str
    explained: str

    @property
    def picture_name(self) -> str:
        """What the picture is called."""
        return str(self.picture["name"])


@dataclass(frozen=True)
class Bundle:
    """A bundle that is what it was when it was written.

    Attributes:
        path: the file.
        manifest: its manifest.
        manifest_sha256: tells it apart from every other bundle.
        maps: its maps.
    """

    path: Path
    manifest: Mapping[str, Any]
    manifest_sha256: str
    maps: tuple[BundledMap, ...]

    @property
    def model(self) -> Mapping[str, Any]:
        """What is known of the model."""
        found: Mapping[str, Any] = self.manifest["model"]
        return found

    def values(self, one: BundledMap) -> NDArray[np.float32]:
        """float32 (h, w): a raw map.

        Raises:
            ChangedBundleError: it is none.
        """
        content = self.content(one.values_file, _MOST_VALUES)
        try:
            values = np.load(io.BytesIO(content), allow_pickle=False)
        except (ValueError, EOFError, OSError) as error:
            raise _unfit(self.path, one.values_file) from error
        if values.dtype != np.float32 or values.ndim != 2 or not values.size:
            raise _unfit(self.path, one.values_file)
        found: NDArray[np.float32] = values
        return found

    def report_to_show(self) -> bytes:
        """The report for a browser, in which nothing of it runs, sends or loads anything.

        Hashes do not tell who wrote a bundle, and a page can have scripts.

        Raises:
            ChangedBundleError: it is not what it was.
        """
        return _GUARD + self.content(REPORT)

    def content(self, name: str, most: int | None = None) -> bytes:
        """A file of the bundle.

        Raises:
            ChangedBundleError: it is not what it was, or larger than ``most`` bytes.
        """
        with opened_zip(self.path) as archive:
            return _content(archive, self.path, name, self.manifest["files"], most)


def open_bundle(path: Path, progress: Progress = NO_PROGRESS) -> Bundle:
    """Opens a bundle whose every byte is what it was when it was written.

    This guards against accidents and against changes that nobody notices. It does not tell who
    wrote the bundle: whoever makes a new one makes new hashes.

    Raises:
        ChangedBundleError: a byte of it was changed; the message says where.
        CamviewerError: it cannot be read, or was written by a newer version.
        Cancelled: nobody wants it any more.
    """
    with opened_zip(path) as archive:
        if MANIFEST not in archive.namelist():
            raise ChangedBundleError(
                f"{path.name} is no evidence bundle of camviewer: it has no {MANIFEST}.",
                "Choose a .zip that was saved by File > Report.",
            )
        content = _whole(archive, path, MANIFEST, _MOST_WORDS)
        digest = hashlib.sha256(content).hexdigest()
        if archive.comment != f"{COMMENT}{digest}".encode("ascii"):
            raise _changed(path, f"{MANIFEST} or the hash of it, which is the zip's comment,")
        manifest = _manifest(content, path)
        files = manifest["files"]
        _require_files(archive, path, files, progress.part(0.0, 0.5))
        if archive.namelist() != [*manifest["order"], MANIFEST]:
            raise _changed(path, "the order of its files")
        require_canonical(path, archive, progress.part(0.5, 1.0))
        maps = tuple(_bundled(archive, path, one, files) for one in manifest["maps"])
    return Bundle(path, manifest, digest, maps)


def _require_files(
    archive: zipfile.ZipFile, path: Path, files: Mapping[str, Any], progress: Progress
) -> None:
    """Checks that the files are those of the manifest, byte by byte."""
    names = set(archive.namelist()) - {MANIFEST}
    for name in sorted(names ^ files.keys()):
        what = "was added" if name in names else "is missing"
        raise ChangedBundleError(f"{path.name} was changed: {name} {what}.", ASK_AGAIN)
    for name in progress.over(files, len(files), "Checking every file"):
        if _digest(archive, name) != files[name]["sha256"]:
            raise _changed(path, name)


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as source:
            for piece in iter(lambda: source.read(_CHUNK), b""):
                digest.update(piece)
    except zipfile.BadZipFile:
        return ""
    return digest.hexdigest()


def _content(
    archive: zipfile.ZipFile, path: Path, name: str, files: Mapping[str, Any], most: int | None
) -> bytes:
    """A file that the manifest has the hash of, read again."""
    content = _whole(archive, path, name, most)
    if name not in files or hashlib.sha256(content).hexdigest() != files[name]["sha256"]:
        raise _changed(path, name)
    return content


def _whole(archive: zipfile.ZipFile, path: Path, name: str, most: int | None) -> bytes:
    try:
        if most is not None and archive.getinfo(name).file_size > most:
            raise _unfit(path, name)
        return archive.read(name)
    except (zipfile.BadZipFile, KeyError) as error:
        raise _changed(path, name) from error


def _manifest(content: bytes, path: Path) -> Mapping[str, Any]:
    """The manifest, if it has what is read of it."""
    try:
        manifest = json.loads(content)
        schema, kind = manifest["schema"], manifest["kind"]
        if kind == KIND and schema > SCHEMA:
            raise CamviewerError(
                f"{path.name} was written by a newer version of camviewer.", "Open it with that."
            )
        shaped = (
            kind == KIND
            and isinstance(manifest["model"], dict)
            and isinstance(manifest["order"], list)
            and all(isinstance(one["sidecar"], str) for one in manifest["maps"])
            and all(isinstance(one["sha256"], str) for one in manifest["files"].values())
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unfit(path, MANIFEST) from error
    if not shaped:
        raise _unfit(path, MANIFEST)
    found: Mapping[str, Any] = manifest
    return found


def _bundled(
    archive: zipfile.ZipFile, path: Path, one: Mapping[str, Any], files: Mapping[str, Any]
) -> BundledMap:
    try:
        record = json.loads(_content(archive, path, one["sidecar"], files, _MOST_WORDS))
        picture = one["picture"]
        if not isinstance(record, dict) or not isinstance(picture["name"], str):
            raise _unfit(path, str(one["sidecar"]))
        return BundledMap(record, picture, str(one["map"]), str(one["explained"]))
    except (ValueError, KeyError, TypeError) as error:
        raise _unfit(path, MANIFEST) from error


def _changed(path: Path, what: str) -> ChangedBundleError:
    return ChangedBundleError(
        f"{path.name} was changed: {what} is not what it was when the bundle was written.",
        ASK_AGAIN,
    )


def _unfit(path: Path, what: str) -> ChangedBundleError:
    return ChangedBundleError(
        f"{what} in {path.name} is not what a bundle of camviewer has.", ASK_AGAIN
    )
