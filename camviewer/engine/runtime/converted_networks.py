"""Stores converted networks on disk, by weights, layer and version of OpenVINO."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from camviewer.engine.runtime.openvino import NETWORK_FILE, version

_log = logging.getLogger(__name__)

_FORMAT = 2
"""Version of the stored files; grows when their content changes."""
_KEPT_BYTES = 4_000_000_000
"""Maximum size of all converted networks, in bytes; the least recently used ones are removed
first."""


class ConvertedNetworks:
    """The folder of converted networks of one model.

    Args:
        folder: folder of all models; it may not exist yet.
        weights_sha256: hash of the weights that the networks belong to.
    """

    def __init__(self, folder: Path, weights_sha256: str) -> None:
        self._folder = folder
        self._weights_sha256 = weights_sha256

    def find(self, layer: str) -> Path | None:
        """Folder of the network with this layer as output; None when it is not converted yet."""
        place = self._place(layer)
        if not (place / NETWORK_FILE).is_file():
            return None
        try:
            os.utime(place)  # used lately
        except OSError:
            _log.info("a kept network could not be marked as used: %s", place)
        return place

    def make(self, layer: str, write: Callable[[Path], None]) -> Path:
        """Calls ``write`` to fill a folder, which is stored completely or not at all.

        Raises:
            OSError: the disk is full or may not be written.
        """
        place = self._place(layer)
        self._folder.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix="draft-", dir=self._folder))
        try:
            write(draft)
            self.forget(layer)
            draft.replace(place)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        self._make_room(place)
        return place

    def forget(self, layer: str) -> None:
        """Removes a network that cannot be read."""
        shutil.rmtree(self._place(layer), ignore_errors=True)

    def _place(self, layer: str) -> Path:
        identity = (self._weights_sha256, layer, version(), str(_FORMAT))
        return self._folder / hashlib.sha256("\n".join(identity).encode()).hexdigest()[:32]

    def _make_room(self, newest: Path) -> None:
        entries = [path for path in self._folder.iterdir() if path.is_dir() and path != newest]
        entries.sort(key=lambda path: path.stat().st_mtime, reverse=True)
        left = _KEPT_BYTES - _size(newest)
        for entry in entries:
            left -= _size(entry)
            if left < 0:
                shutil.rmtree(entry, ignore_errors=True)


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir() if file.is_file())
