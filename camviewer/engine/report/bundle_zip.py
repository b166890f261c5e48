"""Writes zips of which every byte follows from what is in them, and finds any other byte.

Files are stored without compression, with one date and one set of rights, in the order in which
they are given. So a zip can be made again of its own content; where that gives other bytes, it was
changed after it was written, be it in a header, a date or behind the last file.
"""

from __future__ import annotations

import errno
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from camviewer.engine.errors import CamviewerError, reason_of
from camviewer.engine.support.progress import NO_PROGRESS, Progress

MOST_BYTES = 4 << 30
"""Maximum size of a bundle; nothing in it is compressed, so it never becomes more."""
MOST_FILES = 10_000

_MADE = (1980, 1, 1, 0, 0, 0)
"""Time of all files: the earliest that a zip knows; because equal content becomes an equal zip."""
_RIGHTS = stat.S_IFREG | 0o644
_UNIX = 3
_CHUNK = 1 << 20
_IN_MEMORY = 64 << 20
"""Size in bytes from which a zip that is made again is put on the disk meanwhile."""
_BROKEN = (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, RuntimeError)


class ChangedBundleError(CamviewerError):
    """A bundle is not what it was when it was written."""


@contextmanager
def zip_writer(file: IO[bytes], comment: bytes = b"") -> Iterator[zipfile.ZipFile]:
    """An empty zip for ``add``; the comment is written at its end."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        yield archive
        if comment:
            archive.comment = comment


def add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Adds a file."""
    with archive.open(_entry(name, len(content)), "w") as target:
        target.write(content)


@contextmanager
def opened_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """A zip of files that may be read: few enough, small enough, none of them elsewhere or a link.

    Raises:
        ChangedBundleError: it cannot be read as a zip, or holds what no bundle holds.
        CamviewerError: it is not there, cannot be read, or is too large.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise CamviewerError(
                f"{path.name} is larger than an evidence bundle can be.", "Choose another file."
            )
        with zipfile.ZipFile(path) as archive:
            _require_harmless(archive, path.name, size)
            yield archive
    except _BROKEN as error:
        raise _no_zip(path) from error
    except FileNotFoundError as error:
        raise CamviewerError(
            f"There is no file {path.name}.", "Check its name and folder."
        ) from error
    except OSError as error:
        if error.errno == errno.EINVAL:  # its directory points to before its beginning
            raise _no_zip(path) from error
        raise CamviewerError(
            f"{path.name} cannot be read: {reason_of(error)}.", "Copy it to another disk."
        ) from error


def _no_zip(path: Path) -> ChangedBundleError:
    words = f"{path.name} is no whole evidence bundle: it cannot be read as a zip."
    return ChangedBundleError(words, ASK_AGAIN)


ASK_AGAIN = "Ask the one who made it for another copy."


def require_canonical(
    path: Path, archive: zipfile.ZipFile, progress: Progress = NO_PROGRESS
) -> None:
    """Makes a zip again of its own content, and compares all bytes.

    Raises:
        ChangedBundleError: it has other bytes.
        Cancelled: nobody wants to know any more.
    """
    entries = archive.infolist()
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as again:
        with zip_writer(again, archive.comment) as rebuilt:
            for entry in progress.over(entries, len(entries), "Comparing every byte"):
                with (
                    archive.open(entry) as source,
                    rebuilt.open(_entry(entry.filename, entry.file_size), "w") as target,
                ):
                    shutil.copyfileobj(source, target, _CHUNK)
        again.seek(0)
        with path.open("rb") as file:
            same = all(a == b for a, b in _pairs(file, again))
    if not same:
        raise ChangedBundleError(
            f"{path.name} was changed: its files are as they were, but the zip around them is not "
            "(a name, a date, the order, or bytes between or behind them).",
            ASK_AGAIN,
        )


def _pairs(first: IO[bytes], second: IO[bytes]) -> Iterable[tuple[bytes, bytes]]:
    """Pieces of both files up to the end of both."""
    while True:
        pieces = first.read(_CHUNK), second.read(_CHUNK)
        yield pieces
        if not any(pieces):
            return


def _entry(name: str, size: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _MADE)
    entry.create_system = _UNIX  # the same on every system
    entry.external_attr = _RIGHTS << 16
    entry.compress_type = zipfile.ZIP_STORED
    entry.file_size = size
    return entry


def _require_harmless(archive: zipfile.ZipFile, name: str, size: int) -> None:
    entries = archive.infolist()
    seen: set[str] = set()
    why = f"it has {len(entries):,} files" if len(entries) > MOST_FILES else ""
    for entry in entries:
        why = why or _objection(entry, seen)
        seen.add(entry.filename)
    if sum(entry.file_size for entry in entries) > size:  # files that share their bytes
        why = why or "its files claim to have more bytes than it"
    if why:
        raise ChangedBundleError(
            f"{name} is no evidence bundle as it was written: {why}.", ASK_AGAIN
        )


def _objection(entry: zipfile.ZipInfo, seen: set[str]) -> str:
    """What speaks against a file of the zip; empty when nothing does."""
    written = entry.orig_filename
    shown = "".join(letter if letter.isprintable() else "?" for letter in written)[:100]
    path = PurePosixPath(written.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in written or written != entry.filename:
        return f"{shown} in it would lie outside of it"
    if stat.S_IFMT(entry.external_attr >> 16) not in {0, stat.S_IFREG}:
        return f"{shown} in it is no file but a link or a folder"
    if written in seen:
        return f"{shown} is in it twice"
    if entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 0x1:
        return f"{shown} in it is compressed or encrypted"
    if entry.file_size != entry.compress_size or entry.file_size > MOST_BYTES:
        return f"{shown} in it claims to have {entry.file_size:,} bytes"
    return ""
