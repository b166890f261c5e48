"""Defines what a thread can be asked: a query with an answer of its own type."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from camviewer.engine.support import Progress
from camviewer.ui.style import tr

Host = TypeVar("Host")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class UnderWay(Generic[Answer]):
    """A query that is being answered.

    Attributes:
        tell: takes what is known so far.
        progress: takes how far it is.
        cancelled: set when nobody waits for the answer any more.
        stopped: set when the answer is wanted as far as it is made.
    """

    tell: Callable[[Answer], None]
    progress: Progress
    cancelled: threading.Event
    stopped: threading.Event

    def last_of(self, answers: Iterator[Answer]) -> Answer:
        """Tells every answer but the last, and returns that one."""
        last = next(answers)
        for answer in answers:
            self.tell(last)
            last = answer
        return last


class Query(ABC, Generic[Host, Answer]):
    """Something to ask in another thread. Its fields and its answer are plain frozen data.

    Attributes:
        urgency: its rank among those that wait; the lowest is answered first.
        is_awaited: whether the window shows that it is busy until the answer comes.
    """

    urgency: ClassVar[int] = 0
    is_awaited: ClassVar[bool] = True

    @property
    def key(self) -> Hashable:
        """Its kind: a newer query of the same kind replaces it."""
        return type(self)

    @property
    def interrupts(self) -> tuple[type, ...]:
        """Classes of other queries that it cancels while they are answered."""
        return ()

    @abstractmethod
    def answer(self, host: Host, under_way: UnderWay[Answer]) -> Answer:
        """Answers it; runs in the other thread.

        Args:
            host: what the thread owns.
            under_way: takes partial answers and progress, and says when to end.

        Raises:
            CamviewerError: it cannot be answered.
            Cancelled: it was given up.
        """

    def takes_much_memory(self, answer: Answer) -> bool:
        """Whether the answer took so much memory that it is worth giving back."""
        del answer
        return False

    def failure_words(self, error: Exception) -> tuple[str, str]:
        """Message and hint for an error that nobody foresaw."""
        return (
            tr("This did not work: {name}.").format(name=type(error).__name__),
            tr("The log file has the details (Help > Show log)."),
        )
