"""Runs short work, such as writing files, in a thread of Qt's pool."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from camviewer.engine.errors import CamviewerError
from camviewer.ui.style import tr

_log = logging.getLogger(__name__)


class Job(QObject):
    """One piece of work in a thread of its own; keeps itself alive until it has reported.

    Signals:
        done: (what the work returned).
        failed: (message, hint).
    """

    done = Signal(object)
    failed = Signal(str, str)

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__()
        self._work = work
        self.done.connect(self._finish)
        self.failed.connect(self._finish)

    def start(self) -> None:
        """Runs the work as soon as a thread is free."""
        _running.add(self)
        QThreadPool.globalInstance().start(QRunnable.create(self._run))

    def _run(self) -> None:
        try:
            result = self._work()
        except CamviewerError as error:
            self.failed.emit(error.message, error.hint)
        except Exception as error:  # noqa: BLE001  (the thread's edge: told and logged)
            _log.exception("background work failed")
            self.failed.emit(
                tr("This did not work: {name}.").format(name=type(error).__name__),
                tr("The log file has the details (Help > Show log)."),
            )
        else:
            self.done.emit(result)

    def _finish(self, *_: object) -> None:
        _running.discard(self)


_running: set[Job] = set()
