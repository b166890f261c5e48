"""Writes reports: a dialog that asks what is in them, and the query that carries that out."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.ui.reports.commands import ReportCommands
    from camviewer.ui.reports.queries import WantedMap
else:
    __getattr__ = lazy_names(__name__, {"commands": ["ReportCommands"], "queries": ["WantedMap"]})

__all__ = ["ReportCommands", "WantedMap"]
