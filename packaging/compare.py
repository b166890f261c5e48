"""Tells whether two builds are the same: ``compare.py FIRST SECOND``, each a folder or a file.

Prints what differs; the exit code is 0 when nothing does.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__)
        return 2
    first, second = Path(sys.argv[1]), Path(sys.argv[2])
    there, here = contents(first), contents(second)
    found = differences(there, here)
    print("\n".join(found) or f"No difference ({len(here)} compared)")
    return 1 if found else 0


def contents(place: Path) -> dict[str, str]:
    """What everything in a folder is, by its place there: a link's target, or rights and hash."""
    if place.is_file():
        return {"": _file(place)}
    if not place.is_dir():
        raise SystemExit(f"There is no {place}")
    paths = (path for path in sorted(place.rglob("*")) if path.is_symlink() or path.is_file())
    return {path.relative_to(place).as_posix(): _what(path) for path in paths}


def differences(first: dict[str, str], second: dict[str, str]) -> list[str]:
    """One line for each place that is not the same in both."""
    return [
        f"{place or 'the file'}: {first.get(place, 'not there')} | {second.get(place, 'not there')}"
        for place in sorted(first.keys() | second.keys())
        if first.get(place) != second.get(place)
    ]


def _what(path: Path) -> str:
    return f"link to {path.readlink()}" if path.is_symlink() else _file(path)


def _file(path: Path) -> str:
    status = path.stat()
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    runs = "program" if status.st_mode & 0o100 else "file"
    return f"{runs}, {status.st_size} bytes, SHA-256 {digest[:16]}"


if __name__ == "__main__":
    sys.exit(main())
