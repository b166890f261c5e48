"""*Review* is made while nothing else is done, in pieces, and is whole whenever it is shown."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from camviewer.engine.render import Look
from camviewer.ui.review import ReviewControl, Workplace
from camviewer.ui.state import Settings
from camviewer.ui.style import theme
from camviewer.ui.window.main_window import MainWindow
from tests.ui.conftest import PATIENCE


@pytest.mark.parametrize("made", [0, 1, 4])
def test_a_workplace_of_some_pieces_is_whole_once_it_has_its_control(
    qtbot: QtBot, made: int
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    workplace = Workplace(window)
    for _ in range(made):
        assert workplace.make_piece()
    review = ReviewControl(Look(), Settings(), window, workplace)
    assert not workplace.make_piece()
    assert review.workplace is workplace
    assert workplace.is_empty
    workplace.show_run()
    window.show()
    for part in (workplace.overview, workplace.gallery, workplace.view_bar, workplace.filters):
        assert part.isVisibleTo(window)
    review.stop()


def test_a_workplace_made_in_pieces_looks_like_one_made_at_once(
    qtbot: QtBot, qapp: QApplication
) -> None:
    theme.apply(qapp, "light")
    seen = []
    for rest in (0, 50):
        window = QWidget()
        qtbot.addWidget(window)
        window.show()
        workplace = Workplace(window)
        while workplace.make_piece():
            if rest:
                qtbot.wait(rest)
        review = ReviewControl(Look(), Settings(), window, workplace)
        workplace.resize(1000, 700)
        workplace.show()
        qtbot.wait(50)
        window.setFocus()
        without_run = workplace.grab().toImage()
        workplace.show_run()
        qtbot.wait(50)
        workplace.gallery.setFocus()
        seen.append((without_run, workplace.grab().toImage()))
        review.stop()
    theme.apply(qapp, "system")
    assert seen[0] == seen[1]


def test_review_is_there_before_it_is_wanted(qtbot: QtBot, with_cat: MainWindow) -> None:
    places = with_cat.workplaces
    qtbot.waitUntil(lambda: places.review is not None, timeout=PATIENCE)
    assert not places.shows_review
    prepared = places.review
    places.show_review()
    assert places.review is prepared
    assert places.page is prepared.workplace


def test_a_window_that_is_closed_makes_no_review(qtbot: QtBot, with_cat: MainWindow) -> None:
    with_cat.close()
    qtbot.wait(1300)
    assert with_cat.workplaces.review is None
