"""Where the bytes of the program's folder go, and whether they are too many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

_SHOWN = 24
_MOST_BYTES = 1_000_000_000
"""Maximum size of an unpacked folder without CUDA, in bytes; because people download it to
ordinary computers."""


def report(folder: Path) -> str:
    """A table by library, largest first; links count nothing."""
    sizes: Counter[str] = Counter()
    for path in _files(folder):
        sizes[_library(path.relative_to(folder))] += path.stat().st_size
    rows = sizes.most_common(_SHOWN)
    rest = sum(sizes.values()) - sum(size for _, size in rows)
    lines = [f"{_mb(size)}  {library}" for library, size in [*rows, ("all others", rest)]]
    return "\n".join([f"{folder.name}: {_gb(sum(sizes.values()))}", *lines])


def too_large(folder: Path, most_bytes: int = _MOST_BYTES) -> str:
    """A sentence when a folder without CUDA has more bytes than it may; else empty."""
    size = sum(path.stat().st_size for path in _files(folder))
    if size <= most_bytes:
        return ""
    return f"{folder.name} has {_gb(size)} and may have {_gb(most_bytes)}: leave something out."


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


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


def _gb(size: int) -> str:
    return f"{size / 1e9:.2f} GB"
