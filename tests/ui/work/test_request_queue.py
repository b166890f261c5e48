"""Which request a thread is given next, and which answers nobody waits for any more."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import pytest

from camviewer.ui.work.query import Query, UnderWay
from camviewer.ui.work.request_queue import RequestQueue


@dataclass(frozen=True)
class Ask(Query[None, str]):
    kind: str
    text: str = ""
    rank: int = 9

    @property
    def key(self) -> Hashable:
        return self.kind

    @property
    def urgency(self) -> int:  # type: ignore[override]
        return self.rank

    def answer(self, host: None, under_way: UnderWay[str]) -> str:
        return self.text


@dataclass(frozen=True)
class AskUrgently(Ask):
    @property
    def interrupts(self) -> tuple[type, ...]:
        return (Ask,)


@pytest.fixture
def queue() -> RequestQueue:
    return RequestQueue()


def test_the_newest_request_of_a_kind_replaces_the_one_that_waits(queue) -> None:
    queue.put(Ask("map", "cat"))
    second = queue.put(Ask("map", "dog"))
    assert queue.take() is second
    assert queue.take() is None


def test_a_new_request_cancels_the_current_one_of_its_kind_only(queue) -> None:
    queue.put(Ask("map", "cat"))
    current = queue.take()
    queue.put(Ask("list", "layers"))
    assert not current.cancelled.is_set()
    queue.put(Ask("map", "dog"))
    assert current.cancelled.is_set()


def test_a_request_interrupts_the_classes_that_it_names(queue) -> None:
    queue.put(Ask("map", "cat"))
    current = queue.take()
    queue.put(AskUrgently("model", "another"))
    assert current.cancelled.is_set()


def test_what_is_forgotten_while_it_is_answered_is_cancelled(queue) -> None:
    queue.put(Ask("map", "cat"))
    current = queue.take()
    queue.forget("map")
    assert current.cancelled.is_set()


def test_a_request_that_is_forgotten_while_it_waits_is_never_taken(queue) -> None:
    queue.put(Ask("map", "cat"))
    queue.put(Ask("list", "layers"))
    queue.forget("map")
    assert queue.take().query.text == "layers"
    assert queue.is_empty


def test_the_most_urgent_comes_first_and_equals_in_their_order(queue) -> None:
    for kind, rank in (("b", 9), ("list", 3), ("a", 9), ("map", 2), ("urgent", 1)):
        queue.put(Ask(kind, rank=rank))
    assert [queue.take().query.kind for _ in range(5)] == ["urgent", "map", "list", "b", "a"]


def test_stopping_asks_for_what_is_made_so_far_and_leaves_the_answer_wanted(queue) -> None:
    queue.put(Ask("map", "cat"))
    current = queue.take()
    queue.put(Ask("list", "layers"))
    queue.stop("map")
    assert current.stopped.is_set()
    assert not current.cancelled.is_set()
    assert not queue.take().stopped.is_set()


def test_a_closed_queue_has_nothing_left_and_ends_what_is_under_way(queue) -> None:
    queue.put(Ask("map", "cat"))
    current = queue.take()
    queue.put(Ask("list", "layers"))
    queue.close()
    assert current.cancelled.is_set()
    assert queue.take() is None
