"""Removes what an import or a removal left in the models' folder when its process was ended.

A pack is made in a folder ``.new-*``; as long as its maker lives, it holds the lock beside it.
"""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

_log = logging.getLogger(__name__)

NEW, GONE = ".new-", ".gone-"
"""Prefixes of folders that are being made, and that are being removed."""
_LOCK = ".lock"
_DAY = 24 * 60 * 60
"""Minimum age, in seconds, of a folder without a lock that is removed; because older versions
made none."""


@contextmanager
def being_made(folder: Path) -> Iterator[None]:
    """Keeps others from taking a folder for something left over; also when it is renamed.

    Raises:
        OSError: the system does not allow it.
    """
    lock = _lock_of(folder)
    try:
        with _held(lock):
            yield
    finally:
        lock.unlink(missing_ok=True)


def remove_left_over(models: Path) -> tuple[Path, ...]:
    """Removes folders whose maker has ended; returns them. What cannot be removed stays."""
    try:
        found = list(models.iterdir())
    except OSError:
        return ()
    removed = []
    for path in found:
        if path.name.startswith((NEW, GONE)) and path.is_dir() and not path.is_symlink():
            if _removed(path):
                removed.append(path)
        elif path.name.startswith(NEW) and path.suffix == _LOCK and not _folder_of(path).exists():
            with suppress(OSError):
                if _is_old(path):
                    path.unlink()
    if removed:
        _log.info("removed what was left over: %s", ", ".join(map(str, removed)))
    return tuple(removed)


def _removed(folder: Path) -> bool:
    if folder.name.startswith(GONE):  # it has no name any more that anybody could ask for
        return _deleted(folder)
    lock = _lock_of(folder)
    try:
        if not lock.exists() and not _is_old(folder):
            return False
        with _held(lock):
            done = _deleted(folder)
        lock.unlink(missing_ok=True)
    except (Timeout, OSError):
        return False
    return done


def _deleted(folder: Path) -> bool:
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()


@contextmanager
def _held(lock: Path) -> Iterator[None]:
    try:
        with FileLock(lock, timeout=0):
            yield
    except NotImplementedError as error:
        raise OSError(f"no locks in {lock.parent}") from error


def _is_old(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > _DAY


def _lock_of(folder: Path) -> Path:
    return folder.with_name(folder.name + _LOCK)


def _folder_of(lock: Path) -> Path:
    return lock.with_name(lock.name.removesuffix(_LOCK))
