"""Stores measured offsets of grids on disk, because each measurement takes seconds."""

from __future__ import annotations

import json
import logging
import math
import os
import tempfile
from pathlib import Path
from typing import Any

from camviewer.engine.errors import CamviewerError
from camviewer.engine.support.resources import resource

_log = logging.getLogger(__name__)

VERSION = 2
"""Version of the measurement; offsets of an earlier version are measured again."""


class OffsetStore:
    """The offsets of one model's layers: those shipped with it, and those measured since.

    Layers that cannot be measured are stored with the reason, which saves further attempts.

    Args:
        weights_sha256: hash of the weights that the offsets belong to.
        folder: where measured offsets are kept; None keeps them for this run only.
        shipped: the embedded model's id, whose offsets come with the program.
    """

    def __init__(
        self, weights_sha256: str, folder: Path | None = None, shipped: str | None = None
    ) -> None:
        self._weights_sha256 = weights_sha256
        self._file = None if folder is None else folder / f"{weights_sha256[:32]}.json"
        self._offsets: dict[str, tuple[float, float]] = {}
        self._refusals: dict[str, str] = {}
        self._only_now: set[str] = set()
        if shipped is not None:
            self._read_shipped(shipped)
        if self._file is not None and self._file.is_file():
            self._read(self._file)

    def get(self, layer: str) -> tuple[float, float] | None:
        """(x, y) in input pixels; None when it has not been measured."""
        return self._offsets.get(layer)

    def refusal(self, layer: str) -> str:
        """Why a layer's offset cannot be measured; empty when it can be or is not known yet."""
        return self._refusals.get(layer, "")

    def put(self, layer: str, offset: tuple[float, float]) -> None:
        """Stores an offset; a folder that cannot be written only costs a new measurement."""
        self._offsets[layer] = offset
        self._refusals.pop(layer, None)
        self._keep()

    def refuse(self, layer: str, why: str, *, lasting: bool) -> None:
        """Stores that a layer cannot be measured; only for this run unless ``lasting``."""
        self.forget(layer)
        self._refusals[layer] = why
        if lasting:
            self._keep()
        else:
            self._only_now.add(layer)

    def forget(self, layer: str) -> None:
        """Drops an implausible offset, which is then measured again."""
        self._offsets.pop(layer, None)

    def _keep(self) -> None:
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
            if content.get("version") != VERSION:
                _log.info("offsets in %s were measured in an earlier way", path)
                return
            refusals = {str(layer): str(why) for layer, why in content.get("refused", {}).items()}
            offsets = {str(layer): _offset(kept) for layer, kept in content["offsets"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            _log.warning("offsets in %s were ignored: %s", path, error)
            return
        self._refusals |= refusals
        for layer, offset in offsets.items():
            if offset is None:
                _log.warning("the offset of %s in %s was ignored: it is none", layer, path)
            else:
                self._offsets[layer] = offset

    def _write(self, path: Path) -> None:
        lasting = self._refusals.keys() - self._only_now
        content = {
            "weights_sha256": self._weights_sha256,
            "version": VERSION,
            "unit": "input pixels, x to the right and y downwards",
            "offsets": {layer: list(offset) for layer, offset in sorted(self._offsets.items())},
            "refused": {layer: self._refusals[layer] for layer in sorted(lasting)},
        }
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file, indent=1)
        Path(name).replace(path)


def _offset(kept: Any) -> tuple[float, float] | None:
    """(x, y) of an entry in the file; None when it is no pair of finite numbers."""
    try:
        x, y = (float(value) for value in kept)
    except (ValueError, TypeError, OverflowError):
        return None
    return (x, y) if math.isfinite(x) and math.isfinite(y) else None
