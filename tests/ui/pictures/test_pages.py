"""Pages of one file: stepped through by keys, arrows and the slider, with a map for each."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pydicom
import pytest
from PIL import Image
from pydicom.data import get_testdata_file
from PySide6.QtCore import QByteArray, QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from camviewer.engine.geometry import Box
from camviewer.engine.render import Look
from camviewer.engine.render.files import drawn
from camviewer.ui.canvas.marks import Marks, outlined_box
from camviewer.ui.window.main_window import MainWindow
from camviewer.ui.window.saving import Shown
from tests.ui.conftest import PATIENCE, wait_for_map


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A file of three pages of 50, 100 and 150, and another picture after it."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    pages = [Image.new("RGB", (60, 40), (50 * number,) * 3) for number in (1, 2, 3)]
    pages[0].save(folder / "a.tif", save_all=True, append_images=pages[1:])
    Image.new("RGB", (60, 40), "white").save(folder / "b.png")
    return folder


def shade(window: MainWindow) -> int:
    return int(window.exploration.picture.image.pixels[5, 5, 0])


def test_page_down_goes_through_pages_and_then_to_the_next_picture(
    qtbot, window: MainWindow, folder: Path
) -> None:
    window.open_paths([folder])
    wait_for_map(qtbot, window, "a.tif")
    pages = window.picture_area.pages
    assert pages.isVisible()
    for page, expected in enumerate((50, 100, 150), 1):
        qtbot.waitUntil(lambda expected=expected: shade(window) == expected, timeout=PATIENCE)
        assert pages.words == f"Page {page} of 3"
        window.actions_by_id["next_picture"].trigger()
    wait_for_map(qtbot, window, "b.png")
    assert not pages.isVisible()
    window.actions_by_id["previous_picture"].trigger()
    qtbot.waitUntil(lambda: shade(window) == 50, timeout=PATIENCE)


def test_arrows_and_slider_lead_to_other_pages(qtbot, window: MainWindow, folder: Path) -> None:
    window.open_paths([folder / "a.tif"])
    wait_for_map(qtbot, window, "a.tif")
    pages = window.picture_area.pages
    pages.slider.setFocus()
    qtbot.keyClick(pages.slider, Qt.Key.Key_End)
    assert pages.words == "Page 3 of 3"
    qtbot.waitUntil(lambda: shade(window) == 150, timeout=PATIENCE)
    qtbot.waitUntil(lambda: window.exploration.finished_map is not None, timeout=PATIENCE)
    window.exploration.close_pictures()
    assert not pages.isVisible()


def test_a_page_that_cannot_be_read_leaves_the_one_before(
    qtbot, window: MainWindow, folder: Path
) -> None:
    window.open_paths([folder / "a.tif"])
    wait_for_map(qtbot, window, "a.tif")
    data = (folder / "a.tif").read_bytes()
    (folder / "a.tif").write_bytes(data[:200])
    window.actions_by_id["next_picture"].trigger()
    qtbot.waitUntil(window.picture_area.notice.isVisible, timeout=PATIENCE)
    assert shade(window) == 50
    assert window.picture_area.pages.words == "Page 1 of 3"


def open_slice(qtbot, window: MainWindow, folder: Path) -> None:
    """Opens a DICOM picture that can be saved as DICOM."""
    pytest.importorskip("highdicom")
    path = folder / "slice"
    path.write_bytes(Path(get_testdata_file("CT_small.dcm", download=False)).read_bytes())
    window.open_paths([path])
    wait_for_map(qtbot, window, "slice")


def test_a_dicom_picture_is_titled_by_its_modality_and_saved_as_dicom(
    qtbot, window: MainWindow, tmp_path: Path, monkeypatch
) -> None:
    open_slice(qtbot, window, tmp_path)
    assert window.windowTitle() == "slice (CT) \N{EM DASH} camviewer"
    asked = []

    def choose(_parent, _title, _suggestion, kinds: str) -> tuple[str, str]:
        asked.append(kinds)
        return str(tmp_path / "out"), kinds.split(";;")[1]

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    with qtbot.waitSignal(window.commands.saving.saved, timeout=PATIENCE) as said:
        window.commands.save_overlay()
    assert "(*.dcm)" in asked[0]
    assert said.args[0].startswith("Saved out.overlay.dcm, out.map.dcm, out.report.dcm")
    values = window.exploration.explanation.heatmap.values
    assert np.array_equal(pydicom.dcmread(tmp_path / "out.map.dcm").pixel_array, values)


def test_marks_of_an_overlay_are_on_its_dicom_too(
    qtbot, window: MainWindow, tmp_path: Path
) -> None:
    open_slice(qtbot, window, tmp_path)
    explored = window.exploration
    image, explanation = explored.picture.image, explored.explanation
    look = Look(signed=explanation.method.signed)
    info, verdict = explored.models.info, window.exploration.verdict
    marks = Marks(box=outlined_box(Box(20.0, 20.0, 100.0, 90.0), ""))
    shown = Shown(image, explanation, look, info, verdict, marks=marks)
    for suffix, write in (
        ("png", window.commands.saving.write_overlay),
        ("dcm", window.commands.saving.write_dicom),
    ):
        with qtbot.waitSignal(window.commands.saving.saved, timeout=PATIENCE):
            write(shown, tmp_path / f"out.{suffix}")
    stored = pydicom.dcmread(tmp_path / "out.overlay.dcm").pixel_array
    assert np.array_equal(stored, np.asarray(Image.open(tmp_path / "out.png").convert("RGB")))
    assert not np.array_equal(stored, drawn(image, explanation, look))


def test_a_pasted_file_has_its_pages(qtbot, window: MainWindow, folder: Path) -> None:
    copied = QMimeData()
    copied.setData("image/tiff", QByteArray((folder / "a.tif").read_bytes()))
    QGuiApplication.clipboard().setMimeData(copied)
    window.actions_by_id["paste"].trigger()
    wait_for_map(qtbot, window, "Clipboard")
    pages = window.picture_area.pages
    assert (pages.isVisible(), pages.words) == (True, "Page 1 of 3")
    window.actions_by_id["next_picture"].trigger()
    qtbot.waitUntil(lambda: shade(window) == 100, timeout=PATIENCE)
    assert pages.words == "Page 2 of 3"
    qtbot.waitUntil(lambda: window.exploration.finished_map is not None, timeout=PATIENCE)
