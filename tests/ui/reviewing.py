"""Opens a run in *Review* as a person does."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from camviewer.ui.review.control import ReviewControl
from camviewer.ui.window.main_window import MainWindow
from tests.ui.conftest import PATIENCE
from tests.ui.dragging import drop_on, urls


def reviewed(qtbot: QtBot, window: MainWindow, run: Path, count: int) -> ReviewControl:
    """Turns to *Review*, drops a run there, and waits for its pictures."""
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    review = window.workplaces.review
    assert review is not None
    drop_on(review.workplace, urls(run))
    shows(qtbot, review, count)
    return review


def shows(qtbot: QtBot, review: ReviewControl, count: int) -> None:
    """Waits until the gallery has so many pictures."""
    cards = review.workplace.gallery.cards
    qtbot.waitUntil(lambda: cards.rowCount() == count, timeout=PATIENCE)
