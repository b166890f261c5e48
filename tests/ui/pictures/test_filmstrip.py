"""The filmstrip: what it asks for, shows and tells."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from camviewer.ui.pictures.filmstrip import Filmstrip

PATHS = [Path(f"holiday_{number:05}.jpg") for number in range(10_000)]
RED = np.full((70, 103, 3), (200, 20, 20), np.uint8)


@pytest.fixture
def strip(qtbot: QtBot) -> Filmstrip:
    widget = Filmstrip()
    qtbot.addWidget(widget)
    widget.resize(132, 640)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def filled(qtbot: QtBot, strip: Filmstrip) -> list[Path]:
    with qtbot.waitSignal(strip.thumbnails_wanted) as wanted:
        strip.set_paths(PATHS)
    return list(wanted.args[0])


def words(strip: Filmstrip, row: int, role: Qt.ItemDataRole) -> str:
    return str(strip.view.model().index(row, 0).data(role))


def click_row(qtbot: QtBot, strip: Filmstrip, row: int) -> None:
    middle = strip.view.visualRect(strip.view.model().index(row, 0)).center()
    qtbot.mouseClick(strip.view.viewport(), Qt.MouseButton.LeftButton, pos=middle)


def test_only_the_thumbnails_that_are_seen_are_asked_for(qtbot: QtBot, strip: Filmstrip) -> None:
    wanted = filled(qtbot, strip)
    assert wanted == PATHS[: len(wanted)]
    assert 6 <= len(wanted) <= 9


def test_a_wide_strip_has_columns_and_asks_for_all_that_is_seen(
    qtbot: QtBot, strip: Filmstrip
) -> None:
    strip.resize(430, 640)
    wanted = filled(qtbot, strip)
    places = [strip.view.visualRect(strip.view.model().index(row, 0)) for row in range(4)]
    assert [place.top() for place in places[:3]] == [places[0].top()] * 3
    assert places[3].top() > places[0].top()
    assert all(place.right() <= 430 for place in places)
    assert 18 <= len(wanted) <= 27
    strip.resize(132, 640)
    assert strip.view.visualRect(strip.view.model().index(0, 0)).top() == places[0].top()
    assert strip.view.visualRect(strip.view.model().index(1, 0)).top() == places[3].top()


def test_scrolling_asks_for_what_comes_into_view_once(qtbot: QtBot, strip: Filmstrip) -> None:
    first = filled(qtbot, strip)
    with qtbot.waitSignal(strip.thumbnails_wanted) as wanted:
        strip.view.scrollToBottom()
    assert wanted.args[0][-1] == PATHS[-1]
    assert len(wanted.args[0]) <= 10
    for path in first:
        strip.set_thumbnail(path, RED)
    with qtbot.assertNotEmitted(strip.thumbnails_wanted, wait=120):
        strip.view.scrollToTop()


def test_what_scrolled_away_is_given_up_and_asked_for_again(qtbot: QtBot, strip: Filmstrip) -> None:
    first = filled(qtbot, strip)
    strip.set_thumbnail(first[0], RED)
    with qtbot.waitSignal(strip.thumbnails_given_up) as given_up:
        strip.view.scrollToBottom()
    assert sorted(given_up.args[0]) == first[1:]
    with qtbot.waitSignal(strip.thumbnails_wanted) as wanted:
        strip.view.scrollToTop()
    assert wanted.args[0] == first[1:]


def test_a_thumbnail_is_shown_where_it_belongs(qtbot: QtBot, strip: Filmstrip) -> None:
    filled(qtbot, strip)
    strip.set_thumbnail(PATHS[1], RED)
    picture = strip.view.viewport().grab().toImage()
    seen = strip.view.visualRect(strip.view.model().index(1, 0))
    colour = picture.pixelColor(seen.center().x(), seen.top() + 40)
    assert (colour.red(), colour.green(), colour.blue()) == (200, 20, 20)


def test_the_caption_is_the_files_name_until_the_class_is_known(
    qtbot: QtBot, strip: Filmstrip
) -> None:
    filled(qtbot, strip)
    assert words(strip, 0, Qt.ItemDataRole.DisplayRole) == "holiday_00000.jpg"
    strip.set_caption(PATHS[0], "tiger cat 39%")
    assert words(strip, 0, Qt.ItemDataRole.DisplayRole) == "tiger cat 39%"
    assert "holiday_00000.jpg" in words(strip, 0, Qt.ItemDataRole.AccessibleTextRole)


def test_a_picture_that_failed_says_why_and_is_not_asked_for_again(
    qtbot: QtBot, strip: Filmstrip
) -> None:
    filled(qtbot, strip)
    strip.set_failed(PATHS[2], "It is not a picture.")
    assert "It is not a picture." in words(strip, 2, Qt.ItemDataRole.ToolTipRole)
    assert "It is not a picture." in words(strip, 2, Qt.ItemDataRole.AccessibleTextRole)


def test_a_click_and_the_arrow_keys_choose_pictures(qtbot: QtBot, strip: Filmstrip) -> None:
    filled(qtbot, strip)
    with qtbot.waitSignal(strip.picture_chosen) as chosen:
        click_row(qtbot, strip, 2)
    assert chosen.args == [PATHS[2]]
    with qtbot.waitSignal(strip.picture_chosen) as chosen:
        qtbot.keyClick(strip.view, Qt.Key.Key_Down)
    assert chosen.args == [PATHS[3]]
    with qtbot.waitSignal(strip.picture_chosen) as chosen:
        qtbot.keyClick(strip.view, Qt.Key.Key_End)
    assert chosen.args == [PATHS[-1]]


def test_what_the_program_selects_is_shown_and_not_told(qtbot: QtBot, strip: Filmstrip) -> None:
    filled(qtbot, strip)
    with qtbot.assertNotEmitted(strip.picture_chosen):
        strip.select(PATHS[5_000])
        strip.set_paths(PATHS[:3])
        strip.select(PATHS[1])
    assert strip.view.currentIndex().data() == "holiday_00001.jpg"


def test_ten_thousand_pictures_are_listed_at_once(qtbot: QtBot, strip: Filmstrip) -> None:
    start = time.perf_counter()
    strip.set_paths(PATHS)
    strip.select(PATHS[9_000])
    strip.grab()
    assert time.perf_counter() - start < 0.3


def test_what_arrives_for_a_closed_picture_is_dropped(qtbot: QtBot, strip: Filmstrip) -> None:
    strip.set_paths(PATHS[:2])
    strip.set_thumbnail(PATHS[7], RED)
    strip.set_caption(PATHS[7], "x")
    strip.set_failed(PATHS[7], "y")
    assert strip.paths == tuple(PATHS[:2])
