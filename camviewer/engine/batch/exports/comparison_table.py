"""Writes two runs side by side as a CSV."""

from __future__ import annotations

from pathlib import Path

from camviewer.engine.batch.comparison.run_comparison import RunComparison
from camviewer.engine.batch.durable_files import write_whole
from camviewer.engine.batch.exports.tables import require_new


def export_comparison(compared: RunComparison, file: Path, *, overwrite: bool = False) -> None:
    """Writes ``RunComparison.table`` as a CSV in UTF-8.

    Raises:
        CamviewerError: the file is there already, or cannot be written.
    """
    require_new(file, overwrite=overwrite)
    write_whole(file, compared.table().write_csv().encode("utf-8"))
