"""Measured grid offsets, kept with the model so that each is measured once."""

from __future__ import annotations

import json
import logging
import os
import tempfile
from pathlib import Path

from camviewer.engine.errors import CamviewerError
from camviewer.engine.resources import resource

_log = logging.getLogger(__name__)


class OffsetStore:
    """The offsets of one model's layers: those shipped with it, and those measured here.

    Args:
        weights_sha256: which weights the offsets belong to.
        folder: where measured offsets are kept; None keeps them for this run only.
        shipped: the embedded model's id, whose offsets come with the program.
    """

    def __init__(
        self, weights_sha256: str, folder: Path | None = None, shipped: str | None = None
    ) -> None:
        self._weights_sha256 = weights_sha256
        self._file = None if folder is None else folder / f"{weights_sha256[:32]}.json"
        self._offsets: dict[str, tuple[float, float]] = {}
        if shipped is not None:
            self._read_shipped(shipped)
        if self._file is not None and self._file.is_file():
            self._read(self._file)

    def get(self, layer: str) -> tuple[float, float] | None:
        """(x, y) in input pixels; None when it has not been measured."""
        return self._offsets.get(layer)

    def put(self, layer: str, offset: tuple[float, float]) -> None:
        """Keeps an offset; a folder that cannot be written only costs a new measurement."""
        self._offsets[layer] = offset
        if self._file is None:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._write(self._file)
        except OSError as error:
            _log.warning("measured offsets could not be kept in %s: %s", self._file, error)

    def _read_shipped(self, model: str) -> None:
        try:
            path = resource("models", model, "offsets.json")
        except CamviewerError:
            _log.warning("no offsets are shipped for %s", model)
            return
        self._read(path)

    def _read(self, path: Path) -> None:
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            if content["weights_sha256"] != self._weights_sha256:
                return
            for layer, (x, y) in content["offsets"].items():
                self._offsets[str(layer)] = (float(x), float(y))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            _log.warning("offsets in %s were ignored: %s", path, error)

    def _write(self, path: Path) -> None:
        content = {
            "weights_sha256": self._weights_sha256,
            "unit": "input pixels, x to the right and y downwards",
            "offsets": {layer: list(offset) for layer, offset in sorted(self._offsets.items())},
        }
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file, indent=1)
        Path(name).replace(path)
