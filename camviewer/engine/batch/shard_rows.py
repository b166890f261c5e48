"""Collects the rows of a shard while its pictures are under way."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic

import polars as pl

from camviewer.engine.batch.rows import Row
from camviewer.engine.batch.run_folder import Shard, table_of

_ROWS_OF_A_TABLE = 256
"""Rows that become a table before all are there; because a row takes less memory in a table."""


@dataclass
class ShardAtWork:
    """A shard whose pictures are under way.

    Attributes:
        shard: the shard.
        left: pictures whose rows are still to come.
        failed: those with rows that could not be explained.
        began: when it was begun, by ``monotonic``.
    """

    shard: Shard
    left: int = 0
    failed: int = 0
    began: float = field(default_factory=monotonic)
    _rows: list[Row] = field(default_factory=list)
    _tables: list[pl.DataFrame] = field(default_factory=list)

    def add(self, rows: list[Row]) -> None:
        """Takes a picture's rows."""
        self._rows += rows
        if len(self._rows) >= _ROWS_OF_A_TABLE:
            self._tables.append(table_of(self._rows))
            self._rows = []

    def table(self) -> pl.DataFrame:
        """All rows so far."""
        return pl.concat([*self._tables, table_of(self._rows)], rechunk=True)
