"""Numbers are typed with a point or a comma, and mean the same."""

from __future__ import annotations

import pytest

from camviewer.ui.widgets.number_field import DecimalBox


@pytest.mark.parametrize("typed", ["0.5", "0,5"])
def test_a_comma_is_taken_for_a_point(qtbot, typed: str) -> None:
    box = DecimalBox()
    box.setDecimals(3)
    box.setRange(0.0, 10.0)
    qtbot.addWidget(box)
    box.show()
    box.selectAll()
    qtbot.keyClicks(box, typed)
    assert box.value() == 0.5
    assert box.text().startswith("0.5")
