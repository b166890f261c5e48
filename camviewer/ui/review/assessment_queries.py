"""What the thread that keeps assessments can be asked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from camviewer.engine.assessments import (
    Assessment,
    AssessmentStore,
    Change,
    DamagedAssessments,
    PictureKey,
    Saved,
)
from camviewer.ui.work import UnderWay
from camviewer.ui.work.query import Query

Stamp = tuple[int, int, int]
NO_FILE: Stamp = (0, 0, 0)


class AssessmentHost:
    """Owns nothing: the file is opened for each query, so that others may write it between."""

    def warm_up(self) -> bool:
        return False

    def close(self) -> None:
        return None


@dataclass(frozen=True, eq=False)
class ReadAnswer:
    """What was read.

    Attributes:
        store: of which run.
        said: all assessments.
        stamp: of the file.
        aside: the new name of a damaged file that was put aside; None when it was not.
        is_gone: whether somebody removed the file since it was read.
    """

    store: AssessmentStore
    said: dict[PictureKey, Assessment]
    stamp: Stamp
    aside: Path | None = None
    is_gone: bool = False


@dataclass(frozen=True, eq=False)
class ReadAssessments(Query[AssessmentHost, "ReadAnswer | None"]):
    """Read the file; None when it has not changed.

    Attributes:
        store: of the run.
        stamp: of the file when it was read last; None when it was not.
    """

    store: AssessmentStore
    stamp: Stamp | None
    is_awaited = False

    def answer(
        self, host: AssessmentHost, under_way: UnderWay[ReadAnswer | None]
    ) -> ReadAnswer | None:
        del host, under_way
        stamp = self.store.stamp()  # before reading: what changes meanwhile is read again
        if stamp == self.stamp:
            return None
        if stamp == NO_FILE and self.stamp is not None:
            self.store.require_folder()
            return ReadAnswer(self.store, {}, stamp, is_gone=True)
        try:
            return ReadAnswer(self.store, self.store.read(), stamp)
        except DamagedAssessments:
            aside = self.store.put_aside()
            return ReadAnswer(self.store, self.store.read(), self.store.stamp(), aside)


@dataclass(frozen=True, eq=False)
class Left:
    """Changes of a run that is not open any more, which could not be kept yet."""

    store: AssessmentStore
    changes: tuple[Change, ...]


@dataclass(frozen=True, eq=False)
class SaveAnswer:
    """What came of changes.

    Attributes:
        saved: what is said now, and what was overwritten.
        stamp: of the file, where nobody else had written it since it was read; None otherwise.
        aside: as in ``ReadAnswer``.
    """

    saved: Saved
    stamp: Stamp | None = None
    aside: Path | None = None


@dataclass(frozen=True, eq=False)
class SaveAssessments(Query[AssessmentHost, SaveAnswer]):
    """Keep changes.

    Attributes:
        store: of the run.
        changes: what is to be said.
        stamp: of the file when it was read last; None when it was not.
    """

    store: AssessmentStore
    changes: tuple[Change, ...]
    stamp: Stamp | None = None
    is_awaited = False

    def answer(self, host: AssessmentHost, under_way: UnderWay[SaveAnswer]) -> SaveAnswer:
        del host, under_way
        as_read = self.store.stamp() == self.stamp
        try:
            saved = self.store.save(self.changes)
        except DamagedAssessments:
            aside = self.store.put_aside()
            return SaveAnswer(self.store.save(self.changes), aside=aside)
        return SaveAnswer(saved, self.store.stamp() if as_read else None)


class SaveLeft(SaveAssessments):
    """Keep what was left of a run that is not open any more."""
