"""Writes what maps show, mean and rest on, for those who must defend a decision."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.report.language import Language
    from camviewer.engine.report.page import report_content, report_page
    from camviewer.engine.report.reported_map import ReportedMap
    from camviewer.engine.report.writing import write_report
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "language": ["Language"],
            "page": ["report_content", "report_page"],
            "reported_map": ["ReportedMap"],
            "writing": ["write_report"],
        },
    )

__all__ = ["Language", "ReportedMap", "report_content", "report_page", "write_report"]
