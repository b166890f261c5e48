"""How long passes will take, from those that were timed."""

from __future__ import annotations

import pytest

from camviewer.engine.session.pass_timing import Pace


def test_the_fastest_of_the_last_five_passes_tells_the_next_by_its_pixels() -> None:
    pace = Pace()
    for seconds in (0.1, 0.9, 0.5, 0.4, 0.6, 0.8):
        pace.record(seconds, (100, 200))
    assert pace.seconds((100, 200)) == pytest.approx(0.4), "the first one is too long ago"
    assert pace.seconds((50, 100)) == pytest.approx(0.1)


def test_one_pass_is_not_enough_and_no_pass_tells_nothing() -> None:
    pace = Pace()
    assert pace.seconds((224, 224)) == 0.0
    pace.record(0.1, (224, 224))
    assert not pace.is_known
    pace.measure(lambda: None, (224, 224))
    assert pace.is_known
    pace.clear()
    assert not pace.is_known
