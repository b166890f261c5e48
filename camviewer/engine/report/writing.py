"""Writes a report in the format that its file's name says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from camviewer.engine.errors import CamviewerError
from camviewer.engine.render.files import write_beside
from camviewer.engine.report.bundle import write_bundle
from camviewer.engine.report.language import ENGLISH, Language
from camviewer.engine.report.page import (
    paper_page,
    report_content,
    require_new_file,
    write_page,
)
from camviewer.engine.report.reported_map import ReportedMap
from camviewer.engine.support.progress import NO_PROGRESS, Progress

PAGE_SUFFIX, PDF_SUFFIX, BUNDLE_SUFFIX = ".html", ".pdf", ".zip"
SUFFIXES = (PAGE_SUFFIX, PDF_SUFFIX, BUNDLE_SUFFIX)

Printer = Callable[[str, str, Progress], bytes]
"""Makes a PDF of a title and of the HTML of ``paper_page``; it needs Qt, which the engine lacks."""


def require_kind(file: Path, *, overwrite: bool) -> None:
    """Checks, before any work is done, that a report of this name can be written.

    Raises:
        CamviewerError: it has another suffix, or is there already.
    """
    if file.suffix.lower() not in SUFFIXES:
        raise CamviewerError(
            f"{file.name} is no kind of report.",
            f"Choose a name that ends in {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}.",
        )
    require_new_file(file, overwrite=overwrite)


def write_report(
    file: Path,
    maps: Iterable[ReportedMap],
    count: int,
    note: str = "",
    *,
    printer: Printer | None = None,
    with_pictures: bool = True,
    overwrite: bool = False,
    progress: Progress = NO_PROGRESS,
    language: Language = ENGLISH,
) -> str:
    """Writes a report.

    Args:
        file: its suffix says the format.
        maps: of one model; each is let go of before the next one is taken.
        count: how many there are.
        note: what the user wrote about all of them.
        printer: makes PDFs.
        with_pictures: whether a bundle has the pictures as they are.
        overwrite: whether a file of that name is replaced.
        progress: reports each map.
        language: of the report; the tables and the manifest of a bundle are English in any.

    Returns:
        Of a bundle the SHA-256 of its manifest, in hexadecimal; else empty.

    Raises:
        CamviewerError: it cannot be written.
        Cancelled: it is not wanted any more; nothing was written.
    """
    require_kind(file, overwrite=overwrite)
    suffix = file.suffix.lower()
    if suffix == BUNDLE_SUFFIX:
        return write_bundle(
            file,
            maps,
            count,
            note,
            with_pictures=with_pictures,
            progress=progress,
            language=language,
        )
    if suffix == PDF_SUFFIX:
        if printer is None:
            raise CamviewerError("Nothing here makes PDFs.", "Choose a name that ends in .html.")
        content = report_content(maps, count, note, progress.part(0.0, 0.8), language)
        data = printer(content.title, paper_page(content), progress.part(0.8, 1.0))
        write_beside(file, lambda written: written.write(data))
    else:
        write_page(file, report_content(maps, count, note, progress, language))
    return ""
