"""Window and level for the eye: what is shown changes, and what the model says does not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from camviewer.ui.window.main_window import MainWindow
from tests.ui.conftest import PATIENCE, wait_for_map


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    folder = tmp_path / "scans"
    folder.mkdir()
    for number, largest in ((1, 4000), (2, 3000)):
        values = np.random.default_rng(number).integers(0, largest, (200, 220), dtype=np.uint16)
        Image.fromarray(values).save(folder / f"scan{number}.png")
    return folder


def shown(window: MainWindow) -> np.ndarray:
    return window.exploration.picture.image.pixels


def test_a_window_changes_what_is_seen_and_no_verdict(
    qtbot, window: MainWindow, scans: Path
) -> None:
    window.open_paths([scans])
    wait_for_map(qtbot, window, "scan1.png")
    verdict, heatmap = window.exploration.verdict, window.exploration.explanation.heatmap
    window.actions_by_id["brightness"].trigger()
    card = window.brightness.card
    assert card.isVisible()
    assert "from black to white" in card.words
    card.range_dragged.emit(1000.0, 2000.0)
    values = window.exploration.picture.image.values.array[..., 0].astype(float)
    expected = np.clip((values - 1000) / 1000, 0, 1) * 255
    qtbot.waitUntil(lambda: np.abs(shown(window)[..., 0] - expected).max() <= 1, timeout=PATIENCE)
    assert card.words == "1,000 to 2,000 from black to white"
    card.invert.setChecked(True)
    qtbot.waitUntil(
        lambda: np.abs(shown(window)[..., 0] - (255 - expected)).max() <= 1, timeout=PATIENCE
    )
    assert window.exploration.verdict is verdict
    assert window.exploration.explanation.heatmap is heatmap
    card.presets.setCurrentText("As the model is fed")
    card.presets.activated.emit(card.presets.currentIndex())
    assert (window.brightness.window.low, window.brightness.window.high) == (0.0, 4095.0)

    card.keep.setChecked(True)
    window.exploration.pictures.step_picture(1)
    wait_for_map(qtbot, window, "scan2.png")
    assert window.brightness.window.high == 4095.0
    assert window.brightness.window.inverted
    again = window.exploration.picture.image.values.array[..., 0].astype(float)
    dark = 255 - again / 4095 * 255
    qtbot.waitUntil(lambda: np.abs(shown(window)[..., 0] - dark).max() <= 1, timeout=PATIENCE)


def test_a_drag_with_the_right_button_moves_level_and_width(
    qtbot, window: MainWindow, scans: Path
) -> None:
    window.open_paths([scans / "scan1.png"])
    wait_for_map(qtbot, window, "scan1.png")
    before, canvas = window.brightness.window, window.picture_area.canvas
    QTest.mousePress(canvas, Qt.MouseButton.RightButton, pos=QPoint(100, 100))
    QTest.mouseMove(canvas, QPoint(100, 140))
    after = window.brightness.window
    assert after.low > before.low
    assert after.high - after.low == pytest.approx(before.high - before.low)
    QTest.mouseMove(canvas, QPoint(160, 140))
    assert window.brightness.window.high - window.brightness.window.low > after.high - after.low
    QTest.mouseRelease(canvas, Qt.MouseButton.RightButton, pos=QPoint(160, 140))
    QTest.mouseMove(canvas, QPoint(200, 180))
    assert window.brightness.window.high - window.brightness.window.low < 2 * (
        after.high - after.low
    )
