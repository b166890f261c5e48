"""Writes a report in the format that its file's name says."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from camviewer.engine.errors import CamviewerError
from camviewer.engine.report.bundle import write_bundle
from camviewer.engine.report.page import report_content, require_new_file, write_page
from camviewer.engine.report.reported_map import ReportedMap
from camviewer.engine.support.progress import NO_PROGRESS, Progress

PAGE_SUFFIX, BUNDLE_SUFFIX = ".html", ".zip"
SUFFIXES = (PAGE_SUFFIX, BUNDLE_SUFFIX)


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
    with_pictures: bool = True,
    overwrite: bool = False,
    progress: Progress = NO_PROGRESS,
) -> str:
    """Writes a report.

    Args:
        file: its suffix says the format.
        maps: of one model; each is let go of before the next one is taken.
        count: how many there are.
        note: what the user wrote about all of them.
        with_pictures: whether a bundle has the pictures as they are.
        overwrite: whether a file of that name is replaced.
        progress: reports each map.

    Returns:
        Of a bundle the SHA-256 of its manifest, in hexadecimal; else empty.

    Raises:
        CamviewerError: it cannot be written.
        Cancelled: it is not wanted any more; nothing was written.
    """
    require_kind(file, overwrite=overwrite)
    if file.suffix.lower() == BUNDLE_SUFFIX:
        return write_bundle(file, maps, count, note, with_pictures=with_pictures, progress=progress)
    write_page(file, report_content(maps, count, note, progress))
    return ""
