"""Saves chosen rows: their overlays, drawn from the stored maps, or a table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from pathlib import Path

from camviewer.engine.batch.durable_files import make_folder
from camviewer.engine.batch.exports.overlays import ExportFailure, draw_overlay
from camviewer.engine.batch.exports.tables import export_csv
from camviewer.engine.picture.eye_choice import EyeChoice
from camviewer.engine.render.look import Look
from camviewer.engine.review.run_table import RunTable
from camviewer.engine.review.stored_maps import StoredMaps


def export_rows(
    table: RunTable,
    maps: StoredMaps,
    numbers: Sequence[int],
    within: Path,
    look: Look,
    *,
    eye: EyeChoice | None = None,
) -> tuple[Path, tuple[ExportFailure, ...]]:
    """Draws the overlays of rows into a new folder, at the pictures' full resolution.

    Args:
        table: the run's rows.
        maps: the run's maps.
        numbers: of the rows.
        within: where the new folder is made.
        look: how they are drawn.
        eye: which values are seen from black to white; as pictures are opened when None.

    Returns:
        The folder, and what could not be drawn.

    Raises:
        CamviewerError: it cannot be written.
    """
    folder = _new_folder(within, f"{table.run.path.resolve().name} overlays")
    make_folder(folder)
    failures = []
    for number in numbers:
        row = maps.with_map(table, table.row(number))
        failures.append(draw_overlay(table.run, row, folder, look, eye))
    return folder, tuple(failure for failure in failures if failure is not None)


def export_rows_csv(table: RunTable, numbers: Sequence[int], file: Path) -> int:
    """Writes all rows of the pictures of these rows as a CSV, in the place of one that is there.

    Args:
        table: the run's rows.
        numbers: of the rows.
        file: the CSV; whoever chose the name was asked about replacing it.

    Returns:
        How many rows there are.

    Raises:
        CamviewerError: it cannot be written.
    """
    chosen = table.rows[list(numbers)]
    shards = {table.shards[number] for number in chosen["shard"].unique()}
    pictures = chosen["id"].unique().to_list()
    return export_csv(table.run, file, pictures=pictures, shards=shards, overwrite=True)


def _new_folder(within: Path, name: str) -> Path:
    """A folder that is not there yet, so that nothing is overwritten."""
    if not (within / name).exists():
        return within / name
    return next(path for n in count(2) if not (path := within / f"{name} {n}").exists())
