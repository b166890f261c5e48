"""Looks what lies in a folder that is to hold a run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class FoundRun:
    """A run that was begun in a folder.

    Attributes:
        path: the folder.
        pictures: of the whole run.
        done: those whose rows are written.
        failures: (path, sentence) of pictures that could not be explained.
        model: title of its model.
        method: title of its method.
        sources: what it is over.
    """

    path: Path
    pictures: int
    done: int
    failures: tuple[tuple[str, str], ...]
    model: str
    method: str
    sources: tuple[str, ...]


def find_run(path: Path) -> FoundRun | None:
    """The run in a folder; None when there is none. It reads tables: not for the GUI thread.

    Raises:
        CamviewerError: it is damaged, or of another version.
    """
    from camviewer.engine.batch import (  # noqa: PLC0415  (start-up)
        is_begun,
        open_run,
    )

    if not is_begun(path):
        return None
    run = open_run(path)
    status = run.status()
    model = run.record["model"]
    return FoundRun(
        path,
        status.pictures,
        status.pictures_done,
        status.failures,
        model["title"],
        run.method_words,
        tuple(run.record["sources"]),
    )


def count_pictures(source: str) -> int:
    """How many pictures a source has. It walks through folders: not for the GUI thread.

    Raises:
        CamviewerError: there are none, or it cannot be read.
    """
    from camviewer.engine.batch import list_pictures  # noqa: PLC0415  (start-up)

    return len(list_pictures([source]).entries)
