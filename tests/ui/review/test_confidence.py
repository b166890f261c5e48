"""How far a run's confidence keeps its word, in the window, with mouse and keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from benchmarks.synthetic_runs import begin_synthetic_run, write_shards
from camviewer.engine.calibration.calibration_file import calibration_of
from camviewer.engine.network.embedded import IDENTIFIER
from camviewer.ui.review.confidence_dialog import ConfidenceDialog
from camviewer.ui.window.main_window import MainWindow
from tests.engine.labelled_runs import write_overconfident_run
from tests.ui.conftest import PATIENCE
from tests.ui.dialogs import press
from tests.ui.reviewing import reviewed

COUNT = 1200


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_overconfident_run(tmp_path_factory.mktemp("scores") / "sure", COUNT)


def dialog_of(qtbot, window: MainWindow, run: Path, count: int) -> ConfidenceDialog:
    """Opens a run in Review and presses *Confidence…*."""
    review = reviewed(qtbot, window, run, count)
    press(review.workplace.confidence_button)
    dialog = review.confidence.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: "fitting…" not in dialog.words, timeout=PATIENCE)
    return dialog


def test_the_diagram_the_error_and_the_sets_are_shown_and_kept(
    qtbot, window, run, tmp_path, monkeypatch
) -> None:
    dialog = dialog_of(qtbot, window, run, COUNT)
    first, error, temperature, reached, size, unlike = dialog.words.splitlines()
    assert first.startswith("1,200 pictures of sure have a true class: 600 of them")
    said = re.fullmatch(r"(.+)% before, (.+)% after, on 600 pictures", error)
    assert said is not None
    assert float(said[1]) > 2 * float(said[2])
    assert float(temperature) == pytest.approx(3.0, rel=0.25)
    share = re.match(r"reached (.+)% on pictures that the threshold was not", reached)
    assert share is not None
    assert float(share[1]) == pytest.approx(95.0, abs=3.0)
    mean = float(size.split()[0])
    assert "no features" in unlike

    diagram = dialog.diagram
    assert "At temperature 2.9" in diagram.accessibleDescription()
    diagram.setFocus()
    QTest.keyClick(diagram, Qt.Key.Key_Left)
    last = diagram.accessibleDescription()
    assert last.startswith("At temperature")
    assert "90% to 100%:" in last
    QTest.mouseClick(
        diagram, Qt.MouseButton.LeftButton, pos=diagram.bar_box(0, 0).center().toPoint()
    )
    assert diagram.accessibleDescription().startswith("As the model says it: error")

    box = dialog.coverage_box
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "80")
    QTest.keyClick(box, Qt.Key.Key_Tab)
    qtbot.waitUntil(dialog.keep_button.isEnabled, timeout=PATIENCE)
    assert float(dialog.words.splitlines()[4].split()[0]) < mean

    monkeypatch.setenv("CAMVIEWER_HOME", str(tmp_path / "home"))
    dialog.keep_button.setFocus()
    QTest.keyClick(dialog.keep_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Kept with Generated." in dialog.message, timeout=PATIENCE)
    (kept,) = tmp_path.rglob(f"{IDENTIFIER}.safetensors")
    found = calibration_of(kept.read_bytes(), "it")
    assert (found.run, found.sets.coverage) == ("sure", 0.8)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.workplaces.review.confidence.dialog is None


def test_too_few_pictures_say_how_many_are_needed_and_a_lower_coverage_helps(
    qtbot, window, tmp_path
) -> None:
    dialog = dialog_of(qtbot, window, write_overconfident_run(tmp_path / "few", 24), 24)
    assert "in 95% of cases need 38 pictures whose true class is known; this run has 24" in (
        dialog.words
    )
    assert not dialog.keep_button.isEnabled()
    dialog.coverage_box.setFocus()
    dialog.coverage_box.selectAll()
    QTest.keyClicks(dialog.coverage_box, "75")
    QTest.keyClick(dialog.coverage_box, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.keep_button.isEnabled, timeout=PATIENCE)
    assert dialog.words.startswith("24 pictures of few")


def test_a_run_without_class_scores_says_which_switch_keeps_them(qtbot, window, tmp_path) -> None:
    folder = begin_synthetic_run(tmp_path / "plain", 40)
    write_shards(folder)
    dialog = dialog_of(qtbot, window, folder.path, 40)
    assert "does not have all class scores" in dialog.words
    assert "Keep all class scores and features" in dialog.words
    assert not dialog.coverage_box.isVisible()
    press(dialog.close_button)
    assert window.workplaces.review.confidence.dialog is None
