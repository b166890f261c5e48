"""Puts lighter files in the place of heavy ones: stripped libraries, stand-ins, less of ICU."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import unicode_data
from contents import STRIPPED, Entry
from leftovers import without_leftovers
from stand_ins import can_be_made, make_stand_in, stand_in_for


def lightened(entries: Sequence[Entry], folder: Path) -> list[Entry]:
    """The entries that are used, some with another source, which is made in ``folder``.

    On systems other than Linux, and without a compiler, they stay as they are.
    """
    if not sys.platform.startswith("linux") or not can_be_made():
        return list(entries)
    users = [Path(source) for place, source, kind in entries if _may_name_others(place, kind)]
    return [_lighter(entry, users, folder) for entry in without_leftovers(entries)]


def _may_name_others(place: str, kind: str) -> bool:
    return kind == "BINARY" and ("torch/lib/libtorch_" in place or "libheif" in place)


def _lighter(entry: Entry, users: Sequence[Path], folder: Path) -> Entry:
    place, source, kind = entry
    if kind not in {"BINARY", "EXTENSION"}:
        return entry
    stand_in = stand_in_for(Path(place).name)
    if stand_in is not None:
        return place, str(make_stand_in(Path(source), users, stand_in, folder)), kind
    if fnmatchcase(Path(place).name, unicode_data.LIBRARY):
        return place, str(unicode_data.smaller(Path(source), folder)), kind
    if shutil.which("strip") and any(fnmatchcase(place, pattern) for pattern in STRIPPED):
        return place, str(_stripped(Path(source), folder)), kind
    return entry


def _stripped(library: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / library.name
    if not made.is_file() or made.stat().st_mtime < library.stat().st_mtime:
        subprocess.run(["strip", "--strip-unneeded", "-o", made, library], check=True)
    return made
