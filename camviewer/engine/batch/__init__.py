"""Explains many pictures into tables: runs that go on where they were interrupted.

A name is imported when it is asked for first, so that planning and reading runs need no torch.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from camviewer.engine.batch.configuration import RunSettings
    from camviewer.engine.batch.exports.coco_results import CocoExport, export_coco
    from camviewer.engine.batch.exports.fiftyone_dataset import FiftyOneExport, export_fiftyone
    from camviewer.engine.batch.exports.overlays import ExportFailure, export_overlays
    from camviewer.engine.batch.exports.tables import export_boxes, export_csv
    from camviewer.engine.batch.measuring import measures_of
    from camviewer.engine.batch.report.page import write_report
    from camviewer.engine.batch.run import Run, RunStatus, open_run
    from camviewer.engine.batch.run_loop import RunOutcome, batch
    from camviewer.engine.results.run_events import RunProgress

__all__ = [
    "CocoExport",
    "ExportFailure",
    "FiftyOneExport",
    "Run",
    "RunOutcome",
    "RunProgress",
    "RunSettings",
    "RunStatus",
    "batch",
    "export_boxes",
    "export_coco",
    "export_csv",
    "export_fiftyone",
    "export_overlays",
    "measures_of",
    "open_run",
    "write_report",
]

_ROOM = "camviewer.engine.batch"
_PLACES = {
    "CocoExport": f"{_ROOM}.exports.coco_results",
    "ExportFailure": f"{_ROOM}.exports.overlays",
    "FiftyOneExport": f"{_ROOM}.exports.fiftyone_dataset",
    "Run": f"{_ROOM}.run",
    "RunOutcome": f"{_ROOM}.run_loop",
    "RunProgress": "camviewer.engine.results.run_events",
    "RunSettings": f"{_ROOM}.configuration",
    "RunStatus": f"{_ROOM}.run",
    "batch": f"{_ROOM}.run_loop",
    "export_boxes": f"{_ROOM}.exports.tables",
    "export_coco": f"{_ROOM}.exports.coco_results",
    "export_csv": f"{_ROOM}.exports.tables",
    "export_fiftyone": f"{_ROOM}.exports.fiftyone_dataset",
    "export_overlays": f"{_ROOM}.exports.overlays",
    "measures_of": f"{_ROOM}.measuring",
    "open_run": f"{_ROOM}.run",
    "write_report": f"{_ROOM}.report.page",
}


def __getattr__(name: str) -> object:
    place = _PLACES.get(name)
    if place is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(place), name)
