"""Lets sources and runs lie where fsspec reads and writes, such as ``s3://bucket/run``.

universal_pathlib gives such places the methods of ``pathlib.Path``, so that most of the code need
not know. What differs stands here: files that are written at once, and names that are listed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from camviewer.engine.errors import CamviewerError, reason_of

_MARK = "://"


def is_address(words: str | Path) -> bool:
    """Whether this names a place that fsspec opens, and no path."""
    return _MARK in str(words)


def place_of(words: str | Path) -> Path:
    """A path, or a place at an address with the methods of one.

    Raises:
        CamviewerError: what opens such addresses is not installed, or there is no such kind.
    """
    if not isinstance(words, str) or not is_address(words):
        return Path(words)
    try:
        from upath import UPath  # noqa: PLC0415  (an extra)
    except ImportError as error:
        raise CamviewerError(
            f"{words} cannot be opened: what opens addresses is not installed.",
            "Install it: pip install 'camviewer[cluster]'.",
        ) from error
    try:
        place = UPath(words)
        _ = place.fs  # says now, and not at the first file, what is not installed
        return cast("Path", place)
    except (ImportError, ValueError) as error:
        raise CamviewerError(
            f"{words} cannot be opened: {error}", "Install what fsspec names, or copy the files."
        ) from error


def is_remote(path: Path) -> bool:
    """Whether this place is at an address."""
    return hasattr(path, "fs")


def require_paths(places: Sequence[str | Path]) -> None:
    """Refuses addresses, because what opens them may open a socket.

    Raises:
        CamviewerError: one of them is an address.
    """
    for place in places:
        if is_address(place):
            raise CamviewerError(
                f"{place} is an address, and nothing is opened over a network unless you say so.",
                "Add --cluster local, or --cluster with your cluster.",
            )


def write_remote(path: Path, content: bytes, *, only_new: bool = False) -> bool:
    """Writes a file at an address, whole or not at all.

    Returns:
        False when it is there already and only a new one was to be written.

    Raises:
        CamviewerError: it cannot be written.
    """
    system, place = _system(path)
    try:
        system.makedirs(place.rsplit("/", 1)[0], exist_ok=True)  # nothing where there are none
        system.pipe_file(place, content, mode="create" if only_new else "overwrite")
    except FileExistsError:
        return False
    except OSError as error:
        raise _write_refusal(path, reason_of(error)) from error
    except Exception as error:  # each kind of store has errors of its own
        raise _write_refusal(path, str(error) or type(error).__name__) from error
    return True


def _write_refusal(path: Path, reason: str) -> CamviewerError:
    words = " ".join(reason.split()).rstrip(".")
    return CamviewerError(f"{path} could not be written: {words}.", "Choose another place.")


def modified(path: Path) -> float:
    """When a file was written last, in seconds since 1970.

    Raises:
        OSError: it is not there.
    """
    if not is_remote(path):
        return path.stat().st_mtime
    system, place = _system(path)
    return float(system.modified(place).timestamp())


def files_below(root: Path) -> Iterator[str]:
    """The files at an address and below it, relative to it, with forward slashes."""
    system, place = _system(root)
    start = place.rstrip("/") + "/"
    for found in system.find(place):
        yield found.removeprefix(start)


def names_in(folder: Path) -> list[str]:
    """The names in a folder; none when it is not there."""
    try:
        if not is_remote(folder):
            return [child.name for child in folder.iterdir()]
        system, place = _system(folder)
        system.invalidate_cache(place)  # other processes write there, too
        return [name.rstrip("/").rsplit("/", 1)[-1] for name in system.ls(place, detail=False)]
    except FileNotFoundError:
        return []


def readable(file: Path) -> Path | io.BytesIO:
    """A file as polars can read it: what is at an address is fetched."""
    return io.BytesIO(file.read_bytes()) if is_remote(file) else file


def _system(path: Path) -> tuple[Any, str]:
    place: Any = path
    return place.fs, place.path
