"""Keeps assessments beside a run, in ``review.sqlite``.

The file is opened for each reading and each writing: what another program does to it, or to its
folder, is seen at once. A rollback journal, unlike a write-ahead log, works on network folders and
leaves one file that can be copied; with ``synchronous = EXTRA`` what was kept outlives the power.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from camviewer.engine.assessments.assessment import (
    NO_ASSESSMENT,
    Assessment,
    Change,
    Judgement,
    PictureKey,
)
from camviewer.engine.assessments.refusals import (
    DamagedAssessments,
    later_version,
    sqlite_refusal,
    system_refusal,
)

FILE = "review.sqlite"

_VERSION = 1
_APPLICATION = 0x63616D76
"""``camv``: marks the file for programs that look into SQLite's header."""
_WAIT_SECONDS = 5.0
"""How long another program that writes is waited for."""

_TABLES = """
CREATE TABLE assessments (
    picture TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    judgement TEXT,
    tags TEXT NOT NULL,
    note TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (picture, sha256)
) WITHOUT ROWID;
CREATE TABLE overwritten (
    picture TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    changed_at TEXT NOT NULL
);
"""
_JUDGEMENTS = {judgement.value: judgement for judgement in Judgement}

_Stored = tuple[str | None, str, str, str, str]


@dataclass(frozen=True)
class Overwritten:
    """What somebody else had said meanwhile, and what a change took the place of.

    Attributes:
        path: of the picture.
        field: ``judgement`` or ``note``.
        value: what had been said; the file keeps it in its table ``overwritten``.
    """

    path: str
    field: str
    value: str


@dataclass(frozen=True)
class Saved:
    """What came of changes that were kept.

    Attributes:
        now: what is said of their pictures, with what others said meanwhile.
        overwritten: what they took the place of without knowing it.
    """

    now: dict[PictureKey, Assessment]
    overwritten: tuple[Overwritten, ...]


class AssessmentStore:
    """The assessments of one run.

    Several programs may use it at once: of two that say different things of a picture, the later
    one holds, field by field.

    Args:
        folder: of the run; the file is made when the first assessment is kept.
        reviewer: who signs; nobody when empty.
    """

    def __init__(self, folder: Path, reviewer: str = "") -> None:
        self._file = folder / FILE
        self._reviewer = _clean(reviewer)

    @property
    def file(self) -> Path:
        """Where they are kept."""
        return self._file

    def read(self) -> dict[PictureKey, Assessment]:
        """All that is said; nothing when there is no file.

        Raises:
            DamagedAssessments: the file is damaged.
            CamviewerError: it cannot be read, or is of a later version.
        """
        with self._told():
            if not self._file.exists():
                return {}
            with closing(self._open()) as connection:
                if not self._is_ours(connection):
                    return {}
                rows = connection.execute(
                    "SELECT picture, sha256, judgement, tags, note, reviewer, changed_at "
                    "FROM assessments"
                )
                return {PictureKey(*row[:2]): _assessment(row[2:]) for row in rows}

    def save(self, changes: Iterable[Change]) -> Saved:
        """Keeps changes, all or none; when it returns they are on the disk.

        Raises:
            DamagedAssessments: the file is damaged; it stays as it is.
            CamviewerError: they cannot be kept.
        """
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        now: dict[PictureKey, Assessment] = {}
        lost: list[Overwritten] = []
        with (
            self._told(),
            closing(self._open()) as connection,
            _transaction(connection),
        ):
            if not self._is_ours(connection):
                _make_tables(connection)
            for change in changes:
                before = _stored(connection, change.key)
                gone = _overwritten(change, before)
                for one in gone:
                    connection.execute(
                        "INSERT INTO overwritten VALUES (?, ?, ?, ?, ?, ?)",
                        (*change.key, one.field, one.value, before.reviewer, before.changed_at),
                    )
                after = _after(change, before, self._reviewer, moment)
                _write(connection, change.key, after)
                now[change.key] = after
                lost.extend(gone)
        return Saved(now, tuple(lost))

    def stamp(self) -> tuple[int, int, int]:
        """Differs after every change of the file; zeros while there is none."""
        try:
            status = self._file.stat()
        except OSError:
            return (0, 0, 0)
        return (status.st_ino, status.st_mtime_ns, status.st_size)

    def require_folder(self) -> None:
        """Refuses a folder that is out of reach.

        Raises:
            CamviewerError: it is.
        """
        with self._told():
            self._file.parent.stat()

    def put_aside(self) -> Path | None:
        """Gives a damaged file another name, so that nothing of it is overwritten.

        Returns:
            Its new name; None when it is not damaged any more.

        Raises:
            CamviewerError: it cannot be renamed.
        """
        try:
            self.read()
        except DamagedAssessments:
            pass
        else:
            return None
        stem = self._file.stem
        names = (f"{stem}.damaged{'' if n == 1 else f'-{n}'}.sqlite" for n in count(1))
        aside = next(p for name in names if not (p := self._file.with_name(name)).exists())
        try:
            journal = self._file.with_name(f"{self._file.name}-journal")
            if journal.exists():
                journal.rename(aside.with_name(f"{aside.name}-journal"))
            self._file.rename(aside)
        except OSError as error:
            raise system_refusal(self._file, error) from error
        return aside

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, timeout=_WAIT_SECONDS, isolation_level=None)
        connection.text_factory = lambda stored: stored.decode("utf-8", "replace")
        try:
            connection.execute("PRAGMA synchronous = EXTRA")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _is_ours(self, connection: sqlite3.Connection) -> bool:
        """Whether the file has the tables; False while it is empty.

        Raises:
            CamviewerError: it is of a later version, or of another program.
        """
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version == _VERSION:
            return True
        tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        if version or tables:
            raise later_version(self._file)
        return False

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise sqlite_refusal(self._file, error) from error
        except OSError as error:
            raise system_refusal(self._file, error) from error


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _make_tables(connection: sqlite3.Connection) -> None:
    for statement in filter(str.strip, _TABLES.split(";")):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {_VERSION}")
    connection.execute(f"PRAGMA application_id = {_APPLICATION}")


def _stored(connection: sqlite3.Connection, key: PictureKey) -> Assessment:
    row = connection.execute(
        "SELECT judgement, tags, note, reviewer, changed_at FROM assessments "
        "WHERE picture = ? AND sha256 = ?",
        key,
    ).fetchone()
    return NO_ASSESSMENT if row is None else _assessment(row)


def _write(connection: sqlite3.Connection, key: PictureKey, said: Assessment) -> None:
    if said.is_empty:
        connection.execute("DELETE FROM assessments WHERE picture = ? AND sha256 = ?", key)
        return
    tags = json.dumps(said.tags, ensure_ascii=False)
    connection.execute(
        "INSERT OR REPLACE INTO assessments VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*key, said.judgement, tags, said.note, said.reviewer, said.changed_at),
    )


def _after(change: Change, before: Assessment, reviewer: str, moment: str) -> Assessment:
    """What is to be said now; what the change leaves alone is as others have it."""
    known, wanted = change.known, change.wanted
    judgement = before.judgement if wanted.judgement == known.judgement else wanted.judgement
    note = before.note if wanted.note == known.note else _clean(wanted.note)
    kept = [tag for tag in before.tags if tag not in known.tags or tag in wanted.tags]
    added = [_clean(tag) for tag in wanted.tags if tag not in known.tags]
    tags = tuple(dict.fromkeys((*kept, *added)))
    return Assessment(judgement, tags, note, reviewer, moment)


def _overwritten(change: Change, before: Assessment) -> list[Overwritten]:
    known, wanted = change.known, change.wanted
    found = []
    for field in ("judgement", "note"):
        was, is_to_be, held = (getattr(one, field) for one in (known, wanted, before))
        if was != is_to_be and held not in {was, is_to_be} and held:
            found.append(Overwritten(change.path, field, str(held)))
    return found


def _assessment(row: _Stored) -> Assessment:
    judgement, tags, note, reviewer, changed_at = row
    known = None if judgement is None else _JUDGEMENTS.get(judgement)
    return Assessment(known, _tags(tags), note, reviewer, changed_at)


def _tags(stored: str) -> tuple[str, ...]:
    try:
        found = json.loads(stored)
    except ValueError:
        return ()
    return tuple(map(str, found)) if isinstance(found, list) else ()


def _clean(words: str) -> str:
    """Words that UTF-8 can hold: half characters out of a clipboard become question marks."""
    return words.encode("utf-8", "replace").decode("utf-8")
