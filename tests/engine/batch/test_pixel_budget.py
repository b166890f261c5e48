"""How many pictures may be under way at once follows from their size."""

from __future__ import annotations

from camviewer.engine.batch.pixel_budget import PixelBudget


def under_way_at_most(size: int, most: int) -> int:
    """How many pictures of a size are under way when none is explained yet."""
    budget = PixelBudget(most)
    budget.begin()
    budget.read(size)
    count = 1
    while budget.has_room() and count < 100:
        budget.begin()
        count += 1
    return count


def test_small_pictures_are_not_held_back_and_large_ones_are_read_alone() -> None:
    assert under_way_at_most(size=5, most=1000) == 100
    assert under_way_at_most(size=300, most=1000) == 3
    assert under_way_at_most(size=2000, most=1000) == 1


def test_what_was_explained_makes_room() -> None:
    budget = PixelBudget(100)
    budget.begin()
    budget.read(60)
    assert not budget.has_room()
    budget.release(60)
    assert budget.has_room()
