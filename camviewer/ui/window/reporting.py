"""Connects the reports with what is on screen, and with the run in *Review*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from camviewer.ui.reports import ReportCommands
from camviewer.ui.style import tr, whole

if TYPE_CHECKING:
    from camviewer.engine.assessments import Assessment, PictureKey
    from camviewer.engine.report import ReportedMap
    from camviewer.engine.review.reopening import Reopened
    from camviewer.ui.window.main_window import MainWindow


def reports_of(window: MainWindow) -> ReportCommands:
    """The reports of a window whose panels and commands are made."""
    reports = ReportCommands(
        window,
        window.model,
        shown=lambda: _shown(window),
        look=lambda: window.panel.look,
        folder=lambda: window.settings.folder,
        run=lambda: _run(window),
        said=lambda: _said(window),
        in_review=lambda: _in_review(window),
    )
    reports.selection_wanted.connect(lambda: _ask_for_selection(window))
    window.workplaces.bundle_opened.connect(reports.check)
    window.workplaces.report_wanted.connect(lambda rows: _report_rows(window, reports, rows))
    return reports


def _shown(window: MainWindow) -> ReportedMap | None:
    from camviewer.engine.report import ReportedMap  # noqa: PLC0415  (start-up)
    from camviewer.ui.reports.queries import marked_objects  # noqa: PLC0415

    found = window.commands.shown()
    if found is None or found.explanation.underway:
        return None
    measured = window.objects.measured_of(found.explanation)
    size = found.image.width, found.image.height
    return ReportedMap(
        found.image,
        found.explanation,
        found.model,
        found.verdict,
        found.look,
        card=window.trust.card_of(found.explanation),
        region=found.region,
        objects=None if measured is None else marked_objects(measured, size),
    )


def _run(window: MainWindow) -> Path | None:
    """The folder of the run that is open in *Review*."""
    review = window.workplaces.review
    facts = None if review is None else review.facts
    return None if facts is None else facts.path


def _said(window: MainWindow) -> Mapping[PictureKey, Assessment]:
    """What reviewers say of the pictures of that run."""
    review = window.workplaces.review
    return {} if review is None else review.judging.keeper.said


def _in_review(window: MainWindow) -> tuple[bool, int]:
    """Whether *Review* is in sight, and how many of its pictures are selected."""
    review = window.workplaces.review
    if review is None or not window.workplaces.shows_review:
        return False, 0
    return True, review.workplace.gallery.selected_count


def _ask_for_selection(window: MainWindow) -> None:
    if window.workplaces.review is not None:
        window.workplaces.review.workplace.report_requested.emit()


def _report_rows(
    window: MainWindow, reports: ReportCommands, rows: Sequence[tuple[Reopened, str]]
) -> None:
    """Opens the dialog for rows of a run, if the model in use can compute their maps again."""
    from camviewer.ui.reports.queries import MOST_MAPS, WantedMap  # noqa: PLC0415  (start-up)

    review, info = window.workplaces.review, window.exploration.models.info
    if review is None:
        return
    notice = review.workplace.notice
    if not rows:
        notice.show_error(tr("None of the selected pictures has a map."), tr("Select others."))
    elif len(rows) > MOST_MAPS:
        notice.show_error(
            tr("{count} pictures are selected, and a report shows at most {most}.").format(
                count=whole(len(rows)), most=MOST_MAPS
            ),
            tr("Select fewer, or report the whole run: File > Report."),
        )
    elif info is None or not rows[0][0].model.is_same(info):
        notice.show_error(
            tr("A report computes the maps again, which were made by {model}.").format(
                model=rows[0][0].model.title
            ),
            tr("Choose that model, with the same preprocessing, and ask again."),
        )
    else:
        reports.open_selection([WantedMap.of(row, said) for row, said in rows])
