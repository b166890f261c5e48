"""A change of the look leaves the window's keys as they were."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from camviewer.ui.window.main_window import MainWindow


def test_space_shows_the_bare_picture_before_and_after_a_change_of_theme(
    qtbot: QtBot, with_cat: MainWindow
) -> None:
    canvas = with_cat.stage.canvas
    canvas.setFocus()
    shown: list[bool] = []
    canvas.peeking.connect(shown.append)
    for choice in ("dark", "light"):
        with_cat.commands.choose_theme(choice)
        qtbot.waitUntil(with_cat.isActiveWindow)
        qtbot.keyPress(canvas, Qt.Key.Key_Space)
        qtbot.keyRelease(canvas, Qt.Key.Key_Space)
    assert shown == [True, False, True, False]
