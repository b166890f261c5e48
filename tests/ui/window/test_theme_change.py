"""A change of the look reaches every widget, and leaves keys and places as they were."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

from camviewer.ui.window.main_window import MainWindow


def test_space_shows_the_bare_picture_before_and_after_a_change_of_theme(
    qtbot: QtBot, with_cat: MainWindow
) -> None:
    canvas = with_cat.picture_area.canvas
    canvas.setFocus()
    shown: list[bool] = []
    canvas.peeking.connect(shown.append)
    for choice in ("dark", "light"):
        with_cat.choose_theme(choice)
        qtbot.waitUntil(with_cat.isActiveWindow)
        qtbot.keyPress(canvas, Qt.Key.Key_Space)
        qtbot.keyRelease(canvas, Qt.Key.Key_Space)
    assert shown == [True, False, True, False]


def test_space_shows_the_bare_picture_wherever_it_is_no_word(
    qtbot: QtBot, with_cat: MainWindow
) -> None:
    rows, field = with_cat.classes.view, with_cat.classes.search_field
    shown: list[bool] = []
    with_cat.picture_area.canvas.peeking.connect(shown.append)
    for choice in ("dark", "light"):
        with_cat.choose_theme(choice)
        qtbot.waitUntil(with_cat.isActiveWindow)
        for place in (rows, field, rows):
            place.setFocus()
            qtbot.waitUntil(place.hasFocus)
            qtbot.keyPress(place, Qt.Key.Key_Space)
            qtbot.keyRelease(place, Qt.Key.Key_Space)
    assert shown == [True, False] * 4
    assert field.text() == "  "


def test_a_change_of_theme_restyles_a_widget_few_times_however_deep_it_lies(
    qapp: QApplication, with_cat: MainWindow
) -> None:
    field = with_cat.classes.findChild(QLineEdit)
    counted = Restyled()
    field.installEventFilter(counted)
    with_cat.choose_theme("dark")
    qapp.processEvents()
    with_cat.choose_theme("light")
    qapp.processEvents()
    assert 2 <= counted.times <= 8
    assert depth(field) > 4  # one more for each widget around it would be too many


def test_what_is_shown_after_a_change_of_theme_has_the_new_look(
    with_cat: MainWindow,
) -> None:
    with_cat.choose_theme("light")
    with_cat.training.open()
    dialog = with_cat.training.dialog
    dialog.hide()
    with_cat.trust_dock.show()
    with_cat.trust_dock.hide()
    rows = with_cat.classes.findChild(QListView)
    where = rows.verticalScrollBar().maximum() // 2
    rows.verticalScrollBar().setValue(where)
    with_cat.choose_theme("dark")
    assert rows.verticalScrollBar().value() == where
    dialog.show()
    with_cat.trust_dock.show()
    for shown in (dialog, with_cat.trust.panel, with_cat.classes, with_cat.panel):
        assert darkness(shown) > 0.8, shown
    dialog.hide()
    with_cat.choose_theme("light")


class Restyled(QObject):
    """Counts how often a widget was told that its style is another one."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.times += event.type() is QEvent.Type.StyleChange
        return super().eventFilter(watched, event)


def depth(widget: QWidget) -> int:
    """How many widgets lie around one."""
    parent = widget.parentWidget()
    return 0 if parent is None else 1 + depth(parent)


def darkness(widget: QWidget) -> float:
    """The share of a widget's pixels that are darker than the middle."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    grey = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return float((grey[:, : image.width()] < 128).mean())
