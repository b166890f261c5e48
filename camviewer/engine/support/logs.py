"""Writes the log file, which is created with its first line and whose failures are ignored."""

from __future__ import annotations

import logging
from pathlib import Path

from camviewer.engine.support.folders import log_folder

_BYTES = 1_000_000
_KEPT_FILES = 3
_FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"


def log_file() -> Path:
    """Path of the log file; it may not exist."""
    return log_folder() / "camviewer.log"


def start_log() -> None:
    """Sends warnings and the program's own messages to the log file, not to the terminal."""
    root = logging.getLogger()
    if not any(isinstance(handler, _LogFile) for handler in root.handlers):
        root.addHandler(_LogFile())
    logging.getLogger("camviewer").setLevel(logging.INFO)
    logging.captureWarnings(capture=True)


class _LogFile(logging.Handler):
    """Opens its file at the first record, and stays silent if that fails."""

    def __init__(self) -> None:
        super().__init__()
        self._file: logging.Handler | None = None
        self._refused = False

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None and not self._refused:
            self._open()
        if self._file is not None:
            self._file.emit(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()

    def _open(self) -> None:
        # Imported late, because it takes 10 ms and most runs log nothing.
        from logging.handlers import RotatingFileHandler  # noqa: PLC0415

        path = log_file()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = RotatingFileHandler(
                path, maxBytes=_BYTES, backupCount=_KEPT_FILES - 1, encoding="utf-8"
            )
        except OSError:
            self._refused = True
            return
        file.setFormatter(logging.Formatter(_FORMAT))
        # A full disk must not fill the terminal with error messages.
        file.handleError = lambda record: None  # type: ignore[method-assign] # noqa: ARG005
        self._file = file
