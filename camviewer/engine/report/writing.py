"""Writes a report in the format that its file's name says."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from camviewer.engine.errors import CamviewerError
from camviewer.engine.report.page import report_content, require_new_file, write_page
from camviewer.engine.report.reported_map import ReportedMap
from camviewer.engine.support.progress import NO_PROGRESS, Progress

PAGE_SUFFIX = ".html"
SUFFIXES = (PAGE_SUFFIX,)


def require_kind(file: Path, *, overwrite: bool) -> None:
    """Checks, before any work is done, that a report of this name can be written.

    Raises:
        CamviewerError: it has another suffix, or is there already.
    """
    if file.suffix.lower() not in SUFFIXES:
        raise CamviewerError(
            f"{file.name} is no kind of report.",
            f"Choose a name that ends in {' or '.join(SUFFIXES)}.",
        )
    require_new_file(file, overwrite=overwrite)


def write_report(
    file: Path,
    maps: Iterable[ReportedMap],
    count: int,
    note: str = "",
    *,
    overwrite: bool = False,
    progress: Progress = NO_PROGRESS,
) -> None:
    """Writes a report.

    Args:
        file: its suffix says the format.
        maps: of one model; each is let go of before the next one is taken.
        count: how many there are.
        note: what the user wrote about all of them.
        overwrite: whether a file of that name is replaced.
        progress: reports each map.

    Raises:
        CamviewerError: it cannot be written.
        Cancelled: it is not wanted any more; nothing was written.
    """
    require_kind(file, overwrite=overwrite)
    write_page(file, report_content(maps, count, note, progress))
