"""The brightness that is kept for all pictures holds in *Review*, too."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from camviewer.engine.batch import RunSettings, batch
from camviewer.ui.runs.plan import overlay_words
from camviewer.ui.window.main_window import MainWindow
from tests.ui.conftest import PATIENCE, wait_for_map
from tests.ui.reviewing import reviewed

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in (1, 2):
        values = np.random.default_rng(number).integers(0, 4000, (200, 220), dtype=np.uint16)
        Image.fromarray(values).save(folder / f"scan{number}.png")
    batch([folder], tmp_path / "run", RunSettings(classes="top1"))
    return tmp_path


def test_cards_are_as_dark_as_the_pictures(qtbot, window: MainWindow, scans: Path) -> None:
    window.open_paths([scans / "in" / "scan1.png"])
    wait_for_map(qtbot, window, "scan1.png")
    cards = reviewed(qtbot, window, scans / "run", 2).workplace.gallery.cards

    def brightness() -> float | None:
        drawn = cards.thumbnail(cards.number_at(0))
        if drawn is None:
            return None
        image = drawn.toImage()
        corner = [image.pixelColor(x, y).red() for x in range(1, 9) for y in range(1, 9)]
        return float(np.mean(corner))

    qtbot.waitUntil(lambda: brightness() is not None, timeout=PATIENCE)
    before = brightness()
    QTest.keyClick(window, Qt.Key.Key_1, CTRL)
    window.actions_by_id["brightness"].trigger()
    card = window.brightness.card
    qtbot.waitUntil(lambda: bool(card.words), timeout=PATIENCE)
    card.range_dragged.emit(3500.0, 40000.0)
    QTest.mouseClick(card.keep, Qt.MouseButton.LeftButton)
    assert card.keep.isChecked()
    QTest.keyClick(window, Qt.Key.Key_2, CTRL)
    qtbot.waitUntil(lambda: brightness() not in {None, before}, timeout=PATIENCE)
    assert brightness() < 30 < before
    kept = window.brightness.kept_choice()
    assert (kept.window.low, kept.window.high, kept.type) == (3500.0, 40000.0, "uint16")
    words = overlay_words(scans / "run", scans / "out", "21750,36500;type=uint16")
    assert "--window=21750,36500;type=uint16" in words
