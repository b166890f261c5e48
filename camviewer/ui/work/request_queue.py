"""Requests that wait for a thread: the newest of a kind replaces the one before."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Request = TypeVar("Request")


@dataclass(frozen=True, eq=False)
class Letter(Generic[Request]):
    """A request on its way.

    Attributes:
        kind: what it asks for.
        number: rises with every request of all kinds.
        request: what is to be done.
        cancelled: set when nobody waits for the answer any more.
        stopped: set when the answer is wanted as far as it is made.
    """

    kind: Hashable
    number: int
    request: Request
    cancelled: threading.Event = field(default_factory=threading.Event)
    stopped: threading.Event = field(default_factory=threading.Event)


class Mailbox(Generic[Request]):
    """At most one waiting request of each kind, and the one that is being worked on.

    Args:
        order: the kinds, most urgent first; kinds that are not named come last, oldest first.
    """

    def __init__(self, order: tuple[Hashable, ...] = ()) -> None:
        self._order = {kind: rank for rank, kind in enumerate(order)}
        self._lock = threading.Lock()
        self._waiting: dict[Hashable, Letter[Request]] = {}
        self._current: Letter[Request] | None = None
        self._newest: dict[Hashable, int] = {}
        self._number = 0

    def put(self, kind: Hashable, request: Request, interrupts: tuple[Hashable, ...] = ()) -> int:
        """Leaves a request; returns its number.

        Args:
            kind: replaces the waiting request of this kind and cancels the one under way.
            request: what is to be done.
            interrupts: other kinds whose request under way is cancelled too.
        """
        with self._lock:
            self._number += 1
            self._newest[kind] = self._number
            self._waiting[kind] = Letter(kind, self._number, request)
            if self._current is not None and self._current.kind in (kind, *interrupts):
                self._current.cancelled.set()
            return self._number

    def take(self) -> Letter[Request] | None:
        """The most urgent waiting request, which is then under way; None when there is none."""
        with self._lock:
            if not self._waiting:
                self._current = None
                return None
            kind = min(
                self._waiting,
                key=lambda kind: (
                    self._order.get(kind, len(self._order)),
                    self._waiting[kind].number,
                ),
            )
            self._current = self._waiting.pop(kind)
            return self._current

    @property
    def is_empty(self) -> bool:
        """Whether no request is waiting."""
        with self._lock:
            return not self._waiting

    def is_newest(self, letter_kind: Hashable, number: int) -> bool:
        """Whether no later request of this kind was left."""
        with self._lock:
            return self._newest.get(letter_kind) == number

    def forget(self, kind: Hashable) -> None:
        """Drops the waiting request of a kind, and makes an answer under way outdated."""
        with self._lock:
            self._number += 1
            self._newest[kind] = self._number
            self._waiting.pop(kind, None)
            if self._current is not None and self._current.kind == kind:
                self._current.cancelled.set()

    def stop(self, kind: Hashable) -> None:
        """Asks for the answer of a kind, waiting or under way, as far as it is made."""
        with self._lock:
            for letter in (self._current, self._waiting.get(kind)):
                if letter is not None and letter.kind == kind:
                    letter.stopped.set()

    def close(self) -> None:
        """Drops all that waits and cancels what is under way."""
        with self._lock:
            self._waiting.clear()
            if self._current is not None:
                self._current.cancelled.set()
