"""What a run assumed of pictures that say no range holds for its maps that are made again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from camviewer.engine.batch import RunSettings, batch, open_run
from camviewer.engine.report.bundle_reading import open_bundle
from camviewer.ui.reports.dialog import BUNDLE
from camviewer.ui.review.control import ReviewControl
from camviewer.ui.window.main_window import MainWindow
from tests.ui.conftest import PATIENCE, wait_for_map
from tests.ui.dialogs import save_report
from tests.ui.reviewing import reviewed

CTRL, CTRL_ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier(0x0C000000)
HIGHEST = (4000, 900, 230)
"""Alone, the first picture would be taken for 12 bits, the second for 10, the third for 8."""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over the pages of 16-bit TIFFs with values of 12 bits, the brightest one first."""
    folder = tmp_path_factory.mktemp("deep")
    (folder / "in").mkdir()
    rows, columns = np.mgrid[0:200, 0:240]
    shape = np.abs(np.sin(rows / 17.0) * np.cos(columns / 29.0))
    for number, high in enumerate(HIGHEST):
        pages = [(shape * high * share).astype(np.uint16) for share in (1.0, 0.7)]
        file = folder / "in" / f"scan{number}.tif"
        tifffile.imwrite(file, np.stack(pages), photometric="minisblack")
    batch([folder / "in"], folder / "run", RunSettings(classes="top1", logits=True, page="all"))
    return folder / "run"


@pytest.fixture
def rows(run: Path) -> list[dict[str, Any]]:
    return open_run(run).rows().sort("path", "page").to_dicts()


@pytest.fixture
def review(qtbot, window: MainWindow, run: Path) -> ReviewControl:
    return reviewed(qtbot, window, run, 6)


def assert_is_of(window: MainWindow, row: dict[str, Any]) -> None:
    """The verdict and the map on screen are those of a run's row."""
    shown, verdict = window.exploration.explanation, window.exploration.verdict
    assert shown is not None
    np.testing.assert_allclose(verdict.logits, row["logits"], atol=1e-4)
    stored = np.reshape(row["map"], (row["map_rows"], row["map_columns"]))
    np.testing.assert_allclose(shown.heatmap.values, stored, atol=1e-4 * np.abs(stored).max())


def test_picture_and_map_have_the_numbers_of_the_row(qtbot, window, review, rows, run) -> None:
    gallery, explored = review.workplace.gallery, window.exploration
    for place in (2, 5):
        gallery.setFocus()
        gallery.setCurrentIndex(gallery.cards.index(place))
        row = rows[place]
        QTest.keyClick(gallery, Qt.Key.Key_Return)
        wait_for_map(qtbot, window, Path(row["path"]).name)
        assert explored.picture.image.page == row["page"] - 1
        assert explored.picture.image.kept_range.high == 4095
        assert_is_of(window, row)
        QTest.keyClick(window, Qt.Key.Key_2, CTRL)
    QTest.keyClick(window, Qt.Key.Key_1, CTRL)
    explored.pictures.show_page(0)
    wait_for_map(qtbot, window, "scan2.tif")
    qtbot.waitUntil(lambda: explored.picture.image.page == 0, timeout=PATIENCE)
    wait_for_map(qtbot, window, "scan2.tif")
    np.testing.assert_allclose(explored.verdict.logits, rows[4]["logits"], atol=1e-4)
    explored.pictures.choose_range(0.0, 255.0)
    qtbot.waitUntil(lambda: explored.picture.image.kept_range.high == 255, timeout=PATIENCE)
    wait_for_map(qtbot, window, "scan2.tif")
    assert np.abs(explored.verdict.logits - rows[4]["logits"]).max() > 0.1
    gallery.setCurrentIndex(gallery.cards.index(4))
    review.workplace.detail.open_requested.emit()
    qtbot.waitUntil(lambda: explored.picture.image.kept_range.high == 4095, timeout=PATIENCE)
    wait_for_map(qtbot, window, "scan2.tif")
    assert_is_of(window, rows[4])
    explored.pictures.open_paths([run.parent / "in" / "scan2.tif"])
    qtbot.waitUntil(lambda: explored.picture.image.kept_range.high == 255, timeout=PATIENCE)


def test_pictures_that_are_opened_together_have_the_numbers_of_their_rows(
    qtbot, window, review, rows, run
) -> None:
    gallery, explored = review.workplace.gallery, window.exploration
    for place, key in ((3, Qt.KeyboardModifier.NoModifier), (5, Qt.KeyboardModifier.ShiftModifier)):
        box = gallery.visualRect(gallery.cards.index(place)).center()
        QTest.mouseClick(gallery.viewport(), Qt.MouseButton.LeftButton, key, box)
    QTest.mouseClick(review.workplace.open_selection_button, Qt.MouseButton.LeftButton)
    wait_for_map(qtbot, window, "scan1.tif")
    assert [path.name for path in explored.pictures.files] == ["scan1.tif", "scan2.tif"]
    assert explored.picture.image.page == 1
    assert_is_of(window, rows[3])
    for place in (4, 5):
        QTest.keyClick(window, Qt.Key.Key_PageDown)
        page = rows[place]["page"] - 1
        qtbot.waitUntil(lambda page=page: explored.picture.image.page == page, timeout=PATIENCE)
        wait_for_map(qtbot, window, "scan2.tif")
        assert_is_of(window, rows[place])
    explored.pictures.choose_range(0.0, 255.0)
    qtbot.waitUntil(lambda: explored.picture.image.kept_range.high == 255, timeout=PATIENCE)
    explored.pictures.show_file(run.parent / "in" / "scan1.tif")
    wait_for_map(qtbot, window, "scan1.tif")
    assert explored.picture.image.kept_range.high == 255
    explored.pictures.open_paths([run.parent / "in"])
    wait_for_map(qtbot, window, "scan0.tif")


def test_a_report_has_the_maps_of_the_rows(qtbot, window, review, rows, tmp_path) -> None:
    QTest.keyClick(window, Qt.Key.Key_S, CTRL_ALT)
    dialog = window.reports.dialog
    QTest.mouseClick(dialog.kind_choice.segment(BUNDLE), Qt.MouseButton.LeftButton)
    save_report(qtbot, dialog, tmp_path / "deep.zip")
    bundle = open_bundle(tmp_path / "deep.zip")
    assert len(bundle.maps) == len(rows)
    for one, row in zip(bundle.maps, rows, strict=True):
        assert one.picture["page_index"] == row["page"] - 1
        told = one.record["class"]
        assert told["index"] == row["class_index"]
        assert told["under_recipe"]["logit"] == pytest.approx(row["logit"], abs=1e-4)
        stored = np.reshape(row["map"], (row["map_rows"], row["map_columns"]))
        np.testing.assert_allclose(bundle.values(one), stored, atol=1e-4 * np.abs(stored).max())
