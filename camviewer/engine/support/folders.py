"""Where the program keeps what is its own, by the custom of each system or beside the program."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from platformdirs import user_cache_path, user_config_path, user_data_path, user_log_path

from camviewer.engine.support.own_executable import program_folder

PORTABLE = "portable"
"""A file of this name beside the packaged program keeps everything beside it, too."""

_NAME = "camviewer"
_BESIDE = "camviewer-data"
_VARIABLE = "CAMVIEWER_HOME"
"""Names the one folder that everything is kept in, for this process and those that it starts."""


def cache_folder() -> Path:
    """What can be made again; it may not exist yet."""
    root = own_root()
    return user_cache_path(_NAME, appauthor=False) if root is None else root / "cache"


def data_folder() -> Path:
    """What the user would miss; it may not exist yet."""
    root = own_root()
    return user_data_path(_NAME, appauthor=False) if root is None else root / "data"


def log_folder() -> Path:
    """The log files and crash reports; it may not exist yet."""
    root = own_root()
    return user_log_path(_NAME, appauthor=False) if root is None else root / "logs"


def settings_folder() -> Path:
    """What the window remembers; it may not exist yet."""
    root = own_root()
    return user_config_path(_NAME, appauthor=False) if root is None else root / "settings"


def offsets_folder() -> Path:
    """Measured offsets of grids; it may not exist yet."""
    return cache_folder() / "offsets"


def networks_folder() -> Path:
    """Networks converted for the second engine; it may not exist yet."""
    return cache_folder() / "networks"


def own_root() -> Path | None:
    """The one folder that everything lies in; None where each kind has the system's place.

    The variable CAMVIEWER_HOME names it; and in portable mode it lies beside the program, as long
    as the user may write there.
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
    """Keeps everything in one folder meanwhile, so that nothing of the user's is touched."""
    before = os.environ.get(_VARIABLE)
    os.environ[_VARIABLE] = str(root)
    try:
        yield
    finally:
        if before is None:
            del os.environ[_VARIABLE]
        else:
            os.environ[_VARIABLE] = before
