"""A report shows the objects of its pictures, and how the maps lie on them."""

from __future__ import annotations

import base64
import csv
import io
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from camviewer.engine.batch import RunSettings, batch, open_run
from camviewer.engine.report.bundle_reading import open_bundle
from camviewer.ui.reports.dialog import BUNDLE
from camviewer.ui.window.main_window import MainWindow
from tests.ui.conftest import PATIENCE, wait_for_map
from tests.ui.dialogs import save_report
from tests.ui.reviewing import reviewed

CTRL, CTRL_ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier(0x0C000000)
YELLOW, BLUE = (255, 197, 61), (108, 197, 255)
OBJECT = (
    "<annotation><object><name>{label}</name><bndbox><xmin>121</xmin><ymin>21</ymin>"
    "<xmax>330</xmax><ymax>260</ymax></bndbox></object></annotation>"
)


@pytest.fixture
def photograph(tmp_path: Path, cat: Path) -> Path:
    """The cat with an annotation of its head beside it."""
    (tmp_path / "in").mkdir()
    copy = Path(shutil.copy(cat, tmp_path / "in" / "cat.png"))
    copy.with_suffix(".xml").write_text(OBJECT.format(label="tiger cat"))
    return copy


def has_edge(pixels: np.ndarray, colour: tuple[int, int, int]) -> bool:
    """Whether a line of this colour stands at the left side of the head."""
    strip = pixels[60:240, 116:126].astype(int)
    return bool((np.abs(strip - colour).max(axis=-1).min(axis=1) < 60).mean() > 0.9)


def test_the_picture_on_screen_is_reported_with_its_objects(
    qtbot, window: MainWindow, photograph: Path, tmp_path: Path
) -> None:
    window.open_paths([photograph])
    wait_for_map(qtbot, window, "cat.png")
    qtbot.waitUntil(lambda: window.objects.measured is not None, timeout=PATIENCE)
    where = window.objects.measured.on_objects.where
    QTest.keyClick(window, Qt.Key.Key_S, CTRL_ALT)
    assert "Saved cat.html" in save_report(qtbot, window.reports.dialog, tmp_path / "cat.html")
    page = (tmp_path / "cat.html").read_text(encoding="utf-8")
    assert "The picture has 1 object: tiger cat." in page
    assert f"Overlap (IoU) {where.box_iou:.2f}: of the box" in page
    assert "Pointing game: hit" in page
    assert "of the positive evidence lies inside" in page
    shown = re.findall(r'<img src="data:image/png;base64,([^"]+)"[^>]*alt="The map upon', page)
    overlay = np.asarray(Image.open(io.BytesIO(base64.b64decode(shown[0]))).convert("RGB"))
    assert has_edge(overlay, YELLOW)
    assert (np.abs(overlay.astype(int) - BLUE).max(axis=-1) < 40).sum() > 500


def test_pictures_of_a_run_are_reported_with_the_numbers_of_their_rows(
    qtbot, window: MainWindow, photograph: Path, tmp_path: Path
) -> None:
    other = photograph.with_name("dog.png")
    shutil.copy(photograph, other)
    other.with_suffix(".xml").write_text(OBJECT.format(label="beagle"))
    batch([photograph.parent], tmp_path / "run", RunSettings(classes="top1", objects="beside"))
    gallery = reviewed(qtbot, window, tmp_path / "run", 2).workplace.gallery
    gallery.setFocus()
    QTest.keyClick(gallery, Qt.Key.Key_A, CTRL)
    QTest.keyClick(window, Qt.Key.Key_S, CTRL_ALT)
    qtbot.waitUntil(lambda: window.reports.dialog is not None, timeout=PATIENCE)
    dialog = window.reports.dialog
    QTest.mouseClick(dialog.kind_choice.segment(BUNDLE), Qt.MouseButton.LeftButton)
    assert "Saved cats.zip" in save_report(qtbot, dialog, tmp_path / "cats.zip")
    bundle = open_bundle(tmp_path / "cats.zip")
    table = list(csv.DictReader(io.StringIO(bundle.content("table.csv").decode())))
    rows = open_run(tmp_path / "run").rows().sort("path").to_dicts()
    assert [line["picture"] for line in table] == ["cat.png", "dog.png"]
    for line, row in zip(table, rows, strict=True):
        for name in ("box_iou", "energy_inside"):
            told = float(line[name]) if line[name] else None
            assert told == (None if row[name] is None else pytest.approx(row[name], abs=1e-4))
        assert line["pointing"] == ("" if row["pointing"] is None else str(row["pointing"]))
    assert rows[0]["box_iou"] is not None
    page = bundle.content("report.html").decode()
    assert "1 object: beagle. None is of tiger cat" in page
    overlay = np.asarray(Image.open(io.BytesIO(bundle.content("maps/0001-cat.png"))))
    assert has_edge(overlay, YELLOW)
    assert not has_edge(
        np.asarray(Image.open(io.BytesIO(bundle.content("maps/0002-dog.png")))), YELLOW
    )
