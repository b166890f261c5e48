"""Keeps the distances between the maps of two runs on the disk, so that they are measured once."""

from __future__ import annotations

import hashlib
import io
import json
import os
from contextlib import suppress
from pathlib import Path

import polars as pl

from camviewer.engine.batch.addresses import modified
from camviewer.engine.batch.comparison.moved_evidence import MEASURES
from camviewer.engine.batch.comparison.pairing import Side
from camviewer.engine.batch.durable_files import make_folder, write_whole
from camviewer.engine.errors import CamviewerError
from camviewer.engine.support.folders import cache_folder

_VERSION = 1
"""Grows when another way of choosing or measuring maps gives other numbers."""

_MOST = 20
"""Maximum number of comparisons that are kept; 1.6 MB for 100,000 pictures."""


class KeptDistances:
    """Distances on the disk, by a hash of the two runs' shards.

    Args:
        folder: theirs alone; in the program's cache folder when None.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = cache_folder() / "comparisons" if folder is None else folder

    def key(self, first: Side, second: Side, wanted: int | None) -> str:
        """Identifies the maps of a comparison: shards that are made again have another time."""
        sides = [[side.run.record["configuration_sha256"], _written(side)]
                 for side in (first, second)]  # fmt: skip
        words = json.dumps([_VERSION, wanted, *sides])
        return hashlib.sha256(words.encode()).hexdigest()

    def get(self, key: str, count: int) -> pl.DataFrame | None:
        """The measures of so many pairs; None when they are not there, or damaged."""
        file = self._file(key)
        try:
            table = pl.read_parquet(io.BytesIO(file.read_bytes()))
            os.utime(file)
        except (OSError, pl.exceptions.PolarsError):
            return None
        fits = table.height == count and tuple(table.columns) == MEASURES
        return table if fits else None

    def put(self, key: str, measures: pl.DataFrame) -> None:
        """Keeps measures; a full disk, or one that must not be written, keeps none."""
        content = io.BytesIO()
        measures.write_parquet(content)
        with suppress(CamviewerError, OSError):
            make_folder(self._folder)
            write_whole(self._file(key), content.getvalue())
            files = sorted(self._folder.glob("*.parquet"), key=lambda file: file.stat().st_mtime)
            for file in files[:-_MOST]:
                file.unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        return self._folder / f"{key}.parquet"


def _written(side: Side) -> list[list[object]]:
    """Name and time of each shard that was read."""
    folder = side.run.folder
    return [[name, modified(folder.shard_file(name))] for name in side.shards]
