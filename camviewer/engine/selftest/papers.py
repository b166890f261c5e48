"""Checks that library versions and licences are included in the program."""

from __future__ import annotations

import sys

from camviewer.engine.selftest.result import Checks, require
from camviewer.engine.support.crash_reports import LIBRARIES, library_versions
from camviewer.engine.support.own_executable import is_frozen, licence_file


def paper_checks() -> Checks:
    """Looks for files that packaging could have lost."""
    yield "Versions", _versions
    # On macOS they are beside the bundle, which may be moved without them.
    if is_frozen() and sys.platform != "darwin":
        yield "Licences", _licences


def _versions() -> str:
    found = dict(library_versions())
    unknown = [name for name in LIBRARIES if name.replace("_", "-") not in found]
    require(not unknown, f"unknown: {', '.join(unknown)}")
    return ", ".join(f"{name} {version}" for name, version in found.items())


def _licences() -> str:
    file = licence_file()
    require(file is not None and file.is_file(), "there is no file of licences")
    return "" if file is None else file.name
