"""Writes files of a run so that each is there whole or not at all, also when the power fails."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from camviewer.engine.batch.addresses import is_remote, write_remote
from camviewer.engine.errors import CamviewerError, is_full, reason_of

UNFINISHED = ".unfinished-"
"""Begins the name of a file that is still being written."""

RUN_GOES_ON = "Make room; the same command goes on from there."
"""What to do when the disk has no room for the next rows of a run."""

_MAKE_ROOM = "Make room, or choose another folder."

_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}


def write_whole(path: Path, content: bytes, when_full: str = _MAKE_ROOM) -> None:
    """Writes beside the place, has it reach the disk, and renames.

    Args:
        path: of the file.
        content: of the file.
        when_full: what to do when the disk is full.

    Raises:
        CamviewerError: it cannot be written; nothing of it is left.
    """
    write_pieces(path, (content,), when_full)


def write_pieces(path: Path, pieces: Iterable[bytes], when_full: str = _MAKE_ROOM) -> None:
    """The same for a file that is too large to be held in memory.

    Raises:
        CamviewerError: it cannot be written; nothing of it is left.
    """
    if is_remote(path):
        write_remote(path, b"".join(pieces))
        return
    beside = path.with_name(f"{UNFINISHED}{path.name}-{secrets.token_hex(4)}")
    try:
        try:
            _write_through(beside, pieces)
            beside.replace(path)
        except BaseException:
            _forget(beside)
            raise
        sync_folder(path.parent)
    except OSError as error:
        raise write_refusal(path, error, when_full) from error


def write_first(path: Path, content: bytes) -> bool:
    """Writes a file that is not there yet.

    Returns:
        False when another process was first; its file stays as it is.

    Raises:
        CamviewerError: it cannot be written; nothing of it is left.
    """
    if is_remote(path):
        return write_remote(path, content, only_new=True)
    beside = path.with_name(f"{UNFINISHED}{path.name}-{secrets.token_hex(4)}")
    try:
        try:
            _write_through(beside, (content,))
            try:
                path.hardlink_to(beside)
            except FileExistsError:
                return False
            except OSError:  # a file system without hard links
                if path.exists():
                    return False
                beside.replace(path)
        finally:
            _forget(beside)
        sync_folder(path.parent)
    except OSError as error:
        raise write_refusal(path, error) from error
    return True


def make_folder(path: Path) -> None:
    """Makes a folder and those above it.

    Raises:
        CamviewerError: it cannot be made.
    """
    if is_remote(path):
        return
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_refusal(path, error) from error


def clear_unfinished(folder: Path, name: str) -> None:
    """Removes what a process that was killed left of a file of this name."""
    if is_remote(folder):
        return
    for left in folder.glob(f"{UNFINISHED}{name}-*"):
        _forget(left)


def sync_folder(folder: Path) -> None:
    """Has the names in a folder reach the disk, where the system can do that."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_refusal(path: Path, error: OSError, when_full: str = _MAKE_ROOM) -> CamviewerError:
    """Why a file or folder could not be written, in one sentence, and what to do."""
    if is_full(error):
        return CamviewerError(f"{path.name} could not be written: the disk is full.", when_full)
    if error.errno in _NOT_ALLOWED:
        return CamviewerError(
            f"{path.name} could not be written: {path.parent} is not open to you.",
            "Choose another folder.",
        )
    if error.errno in {errno.ENOTDIR, errno.EEXIST}:
        return CamviewerError(
            f"{path} cannot be a folder: a file is in its place.",
            "Choose another folder.",
        )
    return CamviewerError(
        f"{path.name} could not be written: {reason_of(error)}.", "Choose another folder."
    )


def _write_through(path: Path, pieces: Iterable[bytes]) -> None:
    with path.open("xb") as file:
        file.writelines(pieces)
        file.flush()
        os.fsync(file.fileno())


def _forget(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
