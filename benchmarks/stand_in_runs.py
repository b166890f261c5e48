"""Makes runs without a network: their configuration, and tables that have every column."""

from __future__ import annotations

import polars as pl

from camviewer.engine.batch import ROWS_VERSION, SCHEMA, RunConfiguration

STAND_IN = RunConfiguration(
    rows_version=ROWS_VERSION,
    model="stand-in",
    weights_sha256="",
    recipe="{}",
    method="cam",
    layer="",
    score="logit",
    options="{}",
    placement="crop",
    detail=1.0,
    offset=None,
    classes="top1",
    truth="none",
    objects="none",
    measures="",
    features=False,
    logits=False,
    shard_size=1000,
)
"""The configuration of a run for a model that is none."""


def with_all_columns(table: pl.DataFrame) -> pl.DataFrame:
    """Rows as a run has them; columns that the table lacks are empty."""
    missing = [pl.lit(None).alias(name) for name in SCHEMA if name not in table.columns]
    return table.with_columns(missing).select(*SCHEMA).cast(SCHEMA)
