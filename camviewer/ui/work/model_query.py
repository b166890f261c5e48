"""Defines the queries that the model's thread answers, and their order."""

from __future__ import annotations

from enum import IntEnum, auto

from camviewer.ui.style import tr
from camviewer.ui.work.model_thread import ModelHost
from camviewer.ui.work.query import Answer, Query


class Urgency(IntEnum):
    """The order in which waiting queries are answered."""

    PREPARE = auto()
    ENGINES = auto()
    LOAD = auto()
    MOVE = auto()
    EXPLAIN = auto()
    CLASSIFY = auto()
    LAYERS = auto()
    IMPORT = auto()
    LIST = auto()
    OFFSET = auto()
    FORGET = auto()
    LONG = auto()


class ModelQuery(Query[ModelHost, Answer]):
    """A query to the thread that owns the model; its ``answer`` imports what needs torch."""

    urgency = Urgency.LONG

    @property
    def interrupts(self) -> tuple[type, ...]:
        return (IdleQuery,)

    def failure_words(self, error: Exception) -> tuple[str, str]:
        if isinstance(error, MemoryError):
            return tr("There is not enough memory for this."), tr("Choose a smaller detail.")
        return super().failure_words(error)


class IdleQuery(ModelQuery[Answer]):
    """A query that nobody waits for; any other interrupts it."""

    is_awaited = False


class LongQuery(ModelQuery[Answer]):
    """A query that takes long; a new map, model or device interrupts it."""

    def takes_much_memory(self, answer: Answer) -> bool:
        del answer
        return True
