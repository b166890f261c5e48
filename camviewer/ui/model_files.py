"""Which files are models, by their ending."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

EMBEDDED = "efficientnet-lite0"
"""The id of the model that comes with the program."""

PACK_SUFFIX = ".camviewer"
MODEL_SUFFIXES = (".pth", ".pt", ".safetensors", ".ckpt", ".bin", PACK_SUFFIX)


def model_among(paths: Sequence[Path]) -> Path | None:
    """The first model of what was dropped; None when all else are pictures."""
    return next((path for path in paths if path.suffix.lower() in MODEL_SUFFIXES), None)
