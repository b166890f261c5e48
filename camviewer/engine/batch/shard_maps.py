"""Reads the stored maps of whole shards, and keeps those that were read last."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from camviewer.engine.batch.run import Run

_KEPT_BYTES = 192 << 20
"""Maximum size of the maps that are kept, in bytes: those of 900,000 pictures with 7 x 7 cells."""


class ShardMaps:
    """The maps of a run's shards, for any thread.

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

    def of(self, shard: str, after_reading: Callable[[], object] = lambda: None) -> pl.Series:
        """The maps of a shard's rows: a list of float32 for each, row by row, or null.

        Args:
            shard: its name.
            after_reading: called when they were read anew; what it raises keeps them out.

        Raises:
            CamviewerError: the shard is damaged or gone.
        """
        with self._lock:
            maps = self._kept.get(shard)
            if maps is None:
                maps = self._run.collected(self._run.folder.scan_shard(shard).select("map"))["map"]
                after_reading()
                self._keep(shard, maps)
            self._kept.move_to_end(shard)
            return maps

    def _keep(self, shard: str, maps: pl.Series) -> None:
        self._kept[shard] = maps
        self._bytes += int(maps.estimated_size())
        while self._bytes > self._limit and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= int(dropped.estimated_size())
