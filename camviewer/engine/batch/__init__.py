"""Explains many pictures into tables: runs that go on where they were interrupted."""

from camviewer.engine.batch.configuration import RunSettings
from camviewer.engine.batch.exports.coco_results import CocoExport, export_coco
from camviewer.engine.batch.exports.fiftyone_dataset import FiftyOneExport, export_fiftyone
from camviewer.engine.batch.exports.overlays import ExportFailure, export_overlays
from camviewer.engine.batch.exports.tables import export_boxes, export_csv
from camviewer.engine.batch.measuring import measures_of
from camviewer.engine.batch.report.page import write_report
from camviewer.engine.batch.run import Run, RunStatus, open_run
from camviewer.engine.batch.running import RunOutcome, batch
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
