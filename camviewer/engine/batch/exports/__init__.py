"""Writes what other programs read of a run: tables, COCO results, FiftyOne datasets, overlays."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.batch.exports.tables import require_new
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "tables": ["require_new"],
        },
    )

__all__ = [
    "require_new",
]
