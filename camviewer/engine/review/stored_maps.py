"""Reads the stored maps of single rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.batch.run import Run
from camviewer.engine.batch.shard_maps import ShardMaps
from camviewer.engine.results.heatmap import Heatmap
from camviewer.engine.review.run_table import RunTable


class StoredMaps:
    """The maps of a run, for any thread; those that were read last are kept in memory.

    Args:
        run: has them on the disk.
        kept_bytes: how much of them is kept; as ``ShardMaps`` has it when None.
    """

    def __init__(self, run: Run, kept_bytes: int | None = None) -> None:
        self._run = run
        self._shards = ShardMaps(run) if kept_bytes is None else ShardMaps(run, kept_bytes)

    @property
    def kept_bytes(self) -> int:
        """Size of what is kept."""
        return self._shards.kept_bytes

    def values(self, table: RunTable, row: Mapping[str, Any]) -> NDArray[np.float32]:
        """float32 (cells,): the map of a row of a table, row by row.

        Raises:
            CamviewerError: the shard is damaged, gone, or was made again.
        """
        shard = row["shard"]
        maps = self._shards.of(table.shards[shard], lambda: table.require_as_read(shard))
        found = maps[row["place"]]
        return np.zeros(0, np.float32) if found is None else found.to_numpy()

    def with_map(self, table: RunTable, row: Mapping[str, Any]) -> Mapping[str, Any]:
        """A row of a table with its map, as ``Run`` has it: None where there is an error instead.

        Raises:
            CamviewerError: the shard is damaged, gone, or was made again.
        """
        return {**row, "map": None if row["error"] else self.values(table, row)}

    def heatmap(self, table: RunTable, row: Mapping[str, Any]) -> Heatmap:
        """The map of a row of a table, lying where it lay.

        Raises:
            CamviewerError: the row has no map, or its shard is damaged, gone, or was made again.
        """
        return self._run.heatmap(self.with_map(table, row))
