"""Notices over the canvas, and the sheet of shortcuts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from camviewer.ui.help.shortcuts_sheet import ShortcutsSheet
from camviewer.ui.widgets.notice import Notice

MESSAGE = "The file holiday.jpg is not a picture."
HINT = "Open another one."


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A window with a field that has the focus, and a canvas."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(700, 500)
    layout = QVBoxLayout(window)
    layout.addWidget(QLineEdit())
    layout.addWidget(QWidget(), 1)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    window.findChild(QLineEdit).setFocus()
    return window


@pytest.fixture
def notice(window: QWidget) -> Notice:
    return Notice(window.layout().itemAt(1).widget())


def said(notice: Notice) -> list[str]:
    labels = (label for label in notice.findChildren(QLabel) if label.isVisible())
    return [label.text() for label in labels if label.text()]


def test_an_error_is_said_with_what_to_do(notice: Notice) -> None:
    assert not notice.isVisible()
    notice.show_error(MESSAGE, HINT)
    assert said(notice) == [MESSAGE, HINT]
    assert notice.text == f"{MESSAGE} {HINT}"


def test_without_a_hint_there_is_no_second_line(notice: Notice) -> None:
    notice.show_info("The picture was turned upright.")
    assert said(notice) == ["The picture was turned upright."]


def test_it_leaves_the_focus_where_it_is(window: QWidget, notice: Notice) -> None:
    notice.show_error(MESSAGE, HINT)
    assert window.focusWidget() is window.findChild(QLineEdit)


def test_escape_closes_it_from_anywhere(qtbot: QtBot, window: QWidget, notice: Notice) -> None:
    notice.show_error(MESSAGE, HINT)
    with qtbot.waitSignal(notice.closed):
        qtbot.keyClick(window.findChild(QLineEdit), Qt.Key.Key_Escape)
    assert not notice.isVisible()


def test_its_button_closes_it(qtbot: QtBot, notice: Notice) -> None:
    notice.show_error(MESSAGE, HINT)
    with qtbot.waitSignal(notice.closed):
        qtbot.mouseClick(notice.findChild(QToolButton), Qt.MouseButton.LeftButton)
    assert not notice.isVisible()


def test_the_program_dismisses_it_without_a_signal(qtbot: QtBot, notice: Notice) -> None:
    notice.show_error(MESSAGE)
    with qtbot.assertNotEmitted(notice.closed):
        notice.dismiss()
    assert not notice.isVisible()


def test_markup_in_a_files_name_is_shown_as_it_is(notice: Notice) -> None:
    notice.show_error("The file <b>x</b>.jpg is empty.")
    assert notice.findChildren(QLabel)[1].textFormat() is Qt.TextFormat.PlainText


def test_it_stays_inside_the_canvas_and_as_high_as_its_words(
    qtbot: QtBot, window: QWidget, notice: Notice
) -> None:
    notice.show_error(MESSAGE * 4, HINT * 6)
    wide = notice.height()
    window.resize(360, 500)
    qtbot.waitUntil(lambda: notice.width() < 360)
    canvas = notice.parentWidget()
    assert canvas.rect().contains(notice.geometry())
    assert notice.height() > wide
    for label in notice.findChildren(QLabel)[1:]:
        assert label.height() >= label.heightForWidth(label.width())


def test_the_sheet_lists_every_shortcut_under_its_group(qtbot: QtBot) -> None:
    sheet = ShortcutsSheet(
        [
            ("File", "Open picture", "Ctrl+O"),
            ("File", "Save overlay", "Ctrl+S"),
            ("View", "Fit", "Ctrl+0"),
        ]
    )
    qtbot.addWidget(sheet)
    sheet.show()
    words = [label.text() for label in sheet.findChildren(QLabel)]
    for expected in ("File", "Open picture", "Ctrl+O", "Save overlay", "View", "Fit", "Ctrl+0"):
        assert expected in words
    left = next(label for label in sheet.findChildren(QLabel) if label.text() == "File")
    right = next(label for label in sheet.findChildren(QLabel) if label.text() == "View")
    assert left.x() < right.x()
    assert left.y() == right.y()


def test_f1_closes_the_sheet_that_it_opened(qtbot: QtBot) -> None:
    sheet = ShortcutsSheet([("Help", "Keyboard shortcuts", "F1")])
    qtbot.addWidget(sheet)
    sheet.show()
    with qtbot.waitSignal(sheet.rejected):
        qtbot.keyClick(sheet, Qt.Key.Key_F1)


def test_longer_words_after_short_ones_are_not_cut(
    qtbot: QtBot, window: QWidget, notice: Notice
) -> None:
    notice.show_info("Short.", "Short.")
    notice.show_error(MESSAGE, HINT * 6)
    for label in notice.findChildren(QLabel)[1:]:
        assert label.height() >= label.heightForWidth(label.width())
