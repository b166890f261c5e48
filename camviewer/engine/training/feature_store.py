"""Caches features of pictures on disk, which makes an epoch take seconds.

A store is a folder with pairs of files: ``name.npy``, a memory-mapped array with one row per
picture, and ``name.json`` with the SHA-256 of the rows' pictures. Pairs are written under temporary
names, renamed, and never changed. A crash therefore loses only rows that were not written yet, and
two programs can fill the same store at once.
"""

from __future__ import annotations

import json
import logging
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.support.folders import cache_folder

_log = logging.getLogger(__name__)

_MOST_BYTES = 8_000_000_000
Features = NDArray[np.float32] | NDArray[np.float16]


def feature_stores_folder() -> Path:
    """The folder of all stores; it may not exist yet."""
    return cache_folder() / "features"


class FeatureStore:
    """The rows of one store.

    Args:
        folder: of the store.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rows: dict[str, Features] = {}
        folder.mkdir(parents=True, exist_ok=True)
        for names in sorted(folder.glob("*.json")):
            self._read(names)

    def __contains__(self, picture: str) -> bool:
        return picture in self._rows

    def row(self, picture: str) -> Features:
        """The features of the picture with this SHA-256."""
        return self._rows[picture]

    def put(self, rows: Mapping[str, Features]) -> None:
        """Stores the features of pictures, all of one shape.

        Raises:
            OSError: the disk is full, or the system does not allow it.
        """
        if not rows:
            return
        stem = secrets.token_hex(8)
        beside = self._folder / f"{stem}.tmp"
        try:
            with beside.open("wb") as file:
                _write(np.stack(list(rows.values())), file)
            beside.replace(self._folder / f"{stem}.npy")
            beside.write_text(json.dumps(list(rows)), encoding="utf-8")
            beside.replace(self._folder / f"{stem}.json")
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        self._read(self._folder / f"{stem}.json")

    def _read(self, names: Path) -> None:
        try:
            pictures = json.loads(names.read_text(encoding="utf-8"))
            rows = np.load(names.with_suffix(".npy"), mmap_mode="r")
            if len(rows) != len(pictures):
                raise ValueError("rows and names differ in number")
        except (OSError, ValueError, EOFError) as error:
            _log.warning("features in %s were ignored: %s", names, error)
            return
        self._rows.update(zip(pictures, rows, strict=True))


def _write(array: NDArray[np.generic], file: IO[bytes]) -> None:
    """Writes like ``np.save``, whose errors do not say that the disk is full."""
    header = np.lib.format.header_data_from_array_1_0(array)
    np.lib.format.write_array_header_1_0(file, header)
    file.write(array.tobytes())


def make_room(but: Path) -> None:
    """Removes the least recently used stores until all take a few gigabytes at most.

    Args:
        but: the store in use, which stays.
    """
    try:
        stores = sorted(
            (path for path in but.parent.iterdir() if path.is_dir() and path != but),
            key=lambda path: path.stat().st_mtime,
        )
        sizes = {path: _size(path) for path in (*stores, but) if path.exists()}
    except OSError:
        return
    held = sum(sizes.values())
    for store in stores:
        if held <= _MOST_BYTES:
            return
        shutil.rmtree(store, ignore_errors=True)
        held -= sizes[store]


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
