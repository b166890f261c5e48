"""Answers queries in another thread."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from camviewer.engine.errors import CamviewerError, Cancelled
from camviewer.engine.support import Progress, give_freed_memory_back
from camviewer.ui.work.query import UnderWay
from camviewer.ui.work.request_queue import Request, RequestQueue

_log = logging.getLogger(__name__)

_TOLD_SHARE = 0.01
"""Minimum step of progress that is reported, as a share of the whole."""


class QueryHost(Protocol):
    """What a thread owns, and answers queries with."""

    def warm_up(self) -> bool:
        """Prepares one later answer; False when there is nothing left to prepare."""

    def close(self) -> None:
        """Frees everything, and ends what still runs in the background."""


class QueryWorker(QObject):
    """Lives in the other thread.

    Args:
        queue: what it is asked.
        host: what it answers with.

    Signals:
        answered: (Request, answer).
        partly: (Request, what is known so far).
        progressed: (Request, share 0 to 1, what is being done).
        failed: (Request, message, hint).
        dropped: (Request) it was cancelled.
    """

    answered = Signal(Request, object)
    partly = Signal(Request, object)
    progressed = Signal(Request, float, str)
    failed = Signal(Request, str, str)
    dropped = Signal(Request)

    def __init__(self, queue: RequestQueue, host: QueryHost) -> None:
        super().__init__()
        self._queue = queue
        self._host = host
        self._took_much_memory = False

    @Slot()
    def work(self) -> None:
        """Answers requests until none is waiting, then prepares later ones."""
        while (request := self._queue.take()) is not None:
            self._answer(request)
            # What a request held is free only when nothing here names it any more.
            del request
        self._warm_up()
        if self._took_much_memory and self._queue.is_empty:
            self._took_much_memory = False
            give_freed_memory_back()

    def close(self) -> None:
        """Frees what it answers with; called when the thread has ended."""
        self._host.close()

    def _answer(self, request: Request) -> None:
        query = request.query
        under_way: UnderWay[Any] = UnderWay(
            partial(self.partly.emit, request),
            self._progress(request),
            request.cancelled,
            request.stopped,
        )
        try:
            answer = query.answer(self._host, under_way)
        except Cancelled:
            self.dropped.emit(request)
        except CamviewerError as error:
            self.failed.emit(request, error.message, error.hint)
        except Exception as error:  # noqa: BLE001  (the thread's edge: told and logged)
            _log.exception("%s failed", type(query).__name__)
            self.failed.emit(request, *query.failure_words(error))
        else:
            self.answered.emit(request, answer)
            self._took_much_memory |= query.takes_much_memory(answer)

    def _progress(self, request: Request) -> Progress:
        told = (-1.0, "")

        def on_progress(share: float, words: str) -> None:
            nonlocal told
            if share - told[0] >= _TOLD_SHARE or words != told[1]:
                told = (share, words)
                self.progressed.emit(request, share, words)

        return Progress(on_progress, request.cancelled)

    def _warm_up(self) -> None:
        """Makes later answers faster, as long as nobody waits for any."""
        try:
            while self._queue.is_empty and self._host.warm_up():
                pass
        except Exception:  # noqa: BLE001  (later answers are as fast as before)
            _log.exception("nothing was made faster")
