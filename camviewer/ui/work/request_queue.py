"""Queues requests for a thread: the newest of a kind replaces the one before."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from camviewer.ui.work.query import Query

AnyQuery = Query[Any, Any]


@dataclass(frozen=True, eq=False)
class Request:
    """A query that was put into the queue.

    Attributes:
        query: what is asked.
        number: rises with every request.
        cancelled: set when nobody waits for the answer any more.
        stopped: set when the answer is wanted as far as it is made.
    """

    query: AnyQuery
    number: int
    cancelled: threading.Event = field(default_factory=threading.Event)
    stopped: threading.Event = field(default_factory=threading.Event)


class RequestQueue:
    """At most one waiting request of each kind, and the one that is being answered."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[Hashable, Request] = {}
        self._current: Request | None = None
        self._number = 0

    def put(self, query: AnyQuery) -> Request:
        """Adds a request; cancels the current one of its kind, and one that it interrupts."""
        with self._lock:
            self._number += 1
            request = Request(query, self._number)
            self._waiting[query.key] = request
            current = self._current
            if current is not None and (
                current.query.key == query.key or isinstance(current.query, query.interrupts)
            ):
                current.cancelled.set()
            return request

    def take(self) -> Request | None:
        """The most urgent waiting request, the oldest among equals; None when there is none."""
        with self._lock:
            self._current = min(
                self._waiting.values(),
                key=lambda request: (request.query.urgency, request.number),
                default=None,
            )
            if self._current is not None:
                del self._waiting[self._current.query.key]
            return self._current

    @property
    def is_empty(self) -> bool:
        """Whether no request is waiting."""
        with self._lock:
            return not self._waiting

    def forget(self, key: Hashable) -> None:
        """Drops the waiting request of a kind, and cancels the current one."""
        with self._lock:
            self._waiting.pop(key, None)
            if self._current is not None and self._current.query.key == key:
                self._current.cancelled.set()

    def stop(self, key: Hashable) -> None:
        """Asks for the answer of a kind, waiting or current, as far as it is made."""
        with self._lock:
            for request in (self._current, self._waiting.get(key)):
                if request is not None and request.query.key == key:
                    request.stopped.set()

    def close(self) -> None:
        """Drops all waiting requests and cancels the current one."""
        with self._lock:
            self._waiting.clear()
            if self._current is not None:
                self._current.cancelled.set()
