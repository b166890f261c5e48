"""At its least width the window holds both panels and the picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QTabBar
from pytestqt.qtbot import QtBot

from camviewer.ui.window.main_window import MainWindow
from tests.ui.conftest import PATIENCE


@pytest.mark.parametrize("shown", ["with_cat", "window"])
def test_structure_and_trust_fit_beside_the_picture(
    qtbot: QtBot, request: pytest.FixtureRequest, shown: str
) -> None:
    window: MainWindow = request.getfixturevalue(shown)
    window.structure_dock.show()
    window.trust_dock.show()
    window.trust_dock.raise_()
    window.resize(720, 600)
    qtbot.waitUntil(lambda: window.width() == 720)
    parts = (window.structure_dock, window.picture_area, window.trust_dock)
    places = [QRect(part.mapTo(window, QPoint()), part.size()) for part in parts]
    assert all(place.left() >= 0 and place.right() < 720 for place in places)
    assert places[0].right() < places[1].left() < places[1].right() < places[2].left()
    panel = window.trust.panel
    assert panel.mapTo(window, panel.rect().topRight()).x() < 720
    assert window.structure.panel.width() <= window.structure_dock.width()


def test_the_tree_of_modules_opens_wide_enough_for_its_columns(
    qtbot: QtBot, with_cat: MainWindow
) -> None:
    with_cat.resize(1280, 800)
    with_cat.structure_dock.show()
    tree = with_cat.structure.panel.tree.view
    qtbot.waitUntil(lambda: tree.model().rowCount() > 0, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not any(tree.isColumnHidden(column) for column in range(3)))
    with_cat.resize(720, 600)
    with_cat.trust_dock.show()
    qtbot.waitUntil(lambda: tree.isColumnHidden(2))
    assert not tree.isColumnHidden(0)


def test_a_panel_that_lies_alone_has_no_tabs_and_two_have_one_bar(
    qtbot: QtBot, window: MainWindow
) -> None:
    def bars() -> list[list[str]]:
        found = [bar for bar in window.findChildren(QTabBar) if bar.isVisible() and bar.count()]
        inside = [bar for bar in found if window.rect().intersects(bar.geometry())]
        return [[bar.tabText(tab) for tab in range(bar.count())] for bar in inside]

    window.structure_dock.show()
    qtbot.waitUntil(window.structure.panel.isVisible)
    assert bars() == []
    window.trust_dock.show()
    qtbot.waitUntil(lambda: bars() == [["Classes and map", "Trust"]])


def test_panels_of_picture_have_their_width_once_review_was_seen(
    qtbot: QtBot, with_cat: MainWindow, cat: Path
) -> None:
    with_cat.resize(1000, 700)
    with_cat.open_paths([cat, cat.with_name("coffee.png")])
    qtbot.waitUntil(with_cat.strip_dock.isVisible, timeout=PATIENCE)
    wide = with_cat.strip_dock.width()
    with_cat.workplaces.show_review()
    with_cat.workplaces.show_picture()
    qtbot.waitUntil(lambda: with_cat.strip_dock.width() == wide)
    with_cat.resize(720, 600)
    qtbot.waitUntil(lambda: with_cat.width() == 720)
    assert with_cat.strip_dock.width() == wide
    assert with_cat.side_dock.geometry().right() < 720
