"""Which files are models, by their ending."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

EMBEDDED = "efficientnet-lite0"
"""The id of the model that comes with the program."""

PACK_SUFFIX = ".camviewer"
MODEL_SUFFIXES = (".pth", ".pt", ".safetensors", ".ckpt", ".bin", PACK_SUFFIX)


def told_apart(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Models, and all else, of what was dropped."""
    models = [path for path in paths if path.suffix.lower() in MODEL_SUFFIXES]
    return models, [path for path in paths if path not in models]
