"""Where the program keeps what is its own, by the custom of each system."""

from pathlib import Path

from platformdirs import user_cache_path, user_data_path, user_log_path

_NAME = "camviewer"


def cache_folder() -> Path:
    """What can be made again; it may not exist yet."""
    return user_cache_path(_NAME, appauthor=False)


def data_folder() -> Path:
    """What the user would miss; it may not exist yet."""
    return user_data_path(_NAME, appauthor=False)


def log_folder() -> Path:
    """The log files; it may not exist yet."""
    return user_log_path(_NAME, appauthor=False)


def offsets_folder() -> Path:
    """Measured offsets of grids; it may not exist yet."""
    return cache_folder() / "offsets"
