"""Reports of what is selected in *Review*, and of a whole run."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from camviewer.engine.assessments import Judgement
from camviewer.engine.batch import RunSettings, batch
from camviewer.engine.report.bundle_reading import open_bundle
from camviewer.ui.reports.dialog import BUNDLE, RUN, SELECTION
from camviewer.ui.review.control import ReviewControl
from camviewer.ui.window.main_window import MainWindow
from tests.engine.small_runs import write_picture
from tests.ui.conftest import PATIENCE
from tests.ui.dialogs import save_report
from tests.ui.reviewing import reviewed

CTRL, CTRL_ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier(0x0C000000)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of the embedded model over three small pictures, and one that is none."""
    folder = tmp_path_factory.mktemp("reported")
    for number in range(3):
        write_picture(folder / "in" / "tench" / f"{number}.jpg", number, (300, 200))
    (folder / "in" / "tench" / "broken.jpg").write_text("nothing")
    batch([folder / "in"], folder / "fish run", RunSettings(classes="top1", truth="folders"))
    return folder / "fish run"


@pytest.fixture
def review(qtbot, window: MainWindow, run: Path) -> ReviewControl:
    return reviewed(qtbot, window, run, 4)


def test_the_selection_is_reported_with_what_was_said_of_it(
    qtbot, window, review, tmp_path, run
) -> None:
    gallery = review.workplace.gallery
    gallery.setFocus()
    QTest.keyClick(gallery, Qt.Key.Key_Home)
    QTest.keyClick(gallery, Qt.Key.Key_A, CTRL)
    assert gallery.selected_count == 4
    review.judging.judge(Judgement.UNSURE)
    menu = review.workplace.export_selection_button.menu()
    next(each for each in menu.actions() if each.text() == "Report…").trigger()
    qtbot.waitUntil(lambda: window.reports.dialog is not None, timeout=PATIENCE)
    assert "It shows 3 maps." in save_report(qtbot, window.reports.dialog, tmp_path / "fish.html")
    page = (tmp_path / "fish.html").read_text(encoding="utf-8")
    for words in ("3 maps", "1. 0.jpg", "3. 2.jpg", "Judged unsure."):
        assert words in page
    assert "broken.jpg" not in page
    assert str(run.parent) not in page
    dialog = window.reports.dialog
    dialog.close()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE)
    QTest.keyClick(window, Qt.Key.Key_S, CTRL_ALT)
    qtbot.waitUntil(dialog.isVisible, timeout=PATIENCE)
    assert dialog.subject_choice.value == SELECTION


def test_the_maps_of_a_whole_run_become_a_bundle(qtbot, window, review, tmp_path) -> None:
    gallery = review.workplace.gallery
    gallery.setFocus()
    gallery.setCurrentIndex(gallery.cards.index(1))
    QTest.keyClick(gallery, Qt.Key.Key_3)
    note = review.workplace.detail.assessment.note
    note.setFocus()
    QTest.keyClicks(note, "Blurred.")
    QTest.keyClick(note, Qt.Key.Key_Escape)
    QTest.keyClick(window, Qt.Key.Key_S, CTRL_ALT)
    dialog = window.reports.dialog
    QTest.mouseClick(dialog.kind_choice.segment(BUNDLE), Qt.MouseButton.LeftButton)
    assert "It shows 3 maps." in save_report(qtbot, dialog, tmp_path / "fish.zip")
    opened = open_bundle(tmp_path / "fish.zip")
    assert [one.picture_name for one in opened.maps] == ["0.jpg", "1.jpg", "2.jpg"]
    said = [one["note"] for one in opened.manifest["maps"]]
    assert sum("Judged wrong." in words for words in said) == 1
    assert sum("Blurred." in words for words in said) == 1


def test_a_whole_run_is_reported_from_review(qtbot, window, review, tmp_path) -> None:
    QTest.keyClick(window, Qt.Key.Key_S, CTRL_ALT)
    dialog = window.reports.dialog
    assert dialog.subject_choice.value == RUN
    assert dialog.kind_choice.value == ".html"
    assert "Saved fish.html" in save_report(qtbot, dialog, tmp_path / "fish.html")
    page = (tmp_path / "fish.html").read_text(encoding="utf-8")
    assert "fish run: report of a run" in page
    assert "of 3 pictures" in page
