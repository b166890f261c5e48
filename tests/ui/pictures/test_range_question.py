"""Floating-point pictures of which nothing says the range: asked once for each folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tifffile
from PySide6.QtTest import QTest

from camviewer.ui.window.main_window import MainWindow
from tests.ui.conftest import PATIENCE, wait_for_map
from tests.ui.dialogs import press


@pytest.fixture
def heights(tmp_path: Path) -> Path:
    folder = tmp_path / "heights"
    folder.mkdir()
    for number in (1, 2):
        values = np.random.default_rng(number).normal(300.0, 40.0, (120, 130)).astype(np.float32)
        tifffile.imwrite(folder / f"height{number}.tif", values)
    return folder


def range_notes(window: MainWindow) -> str:
    return " ".join(note.text for note in window.exploration.explanation.notes)


def test_a_range_is_asked_for_once_and_holds_for_the_folder(
    qtbot, window: MainWindow, heights: Path
) -> None:
    notice = window.picture_area.notice
    window.open_paths([heights])
    wait_for_map(qtbot, window, "height1.tif")
    qtbot.waitUntil(notice.choice.isVisible, timeout=PATIENCE)
    assert "the percentiles 0.1 and 99.9, because nothing says the range" in notice.text
    before = window.exploration.explanation
    press(notice.choice)
    qtbot.waitUntil(lambda: window.notices.range_question.dialog is not None, timeout=PATIENCE)
    dialog = window.notices.range_question.dialog
    dialog.low.selectAll()
    QTest.keyClicks(dialog.low, "500")
    assert dialog.values.isChecked()
    press(dialog.use_button)
    assert dialog.message == "Give two numbers, the smaller one first."
    for field, words in ((dialog.low, "0"), (dialog.high, "500")):
        field.selectAll()
        QTest.keyClicks(field, words)
    press(dialog.use_button)
    qtbot.waitUntil(lambda: window.exploration.explanation not in (None, before), timeout=PATIENCE)
    wait_for_map(qtbot, window, "height1.tif")
    assert "the values 0 to 500 as 0 to 1: as chosen for the pictures of this folder." in (
        range_notes(window)
    )
    assert not notice.choice.isVisible()

    window.exploration.pictures.step_picture(1)
    wait_for_map(qtbot, window, "height2.tif")
    assert "the values 0 to 500 as 0 to 1" in range_notes(window)
    assert not notice.choice.isVisible()
    window.runs.open_over(heights)
    form = window.runs.dialog.form
    assert form.fed_words == "It is fed the values 0,500, as chosen for this folder."
    qtbot.waitUntil(lambda: form.plan is not None, timeout=PATIENCE)
    assert form.plan.values == "0,500"


def test_percentiles_that_were_kept_are_not_asked_for_again(
    qtbot, window: MainWindow, heights: Path
) -> None:
    notice = window.picture_area.notice
    window.open_paths([heights])
    wait_for_map(qtbot, window, "height1.tif")
    qtbot.waitUntil(notice.decline.isVisible, timeout=PATIENCE)
    press(notice.decline)
    window.exploration.pictures.step_picture(1)
    wait_for_map(qtbot, window, "height2.tif")
    assert "as for the other pictures of the folder" in range_notes(window)
    assert not notice.choice.isVisible()
