"""Libraries of the system that came along with something that stays out.

PyInstaller collects what a library needs before it is known which ones go in: with a theme of Qt's
that stays out come GTK, Cairo and twenty others.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from contents import Entry

_ALWAYS = ("libpython3*",)
"""What the loader of the program opens by its name."""


def without_leftovers(entries: Sequence[Entry]) -> list[Entry]:
    """The entries without the libraries beside the program's folders that no other one names."""
    if shutil.which("readelf") is None:
        return list(entries)
    loose = {place: entry for entry in entries if _is_loose(place := entry[0], entry[2])}
    used = {place for place in loose if any(fnmatchcase(place, each) for each in _ALWAYS)}
    fresh = [Path(source) for place, source, kind in entries if _is_code(place, kind, loose, used)]
    while fresh:
        named = {name for library in fresh for name in needed_by(library)}
        found = {name for name in named if name in loose and name not in used}
        used |= found
        fresh = [Path(loose[name][1]) for name in sorted(found)]
    return [entry for entry in entries if entry[0] not in loose or entry[0] in used]


def needed_by(library: Path) -> list[str]:
    """The names of the libraries that the loader opens with this one."""
    done = subprocess.run(
        ["readelf", "-d", str(library)], capture_output=True, text=True, check=True
    )
    lines = (line for line in done.stdout.splitlines() if "(NEEDED)" in line)
    return [line.partition("[")[2].partition("]")[0] for line in lines]


def _is_loose(place: str, kind: str) -> bool:
    return kind == "BINARY" and "/" not in place


def _is_code(place: str, kind: str, loose: dict[str, Entry], used: set[str]) -> bool:
    return kind in {"BINARY", "EXTENSION"} and (place not in loose or place in used)
