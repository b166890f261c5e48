"""Writes crash reports, and reads those of earlier runs at the next start.

While the program runs, a file in the log folder has a header with versions. Tracebacks of errors
are appended, and the output of ``faulthandler`` when the process dies in a library. A file with
nothing but its header is removed at the end.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import platform
import sys
import threading
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

from camviewer.engine.support.own_executable import is_frozen
from camviewer.version import __version__

_log = logging.getLogger(__name__)

_PREFIX, _SUFFIX = "crash-", ".txt"
_SEEN = f"{_PREFIX}seen-"
_HEAD_ENDS = "-" * 40
_KEPT = 5
LIBRARIES = ("torch", "torchvision", "timm", "PySide6_Essentials", "numpy", "pillow")
"""Libraries whose versions a report lists; the packaged program includes their metadata."""


class CrashReport:
    """The report of the running program.

    Args:
        folder: folder of the report; there is none if the folder is not writable.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"{_PREFIX}{os.getpid()}{_SUFFIX}"
        self._file: TextIO | None = None

    def start(self) -> None:
        """Starts to record errors and crashes."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("w", encoding="utf-8")
        except OSError:
            return
        self._file.write(f"{_head()}\n{_HEAD_ENDS}\n")
        self._file.flush()
        faulthandler.enable(self._file)
        sys.excepthook = self._note
        threading.excepthook = self._note_in_thread

    def finish(self) -> None:
        """Ends the recording at a normal exit, and removes an empty report."""
        if self._file is None:
            return
        faulthandler.disable()
        sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
        self._file.close()
        self._file = None
        if not _says_something(self._path):
            self._path.unlink(missing_ok=True)

    def note(self, error: BaseException) -> None:
        """Records an error that ends the program."""
        self._note(type(error), error, error.__traceback__)

    def _note(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        _log.error("not expected", exc_info=(kind, error, trace))
        if self._file is not None and not issubclass(kind, KeyboardInterrupt):
            when = datetime.now(UTC).isoformat(timespec="seconds")
            words = "".join(traceback.format_exception(kind, error, trace))
            with suppress(OSError, ValueError):
                self._file.write(f"{when}, thread {threading.current_thread().name}\n{words}\n")
                self._file.flush()

    def _note_in_thread(self, what: threading.ExceptHookArgs) -> None:
        if what.exc_value is not None and not issubclass(what.exc_type, SystemExit):
            self._note(what.exc_type, what.exc_value, what.exc_traceback)


def take_reports(folder: Path) -> tuple[str, ...]:
    """The reports of earlier runs, newest first; each is returned once.

    They are renamed and stay in the folder, where only the newest few are kept.
    """
    found = []
    for path in _newest_first(folder, f"{_PREFIX}*{_SUFFIX}"):
        if _runs(path) or path.name.startswith(_SEEN):
            continue
        with suppress(OSError, UnicodeDecodeError):
            if _says_something(path):
                found.append(path.read_text(encoding="utf-8", errors="replace"))
                path.replace(path.with_name(f"{_SEEN}{path.name.removeprefix(_PREFIX)}"))
            else:
                path.unlink()
    for path in _newest_first(folder, f"{_SEEN}*{_SUFFIX}")[_KEPT:]:
        path.unlink(missing_ok=True)
    return tuple(found)


def _newest_first(folder: Path, pattern: str) -> list[Path]:
    try:
        return sorted(folder.glob(pattern), key=lambda path: path.stat().st_mtime, reverse=True)
    except OSError:
        return []


def _runs(path: Path) -> bool:
    """Whether the process of a report still runs, judging by its process id."""
    number = path.stem.removeprefix(_PREFIX)
    if not number.isdigit():
        return False
    if int(number) == os.getpid():
        return True
    if os.name == "nt":
        # On Windows a file that is still open cannot be renamed, which suffices.
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _says_something(path: Path) -> bool:
    _, _, below = path.read_text(encoding="utf-8", errors="replace").partition(_HEAD_ENDS)
    return bool(below.strip())


def _head() -> str:
    kind = "packaged" if is_frozen() else "installed"
    lines = [
        f"camviewer {__version__} ({kind})",
        f"Started {datetime.now(UTC).isoformat(timespec='seconds')}",
        f"Python {platform.python_version()}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
        *(f"{name} {version}" for name, version in library_versions()),
    ]
    return "\n".join(lines)


def library_versions() -> tuple[tuple[str, str], ...]:
    """(name, version) of the main libraries, without importing them."""
    from importlib import metadata  # noqa: PLC0415  (takes 25 ms, which a start does not have)

    found = []
    for name in LIBRARIES:
        with suppress(metadata.PackageNotFoundError):
            found.append((name.replace("_", "-"), metadata.version(name)))
    return tuple(found)
