"""A report of what is on screen, asked for by menu, mouse and keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from camviewer.engine.trust.messages import Baseline, TrustOptions
from camviewer.ui.reports.dialog import PICTURE, ReportDialog, ReportPlan
from camviewer.ui.window.main_window import MainWindow
from tests.ui.conftest import PATIENCE
from tests.ui.dialogs import name_next_file, press, save_report

CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
FEW = TrustOptions(budget=0.3, steps=2, random_maps=1, baselines=(Baseline.BLUR,))


@pytest.fixture
def dialog(with_cat: MainWindow) -> ReportDialog:
    """Opened by its shortcut."""
    QTest.keyClick(with_cat, Qt.Key.Key_S, CTRL_ALT)
    found = with_cat.reports.dialog
    assert found is not None
    assert found.isVisible()
    return found


def test_the_map_on_screen_is_reported_with_what_was_typed(
    qtbot, with_cat, dialog, tmp_path
) -> None:
    QTest.keyClicks(dialog.note_edit, "Seen by two readers.")
    assert "Saved cat.html" in save_report(qtbot, dialog, tmp_path / "cat")
    page = (tmp_path / "cat.html").read_text(encoding="utf-8")
    for words in ("chelsea.png: tiger cat", "Seen by two readers.", "Not measured."):
        assert words in page
    assert with_cat.exploration.models.info.weights_sha256 in page
    assert str(with_cat.exploration.picture.image.path.parent) not in page


def test_what_was_measured_on_screen_is_in_the_report(qtbot, with_cat, tmp_path) -> None:
    with_cat.trust.options = FEW
    QTest.keyClick(with_cat, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    shown = with_cat.exploration.explanation
    qtbot.waitUntil(lambda: with_cat.trust.card_of(shown) is not None, timeout=PATIENCE)
    QTest.keyClick(with_cat, Qt.Key.Key_S, CTRL_ALT)
    dialog = with_cat.reports.dialog
    assert not dialog.measure_box.isEnabled()
    save_report(qtbot, dialog, tmp_path / "cat.html")
    page = (tmp_path / "cat.html").read_text(encoding="utf-8")
    assert all(measure.title in page for measure in with_cat.trust.card_of(shown).measures)
    assert "random maps have the seed 0" in page
    assert "Not measured." not in page


def test_a_report_can_be_stopped_and_leaves_nothing(qtbot, dialog, tmp_path) -> None:
    press(dialog.measure_box)
    name_next_file(tmp_path / "cat.html")
    press(dialog.save_button)
    qtbot.waitUntil(lambda: "Measuring" in dialog.message, timeout=PATIENCE)
    press(dialog.stop_button)
    qtbot.waitUntil(dialog.save_button.isVisible, timeout=PATIENCE)
    assert not list(tmp_path.glob("*.html"))


def test_a_place_that_cannot_be_written_gives_a_sentence_and_keeps_the_note(
    qtbot, dialog, tmp_path
) -> None:
    dialog.note_edit.setPlainText("kept")
    (tmp_path / "file").touch()
    plan = ReportPlan(PICTURE, tmp_path / "file" / "cat.html", measure=False, note="kept")
    dialog.save_requested.emit(plan)  # no file dialog names a file in a file
    qtbot.waitUntil(lambda: "could not be written" in dialog.message, timeout=PATIENCE)
    assert dialog.note_edit.toPlainText() == "kept"


def test_there_is_nothing_to_report_without_a_map(window) -> None:
    QTest.keyClick(window, Qt.Key.Key_S, CTRL_ALT)
    assert not window.reports.dialog.save_button.isEnabled()
