"""Small pictures, and runs over them with the embedded model."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
from PIL import Image


def write_picture(path: Path, seed: int, size: tuple[int, int] = (40, 30)) -> Path:
    """A small JPEG (width, height) of coloured patches; the same for the same seed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    patches = np.random.default_rng(seed).integers(0, 256, (3, 4, 3), dtype=np.uint8)
    Image.fromarray(patches).resize(size, Image.Resampling.BICUBIC).save(path, "JPEG")
    return path


def shard_hashes(run: Path) -> dict[str, str]:
    """SHA-256 of each shard's file, by name: equal for runs that are equal byte for byte."""
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted((run / "shards").iterdir())
    }
