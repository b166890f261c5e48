"""Locates the program's folders, at each system's usual place or beside a portable program."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from platformdirs import user_cache_path, user_config_path, user_data_path, user_log_path

from camviewer.engine.support.own_executable import program_folder

PORTABLE = "portable"
"""Name of a file beside the packaged program that makes it keep all its data there."""

_NAME = "camviewer"
_BESIDE = "camviewer-data"
_VARIABLE = "CAMVIEWER_HOME"
"""Environment variable with one folder for all data, which child processes inherit."""


def cache_folder() -> Path:
    """Folder of data that can be recreated; it may not exist yet."""
    root = own_root()
    return user_cache_path(_NAME, appauthor=False) if root is None else root / "cache"


def data_folder() -> Path:
    """Folder of data that the user would miss; it may not exist yet."""
    root = own_root()
    return user_data_path(_NAME, appauthor=False) if root is None else root / "data"


def log_folder() -> Path:
    """Folder of log files and crash reports; it may not exist yet."""
    root = own_root()
    return user_log_path(_NAME, appauthor=False) if root is None else root / "logs"


def settings_folder() -> Path:
    """Folder of the window's settings; it may not exist yet."""
    root = own_root()
    return user_config_path(_NAME, appauthor=False) if root is None else root / "settings"


def offsets_folder() -> Path:
    """Folder of measured offsets; it may not exist yet."""
    return cache_folder() / "offsets"


def networks_folder() -> Path:
    """Folder of networks converted for the second engine; it may not exist yet."""
    return cache_folder() / "networks"


def own_root() -> Path | None:
    """The single folder for all data; None if each kind is at the system's usual place.

    The variable CAMVIEWER_HOME names it. In portable mode it is beside the program if the user may
    write there.
    """
    named = os.environ.get(_VARIABLE)
    if named:
        return Path(named).absolute()
    folder = program_folder()
    if folder is None or not (folder / PORTABLE).is_file() or not os.access(folder, os.W_OK):
        return None
    return folder / _BESIDE


@contextmanager
def everything_in(root: Path) -> Iterator[None]:
    """Keeps all data in one folder inside the context, which leaves the user's data untouched."""
    before = os.environ.get(_VARIABLE)
    os.environ[_VARIABLE] = str(root)
    try:
        yield
    finally:
        if before is None:
            del os.environ[_VARIABLE]
        else:
            os.environ[_VARIABLE] = before
