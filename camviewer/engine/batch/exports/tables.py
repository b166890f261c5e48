"""Writes CSV files of a run: all rows without the maps, or the boxes alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

import polars as pl

from camviewer.engine.batch.assessed_rows import assessed_columns, in_words, with_assessments
from camviewer.engine.batch.columns import SCHEMA
from camviewer.engine.batch.durable_files import make_folder, write_pieces
from camviewer.engine.batch.run import Run
from camviewer.engine.errors import CamviewerError

_BOX = ("box_left", "box_top", "box_right", "box_bottom")
_OF_A_BOX = (
    "id",
    "path",
    "width",
    "height",
    "truth",
    "class",
    "class_index",
    "target",
    "rank",
    "probability",
    *_BOX,
    "class_objects",
    "box_iou",
)


def export_csv(
    run: Run,
    file: Path,
    *,
    pictures: Collection[str] | None = None,
    shards: Collection[str] | None = None,
    overwrite: bool = False,
) -> int:
    """Writes rows as a CSV in UTF-8, without lists (the raw maps, features, objects' boxes).

    What reviewers said follows in columns of its own, where they said anything of the run.

    Args:
        run: the run.
        file: the CSV.
        pictures: ids of those that are written; all when None.
        shards: names of those that have them; all that are done when None.
        overwrite: replace a file that is there.

    Returns:
        How many rows there are.

    Raises:
        CamviewerError: the file is there already, or cannot be written.
    """
    require_new(file, overwrite=overwrite)
    said = run.assessments()
    columns = [name for name, kind in SCHEMA.items() if not isinstance(kind, pl.List)]
    tables = run.tables(*columns, shards=shards)
    if pictures is not None:
        wanted = pl.Series(pictures, dtype=pl.String).implode()
        tables = (table.filter(pl.col("id").is_in(wanted)) for table in tables)
    if said.height:
        tables = (in_words(with_assessments(table, said)) for table in tables)
        columns += assessed_columns(said)
    return _written(file, columns, tables, overwrite=overwrite)


def export_boxes(run: Run, file: Path, *, overwrite: bool = False) -> int:
    """Writes the box around the evidence of each map as a CSV in UTF-8, in source pixels.

    Returns:
        How many boxes there are.

    Raises:
        CamviewerError: the file is there already, or cannot be written.
    """
    tables = (table.filter(pl.col(_BOX[0]).is_not_null()) for table in run.tables())
    return _written(file, _OF_A_BOX, tables, overwrite=overwrite)


def require_new(file: Path, *, overwrite: bool) -> None:
    """Makes the folder of a file that is to be written.

    Raises:
        CamviewerError: the file is there already, or its folder cannot be made.
    """
    if file.exists() and not overwrite:
        raise CamviewerError(f"{file} is there already.", "Choose another name, or --overwrite.")
    make_folder(file.absolute().parent)


def _written(
    file: Path, columns: Sequence[str], tables: Iterable[pl.DataFrame], *, overwrite: bool
) -> int:
    require_new(file, overwrite=overwrite)
    count = 0

    def pieces() -> Iterator[bytes]:
        nonlocal count
        header = pl.DataFrame(schema=dict.fromkeys(columns, pl.String()))
        yield header.write_csv().encode("utf-8")
        for table in tables:
            count += table.height
            yield table.select(columns).write_csv(include_header=False).encode("utf-8")

    write_pieces(file, pieces())
    return count
