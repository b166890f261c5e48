"""Where the bytes of the program's folder go."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

_SHOWN = 24


def report(folder: Path) -> str:
    """A table by library, largest first; links count nothing."""
    sizes: Counter[str] = Counter()
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            sizes[_library(path.relative_to(folder))] += path.stat().st_size
    rows = sizes.most_common(_SHOWN)
    rest = sum(sizes.values()) - sum(size for _, size in rows)
    lines = [f"{_mb(size)}  {library}" for library, size in [*rows, ("all others", rest)]]
    return "\n".join([f"{folder.name}: {sum(sizes.values()) / 1e9:.2f} GB", *lines])


def _library(place: Path) -> str:
    parts = place.parts
    if parts[0] != "lib":
        return "program and its Python modules" if place.name.startswith("camviewer") else "papers"
    if len(parts) == 2:
        return "Python and libraries of the system"
    if parts[1] in {"nvidia", "torch"}:
        return "/".join(parts[1:3]) if parts[2] in {"lib", "cu13", "cudnn"} else parts[1]
    return parts[1].removesuffix(".libs")


def _mb(size: int) -> str:
    return f"{size / 1e6:7.1f} MB"
