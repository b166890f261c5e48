"""Asks another thread, and hands out its answers in the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Generic

from PySide6.QtCore import QObject, QThread, Signal, Slot

from camviewer.ui.work.query import Answer, Host, Query
from camviewer.ui.work.query_worker import QueryHost, QueryWorker
from camviewer.ui.work.request_queue import AnyQuery, Request, RequestQueue


def _ignore(*_: object) -> None:
    return None


@dataclass(frozen=True, eq=False)
class _Awaited:
    """A query whose answer is awaited, and who takes what comes of it."""

    number: int
    query: AnyQuery
    answered: Callable[[Any], object]
    partly: Callable[[Any], object]
    failed: Callable[[str, str], object]
    dropped: Callable[[], object]


class QueryClient(QObject, Generic[Host]):
    """Asks a thread of its own. A newer query of a kind replaces the one before.

    Args:
        name: of the thread.
        host: what the thread owns; nobody else may use it.
        parent: the Qt parent.

    Signals:
        progressed: (share 0 to 1, what is being done).
        failed: (message, hint) of any query.
        busy_changed: (bool) whether somebody waits for an answer.
    """

    progressed = Signal(float, str)
    failed = Signal(str, str)
    busy_changed = Signal(bool)
    _wake = Signal()

    def __init__(self, name: str, host: QueryHost, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue = RequestQueue()
        self._awaited: dict[Hashable, _Awaited] = {}
        self._is_busy = False
        self._stopped = False
        self._thread = QThread()
        self._thread.setObjectName(name)
        self._worker = QueryWorker(self._queue, host)
        self._worker.moveToThread(self._thread)
        self._wake.connect(self._worker.work)
        self._worker.answered.connect(self._hand_out)
        self._worker.partly.connect(self._hand_out_part)
        self._worker.progressed.connect(self._tell_progress)
        self._worker.failed.connect(self._hand_out_failure)
        self._worker.dropped.connect(self._drop)

    @property
    def is_busy(self) -> bool:
        """Whether somebody waits for an answer."""
        return self._is_busy

    def start(self) -> None:
        """Starts the thread, unless it was stopped; what was asked before is answered then."""
        if not self._stopped:
            self._thread.start()

    def ask(
        self,
        query: Query[Host, Answer],
        answered: Callable[[Answer], object] = _ignore,
        *,
        partly: Callable[[Answer], object] = _ignore,
        failed: Callable[[str, str], object] = _ignore,
        dropped: Callable[[], object] = _ignore,
    ) -> None:
        """Asks a query. The functions are called in the window's thread, for the newest of a kind.

        Args:
            query: what is asked.
            answered: takes the answer.
            partly: takes what is known before.
            failed: takes message and hint; the signal ``failed`` has them, too.
            dropped: called when a more urgent query interrupted it.
        """
        request = self._queue.put(query)
        self._awaited[query.key] = _Awaited(
            request.number, query, answered, partly, failed, dropped
        )
        self._tell_busy()
        self._wake.emit()

    def give_up(self, *kinds: type) -> None:
        """No answer to queries of these classes, or of classes made of them, is wanted any more."""
        for awaited in tuple(self._awaited.values()):
            if isinstance(awaited.query, kinds):
                self.withdraw(awaited.query)

    def withdraw(self, query: Query[Host, Answer]) -> None:
        """No answer to this query is wanted any more."""
        if self._awaited.pop(query.key, None) is not None:
            self._queue.forget(query.key)
            self._tell_busy()

    def finish_early(self, kind: Hashable) -> None:
        """The answer to a query of this class is wanted as far as it is made."""
        self._queue.stop(kind)

    def stop(self) -> None:
        """Ends the thread; what is under way is cancelled and waited for."""
        self._stopped = True
        self._queue.close()
        self._thread.quit()
        self._thread.wait()
        self._worker.close()

    def _tell_busy(self) -> None:
        is_busy = any(awaited.query.is_awaited for awaited in self._awaited.values())
        if is_busy != self._is_busy:
            self._is_busy = is_busy
            self.busy_changed.emit(is_busy)

    def _newest(self, request: Request) -> _Awaited | None:
        awaited = self._awaited.get(request.query.key)
        return awaited if awaited is not None and awaited.number == request.number else None

    def _settled(self, request: Request) -> _Awaited | None:
        awaited = self._newest(request)
        if awaited is not None:
            del self._awaited[request.query.key]
            self._tell_busy()
        return awaited

    @Slot(Request, object)
    def _hand_out(self, request: Request, answer: object) -> None:
        if (awaited := self._settled(request)) is not None:
            awaited.answered(answer)

    @Slot(Request, object)
    def _hand_out_part(self, request: Request, part: object) -> None:
        awaited = self._newest(request)
        if awaited is not None and not request.cancelled.is_set():
            awaited.partly(part)

    @Slot(Request, float, str)
    def _tell_progress(self, request: Request, share: float, words: str) -> None:
        if self._newest(request) is not None:
            self.progressed.emit(share, words)

    @Slot(Request, str, str)
    def _hand_out_failure(self, request: Request, message: str, hint: str) -> None:
        if (awaited := self._settled(request)) is not None:
            awaited.failed(message, hint)
            self.failed.emit(message, hint)

    @Slot(Request)
    def _drop(self, request: Request) -> None:
        if (awaited := self._settled(request)) is not None:
            awaited.dropped()
