"""On a low screen the list of classes gets shorter, then the controls scroll; Save stays."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QScrollArea, QSpinBox
from pytestqt.qtbot import QtBot

from camviewer.ui.explain.option_form import OptionRows
from camviewer.ui.window.main_window import MainWindow
from camviewer.ui.window.side_column import SideColumn
from tests.ui.conftest import PATIENCE


def make_room(qtbot: QtBot, window: MainWindow, height: int) -> int:
    """Gives the window a height; returns how far the controls can be scrolled then."""
    window.resize(1280, height)
    qtbot.waitUntil(lambda: window.height() == height, timeout=PATIENCE)
    qtbot.wait(50)
    scroll = window.findChild(SideColumn).findChild(QScrollArea)
    return scroll.verticalScrollBar().maximum()


def test_classes_give_way_before_anything_scrolls(qtbot: QtBot, with_cat: MainWindow) -> None:
    explored, rows = with_cat.exploration, with_cat.classes.view
    assert make_room(qtbot, with_cat, 1000) == 0
    assert rows.height() == rows.sizeHint().height()

    explored.set_request(replace(explored.request, method="finer-cam", options=()))
    qtbot.waitUntil(lambda: explored.explanation.method.id == "finer-cam", timeout=PATIENCE)
    make_room(qtbot, with_cat, 800)
    assert rows.height() < rows.sizeHint().height()

    assert make_room(qtbot, with_cat, 600) > 0
    assert rows.height() == rows.minimumSizeHint().height()
    numbers = with_cat.panel.findChild(OptionRows).findChildren(QSpinBox)
    assert numbers
    assert all(number.height() >= 28 for number in numbers)
    bar = with_cat.panel.save_bar
    foot = bar.mapTo(with_cat, QPoint(0, bar.height()))
    assert bar.isVisible()
    assert foot.y() <= with_cat.height() - with_cat.statusBar().height()
