"""Explains many pictures into tables: runs that go on where they were interrupted."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.batch.addresses import is_address
    from camviewer.engine.batch.assessed_rows import with_assessments
    from camviewer.engine.batch.columns import COLUMNS, ROWS_VERSION, SCHEMA
    from camviewer.engine.batch.comparison.run_comparison import RunComparison, compare_runs
    from camviewer.engine.batch.configuration import (
        RunConfiguration,
        RunSettings,
        settings_of,
        settings_record,
    )
    from camviewer.engine.batch.exports.coco_results import CocoExport, export_coco
    from camviewer.engine.batch.exports.comparison_table import export_comparison
    from camviewer.engine.batch.exports.fiftyone_dataset import FiftyOneExport, export_fiftyone
    from camviewer.engine.batch.exports.overlays import ExportFailure, export_overlays
    from camviewer.engine.batch.exports.tables import export_boxes, export_csv
    from camviewer.engine.batch.measuring import measures_of
    from camviewer.engine.batch.report.page import write_report
    from camviewer.engine.batch.run import Run, RunStatus, open_run
    from camviewer.engine.batch.run_creation import absolute_sources, require_sensible
    from camviewer.engine.batch.run_folder import (
        RunFolder,
        Shard,
        begin,
        is_begun,
        shards_with_failures,
    )
    from camviewer.engine.batch.run_loop import RunOutcome, available_processors, batch, open_work
    from camviewer.engine.batch.shard_claims import Claims
    from camviewer.engine.batch.shard_work import Worker
    from camviewer.engine.batch.sources import list_pictures
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "addresses": ["is_address"],
            "assessed_rows": ["with_assessments"],
            "columns": ["COLUMNS", "ROWS_VERSION", "SCHEMA"],
            "comparison.run_comparison": ["RunComparison", "compare_runs"],
            "configuration": ["RunConfiguration", "RunSettings", "settings_of", "settings_record"],
            "exports.coco_results": ["CocoExport", "export_coco"],
            "exports.comparison_table": ["export_comparison"],
            "exports.fiftyone_dataset": ["FiftyOneExport", "export_fiftyone"],
            "exports.overlays": ["ExportFailure", "export_overlays"],
            "exports.tables": ["export_boxes", "export_csv"],
            "measuring": ["measures_of"],
            "report.page": ["write_report"],
            "run": ["Run", "RunStatus", "open_run"],
            "run_creation": ["absolute_sources", "require_sensible"],
            "run_folder": ["RunFolder", "Shard", "begin", "is_begun", "shards_with_failures"],
            "run_loop": ["RunOutcome", "available_processors", "batch", "open_work"],
            "shard_claims": ["Claims"],
            "shard_work": ["Worker"],
            "sources": ["list_pictures"],
        },
    )

__all__ = [
    "COLUMNS",
    "ROWS_VERSION",
    "SCHEMA",
    "Claims",
    "CocoExport",
    "ExportFailure",
    "FiftyOneExport",
    "Run",
    "RunComparison",
    "RunConfiguration",
    "RunFolder",
    "RunOutcome",
    "RunSettings",
    "RunStatus",
    "Shard",
    "Worker",
    "absolute_sources",
    "available_processors",
    "batch",
    "begin",
    "compare_runs",
    "export_boxes",
    "export_coco",
    "export_comparison",
    "export_csv",
    "export_fiftyone",
    "export_overlays",
    "is_address",
    "is_begun",
    "list_pictures",
    "measures_of",
    "open_run",
    "open_work",
    "require_sensible",
    "settings_of",
    "settings_record",
    "shards_with_failures",
    "with_assessments",
    "write_report",
]
