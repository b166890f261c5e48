"""Connects the reports with what is on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from camviewer.ui.reports import ReportCommands

if TYPE_CHECKING:
    from camviewer.engine.report import ReportedMap
    from camviewer.ui.window.main_window import MainWindow


def reports_of(window: MainWindow) -> ReportCommands:
    """The reports of a window whose panels and commands are made."""

    def shown() -> ReportedMap | None:
        from camviewer.engine.report import ReportedMap  # noqa: PLC0415  (start-up)

        found = window.commands.shown()
        if found is None or found.explanation.underway:
            return None
        return ReportedMap(
            found.image,
            found.explanation,
            found.model,
            found.verdict,
            found.look,
            card=window.trust.card_of(found.explanation),
            region=found.region,
        )

    reports = ReportCommands(
        window,
        window.model,
        shown=shown,
        look=lambda: window.panel.look,
        folder=lambda: window.settings.folder,
    )
    window.workplaces.bundle_opened.connect(reports.check)
    return reports
