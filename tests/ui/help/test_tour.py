"""The tour of the first start: once, by keyboard and mouse, and in nobody's way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from camviewer.ui.app.launch import open_window
from camviewer.ui.help import Tour
from camviewer.ui.state.settings import Settings
from camviewer.ui.window.main_window import MainWindow
from camviewer.ui.work.model_cache import ModelCache
from tests.ui.conftest import PATIENCE, wait_for_map
from tests.ui.dragging import drop_on, urls

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def first_start(
    qapp: QApplication, settings_folder: Path, new_cache: Callable[[], ModelCache]
) -> Iterator[Callable[..., MainWindow]]:
    """Starts the program's window as ``camviewer`` does, with the tour."""
    Settings().set_second_engine(False)
    windows: list[MainWindow] = []

    def start(*paths: Path) -> MainWindow:
        windows.append(open_window(paths, new_cache(), tour=True))
        return windows[-1]

    yield start
    for window in windows:
        window.close()
        window.deleteLater()


def begun(qtbot: QtBot, window: MainWindow) -> Tour:
    qtbot.waitUntil(lambda: window.first_tour.tour is not None, timeout=PATIENCE)
    tour = window.first_tour.tour
    assert tour is not None
    assert tour.isVisible()
    return tour


def test_four_steps_by_keyboard_and_never_again(
    qtbot: QtBot, first_start: Callable[..., MainWindow]
) -> None:
    window = first_start()
    tour = begun(qtbot, window)
    said = []
    while tour.isVisible():
        said.append(tour.said)
        qtbot.keyClick(tour.next_button, Key.Key_Return)
    assert len(said) == 4
    for word, words in zip(("Drop", "classes", "layer", "Ctrl+T"), said, strict=True):
        assert word in words
    assert window.exploration.picture is None  # Enter pressed nothing behind the bubble
    window.close()

    again = first_start()
    qtbot.waitUntil(lambda: again.exploration.models.info is not None, timeout=PATIENCE)
    qtbot.wait(50)
    assert again.first_tour.tour is None
    again.actions_by_id["tour"].trigger()
    assert begun(qtbot, again).step == 0


def test_escape_at_the_first_step_ends_it_for_good(
    qtbot: QtBot, first_start: Callable[..., MainWindow]
) -> None:
    window = first_start()
    tour = begun(qtbot, window)
    qtbot.keyClick(tour.next_button, Key.Key_Escape)
    assert not tour.isVisible()
    assert Settings().is_told("tour")


def test_a_drop_on_the_bubble_is_taken_and_is_the_first_step(
    qtbot: QtBot, first_start: Callable[..., MainWindow], cat: Path
) -> None:
    window = first_start()
    tour = begun(qtbot, window)
    assert not tour.acceptDrops()  # Qt hands the drop on to what lies below
    drop_on(window.picture_area, urls(cat))
    wait_for_map(qtbot, window, "chelsea.png")
    assert tour.step == 1
    qtbot.mouseClick(tour.next_button, LEFT)
    assert tour.step == 2
    qtbot.mouseClick(tour.skip_button, LEFT)
    assert not tour.isVisible()


def test_with_a_picture_on_the_command_line_it_waits_for_the_map(
    qtbot: QtBot, first_start: Callable[..., MainWindow], cat: Path
) -> None:
    window = first_start(cat)
    tour = begun(qtbot, window)
    assert window.exploration.finished_map is not None
    assert tour.step == 0


def test_a_window_that_is_not_the_programs_start_has_no_tour(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.wait(50)
    assert window.first_tour.tour is None
