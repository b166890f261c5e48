"""Puts what reviewers said of pictures beside the rows of their run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from camviewer.engine.assessments import Assessment, AssessmentStore, PictureKey
from camviewer.engine.batch.addresses import is_remote

_KEY = ("id", "sha256")
_COLUMNS: dict[str, Any] = {
    "judgement": pl.String(),
    "tags": pl.List(pl.String()),
    "note": pl.String(),
    "reviewer": pl.String(),
    "changed_at": pl.String(),
}
_SCHEMA: dict[str, Any] = {**dict.fromkeys(_KEY, pl.String()), **_COLUMNS}


def assessment_table(run: Path) -> pl.DataFrame:
    """What is said of a run's pictures; a run at an address has nothing of it.

    Raises:
        CamviewerError: it cannot be read.
    """
    return table_of({} if is_remote(run) else AssessmentStore(run).read())


def table_of(said: Mapping[PictureKey, Assessment]) -> pl.DataFrame:
    """Assessments as a table, a row for each picture; what is not said is null."""
    rows = [
        (*key, one.judgement, one.tags or None, one.note or None, one.reviewer or None,
         one.changed_at)
        for key, one in said.items()
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def with_assessments(rows: pl.DataFrame, said: pl.DataFrame) -> pl.DataFrame:
    """Rows with what is said of their pictures behind them; their order stays.

    Args:
        rows: with ``id`` and ``sha256``.
        said: as ``Run.assessments`` gives it.
    """
    # The file of a picture that could not be read has no hash, and nulls match nothing.
    hashed = rows.with_columns(_sha256=pl.col("sha256").fill_null(""))
    joined = hashed.join(
        said,
        left_on=["id", "_sha256"],
        right_on=list(_KEY),
        how="left",
        maintain_order="left",
    )
    return joined.drop("_sha256")


def assessed_columns(said: pl.DataFrame) -> list[str]:
    """The columns that a CSV has of it: the reviewer only where somebody signed."""
    signed = said["reviewer"].null_count() < said.height
    return ["judgement", "tags", "note", *(["reviewer"] if signed else [])]


def in_words(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows whose tags stand in one cell, with commas between them."""
    return rows.with_columns(pl.col("tags").list.join(", "))
