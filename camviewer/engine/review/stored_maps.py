"""Reads the stored maps of single rows, and keeps those that were read last."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from camviewer.engine.batch.run import Run
from camviewer.engine.results.heatmap import Heatmap
from camviewer.engine.review.run_table import RunTable

_KEPT_BYTES = 192 << 20
"""Maximum size of the maps that are kept, in bytes: those of 900,000 pictures with 7 x 7 cells."""


class StoredMaps:
    """The maps of a run, for any thread.

    Args:
        run: has them on the disk.
        kept_bytes: how much of them is kept in memory.
    """

    def __init__(self, run: Run, kept_bytes: int = _KEPT_BYTES) -> None:
        self._run = run
        self._limit = kept_bytes
        self._kept: OrderedDict[str, pl.Series] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    @property
    def kept_bytes(self) -> int:
        """Size of what is kept."""
        return self._bytes

    def values(self, table: RunTable, row: Mapping[str, Any]) -> NDArray[np.float32]:
        """float32 (cells,): the map of a row of a table, row by row.

        Raises:
            CamviewerError: the shard is damaged, gone, or was made again.
        """
        shard = table.shards[row["shard"]]
        with self._lock:
            maps = self._kept.get(shard)
            if maps is None:
                maps = self._read(shard)
                table.require_as_read(row["shard"])
                self._keep(shard, maps)
            self._kept.move_to_end(shard)
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

    def _read(self, shard: str) -> pl.Series:
        return self._run.collected(self._run.folder.scan_shard(shard).select("map"))["map"]

    def _keep(self, shard: str, maps: pl.Series) -> None:
        self._kept[shard] = maps
        self._bytes += int(maps.estimated_size())
        while self._bytes > self._limit and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= int(dropped.estimated_size())
