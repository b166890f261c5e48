"""Which request a thread is given next, and which answers nobody waits for any more."""

from __future__ import annotations

import pytest

from camviewer.ui.work.request_queue import Mailbox


@pytest.fixture
def mailbox() -> Mailbox[str]:
    return Mailbox(("urgent", "map", "list"))


def test_the_newest_request_of_a_kind_replaces_the_one_that_waits(mailbox) -> None:
    first = mailbox.put("map", "cat")
    second = mailbox.put("map", "dog")
    letter = mailbox.take()
    assert (letter.number, letter.request) == (second, "dog")
    assert mailbox.take() is None
    assert not mailbox.is_newest("map", first)
    assert mailbox.is_newest("map", second)


def test_a_new_request_cancels_the_one_under_way_and_makes_its_answer_old(mailbox) -> None:
    mailbox.put("map", "cat")
    under_way = mailbox.take()
    mailbox.put("list", "layers")
    assert not under_way.cancelled.is_set()
    mailbox.put("map", "dog")
    assert under_way.cancelled.is_set()
    assert not mailbox.is_newest("map", under_way.number)


def test_a_request_interrupts_the_other_kinds_that_it_names(mailbox) -> None:
    mailbox.put("map", "cat")
    under_way = mailbox.take()
    mailbox.put("urgent", "another model", interrupts=("map",))
    assert under_way.cancelled.is_set()
    assert mailbox.is_newest("map", under_way.number)  # it is told that it was given up


def test_an_answer_that_is_forgotten_while_it_is_made_is_old_when_it_comes(mailbox) -> None:
    mailbox.put("map", "cat")
    under_way = mailbox.take()
    mailbox.forget("map")
    assert under_way.cancelled.is_set()
    assert not mailbox.is_newest("map", under_way.number)


def test_a_request_that_is_forgotten_while_it_waits_is_never_taken(mailbox) -> None:
    mailbox.put("map", "cat")
    mailbox.put("list", "layers")
    mailbox.forget("map")
    assert mailbox.take().request == "layers"
    assert mailbox.is_empty


def test_the_most_urgent_kind_comes_first_and_unnamed_kinds_in_their_order(mailbox) -> None:
    for kind in ("b", "list", "a", "map", "urgent"):
        mailbox.put(kind, kind)
    assert [mailbox.take().request for _ in range(5)] == ["urgent", "map", "list", "b", "a"]


def test_stopping_asks_for_what_is_made_so_far_and_leaves_the_answer_wanted(mailbox) -> None:
    mailbox.put("map", "cat")
    under_way = mailbox.take()
    mailbox.put("list", "layers")
    mailbox.stop("map")
    assert under_way.stopped.is_set()
    assert not under_way.cancelled.is_set()
    assert mailbox.is_newest("map", under_way.number)
    assert not mailbox.take().stopped.is_set()


def test_a_closed_mailbox_has_nothing_left_and_ends_what_is_under_way(mailbox) -> None:
    mailbox.put("map", "cat")
    under_way = mailbox.take()
    mailbox.put("list", "layers")
    mailbox.close()
    assert under_way.cancelled.is_set()
    assert mailbox.take() is None
