"""Explains many pictures into tables: runs that go on where they were interrupted."""

from camviewer.engine.batch.configuration import RunSettings
from camviewer.engine.batch.exporting import ExportFailure, export_csv, export_overlays
from camviewer.engine.batch.run import Run, RunStatus, open_run
from camviewer.engine.batch.running import RunOutcome, batch
from camviewer.engine.results.run_events import RunProgress

__all__ = [
    "ExportFailure",
    "Run",
    "RunOutcome",
    "RunProgress",
    "RunSettings",
    "RunStatus",
    "batch",
    "export_csv",
    "export_overlays",
    "open_run",
]
