"""Writes the report of one map or several as one page that opens offline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from camviewer.engine.errors import CamviewerError
from camviewer.engine.render.files import write_beside
from camviewer.engine.report.language import ENGLISH, Language
from camviewer.engine.report.model_rows import model_rows, program_rows
from camviewer.engine.report.reported_map import ReportedMap
from camviewer.engine.report.sections import MapSection, map_section
from camviewer.engine.report.templates import environment
from camviewer.engine.support.progress import NO_PROGRESS, Progress

_SIDES = ((4, 640), (200, 360))
"""Numbers of maps with the maximum side of their pictures in pixels, so that pages stay light."""
_SMALLEST = 180
"""The same of more maps than those."""


@dataclass(frozen=True)
class ReportContent:
    """What a report says, with its pictures, but without markup.

    Attributes:
        title: of the report.
        subtitle: model and methods.
        note: what the user wrote about all of it.
        made: when, in words.
        sections: one for each map.
        record: the sidecar of the first map, for what all of them have in common.
        language: of all of it.
    """

    title: str
    subtitle: str
    note: str
    made: str
    sections: tuple[MapSection, ...]
    record: Mapping[str, Any]
    language: Language = ENGLISH


def report_content(
    maps: Iterable[ReportedMap],
    count: int,
    note: str = "",
    progress: Progress = NO_PROGRESS,
    language: Language = ENGLISH,
) -> ReportContent:
    """Puts together what a report says.

    Args:
        maps: of one model; each is let go of before the next one is taken.
        count: how many there are.
        note: what the user wrote about all of them.
        progress: reports each map.
        language: of the report.

    Raises:
        CamviewerError: there is no map.
        Cancelled: it is not wanted any more.
    """
    side = next((side for most, side in _SIDES if count <= most), _SMALLEST)
    sections, methods = [], dict[str, None]()
    record: Mapping[str, Any] = {}
    for one in progress.over(maps, count, "Writing the report"):
        record = record or one.record
        methods[one.explanation.method.title] = None
        sections.append(map_section(one, side, language))
    if not sections:
        raise CamviewerError("There is nothing to report.", "Choose at least one map.")
    return ReportContent(
        _title(sections, language),
        f"{record['model']['title']} · {', '.join(methods)}",
        note.strip(),
        datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        tuple(sections),
        record,
        language,
    )


def report_page(content: ReportContent) -> str:
    """The page as HTML, with everything in it."""
    return _filled("pictures.html.jinja", content)


def paper_page(content: ReportContent) -> str:
    """The same content in the plain HTML that Qt's text layout knows, for pages of paper."""
    return _filled("paper.html.jinja", content)


def require_new_file(file: Path, *, overwrite: bool) -> None:
    """Checks that nothing is overwritten unasked.

    Raises:
        CamviewerError: the file is there already.
    """
    if file.exists() and not overwrite:
        raise CamviewerError(f"{file.name} is there already.", "Choose another name.")


def write_page(file: Path, content: ReportContent) -> None:
    """Writes the page, whole or not at all.

    Raises:
        CamviewerError: it cannot be written.
    """
    data = report_page(content).encode("utf-8")
    write_beside(file, lambda written: written.write(data))


def _filled(template: str, content: ReportContent) -> str:
    return (
        environment(content.language)
        .get_template(template)
        .render(
            name=content.title,
            subtitle=content.subtitle,
            made=content.made,
            sections=content.sections,
            note=content.note,
            model=model_rows(content.record, content.language),
            versions=program_rows(content.record),
            program=content.record["program"]["version"],
        )
    )


def _title(sections: list[MapSection], language: Language) -> str:
    if len(sections) == 1:
        return f"{sections[0].picture}: {sections[0].subject}"
    return language.say("{1} maps", language.count(len(sections)))
