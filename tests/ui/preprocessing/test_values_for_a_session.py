"""The range of values and the bands of models that keep nothing: chosen until the program ends."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tifffile
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from camviewer.ui.preprocessing.dialog import PreprocessingDialog
from camviewer.ui.window.main_window import MainWindow
from tests.ui.conftest import PATIENCE, wait_for_map


@pytest.fixture
def scene(tmp_path: Path) -> Path:
    values = np.random.default_rng(3).integers(0, 3000, (120, 140, 4), dtype=np.uint16)
    path = tmp_path / "scene.tif"
    tifffile.imwrite(path, values, photometric="minisblack", planarconfig="contig")
    return path


def opened(qtbot, window: MainWindow) -> PreprocessingDialog:
    window.actions_by_id["preprocessing"].trigger()
    qtbot.waitUntil(lambda: window.preprocessing.dialog is not None, timeout=PATIENCE)
    return window.preprocessing.dialog


def test_bands_and_range_of_the_program_s_own_model_hold_until_it_ends(
    qtbot, window: MainWindow, scene: Path
) -> None:
    explored, notice = window.exploration, window.picture_area.notice
    own = explored.models.info.recipe
    window.open_paths([scene])
    qtbot.waitUntil(lambda: "4 bands" in notice.text, timeout=PATIENCE)
    dialog = opened(qtbot, window)
    values = dialog.form.values
    qtbot.waitUntil(lambda: "nothing says" in dialog.message, timeout=PATIENCE)
    assert values.histogram.ends == (0.0, 4095.0)  # what there is is shown all the same
    assert (dialog.form.isEnabled(), values.isEnabled()) == (False, True)

    bands = values.controls["bands"]
    QTest.keyClicks(bands, "4, 3, 2")
    bands.editingFinished.emit()
    qtbot.waitUntil(lambda: "the bands 4, 3, 2" in values.words, timeout=PATIENCE)
    QTest.mouseClick(values.bands_field.button, Qt.MouseButton.LeftButton)
    menu = values.bands_field.menu
    first = menu.actions()[2]
    assert first.text() == "Channel 1: 4"
    first.menu().actions()[0].trigger()
    menu.close()
    qtbot.waitUntil(lambda: "the bands 1, 3, 2" in values.words, timeout=PATIENCE)
    values.controls["range"].setCurrentText("Two values")
    values.histogram.range_dragged.emit(100.0, 2900.0)
    qtbot.waitUntil(lambda: "the values 100 to 2,900" in values.words, timeout=PATIENCE)
    QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    wait_for_map(qtbot, window, "scene.tif")
    assert explored.models.info.recipe.bands == (1, 3, 2)
    told = [note.text for note in explored.explanation.notes]
    assert any("the values 100 to 2,900 as 0 to 1" in words for words in told)
    assert window.preprocessing.dialog is None

    window.actions_by_id["run_over_folder"].trigger()  # a run is fed the same
    form = window.runs.dialog.form
    assert form.fed_words.startswith("It is fed the bands 1,3,2, as chosen for this session.")
    assert "the values 100,2900" in form.fed_words

    dialog = opened(qtbot, window)
    assert dialog.form.values.controls["bands"].text() == "1, 3, 2"
    QTest.mouseClick(dialog.reset_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: explored.models.info.recipe == own, timeout=PATIENCE)
    assert not form.fed_words
