"""Says in one sentence why assessments could not be read or kept."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from camviewer.engine.errors import CamviewerError, reason_of

_PRIMARY = 0xFF
"""The part of SQLite's extended error codes that names the kind."""

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_NOT_ALLOWED = {
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_AUTH,
}
_IN_USE = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}


class DamagedAssessments(CamviewerError):  # noqa: N818  (named for what it says)
    """The file of a run's judgements is damaged, or is no such file."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"The judgements in {file} cannot be read: the file is damaged.",
            "Put a copy of it in its place, or give it another name to go on without.",
        )


def sqlite_refusal(file: Path, error: sqlite3.Error) -> CamviewerError:
    """What SQLite said, as a sentence."""
    kind = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    if kind in _DAMAGED:
        return DamagedAssessments(file)
    if kind == sqlite3.SQLITE_FULL:
        return CamviewerError(
            f"The judgements in {file} cannot be kept: the disk is full.", "Make room."
        )
    if kind in _IN_USE:
        return CamviewerError(
            f"The judgements in {file} cannot be reached: another program holds the file.",
            "Close what has it open.",
        )
    if kind in _NOT_ALLOWED:
        return CamviewerError(
            f"The judgements in {file} cannot be reached: {file.parent} is not open to you.",
            "Have it opened to you for writing, or copy the run to another folder.",
        )
    words = str(error).strip().rstrip(".") or type(error).__name__
    return _out_of_reach(file, words)


def system_refusal(file: Path, error: OSError) -> CamviewerError:
    """What the system said, as a sentence."""
    return _out_of_reach(file, reason_of(error))


def _out_of_reach(file: Path, reason: str) -> CamviewerError:
    return CamviewerError(
        f"The judgements in {file} cannot be reached: {reason}.",
        "See that the disk or the network is there, and the folder open to you.",
    )


def later_version(file: Path) -> CamviewerError:
    """The file is not one that this version may write into."""
    return CamviewerError(
        f"{file} is of a later version of camviewer, or of another program.",
        "Open the run with that version, or give the file another name.",
    )
