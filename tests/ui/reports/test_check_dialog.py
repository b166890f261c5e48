"""An evidence bundle that is dropped on the window, or chosen among the files."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from camviewer.engine.report.bundle_reading import open_bundle
from camviewer.ui.reports.check_dialog import CheckDialog
from camviewer.ui.reports.dialog import BUNDLE
from camviewer.ui.window.main_window import MainWindow
from tests.ui.conftest import PATIENCE
from tests.ui.dialogs import press, save_report
from tests.ui.dragging import drop_on, urls

CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def saved(qtbot, window: MainWindow, file: Path, *, with_pictures: bool = True) -> str:
    """Saves a bundle of the map on screen by the dialog; gives what it says."""
    QTest.keyClick(window, Qt.Key.Key_S, CTRL_ALT)
    dialog = window.reports.dialog
    press(dialog.kind_choice.segment(BUNDLE))
    if not with_pictures:
        box = dialog.pictures_box
        QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
        assert not box.isChecked()
    said = save_report(qtbot, dialog, file)
    dialog.close()
    return said


def checked(qtbot, window: MainWindow, file: Path) -> CheckDialog:
    """Drops a bundle on the window, and waits for what comes of it."""
    drop_on(window.picture_area, urls(file))
    dialog = window.reports.check_dialog
    qtbot.waitUntil(lambda: bool(dialog.message), timeout=PATIENCE)
    return dialog


@pytest.fixture
def bundle(qtbot, with_cat: MainWindow, tmp_path: Path) -> Path:
    said = saved(qtbot, with_cat, tmp_path / "evidence.zip")
    assert "Saved evidence.zip SHA-256 of its manifest: " in said
    assert "not against a new bundle with new hashes" in said
    return tmp_path / "evidence.zip"


def test_a_dropped_bundle_is_checked_and_its_map_agrees(qtbot, with_cat, bundle) -> None:
    dialog = checked(qtbot, with_cat, bundle)
    assert dialog.message.startswith("1 map agrees within 1e-4")
    assert "Every byte is what it was" in dialog.state_words
    row = dialog.map_list.topLevelItem(0)
    assert [row.text(column) for column in range(3)] == [
        "chelsea.png",
        "tiger cat",
        "✓ agrees within 1e-4",
    ]
    assert not dialog.folder_button.isVisible()
    assert with_cat.exploration.picture.image.name == "chelsea.png"


class Browser(QObject):
    """Takes the place of the system's program."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Path] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.shown.append(Path(url.toLocalFile()))


def test_the_report_of_a_checked_bundle_is_shown(qtbot, with_cat, bundle) -> None:
    dialog = checked(qtbot, with_cat, bundle)
    browser = Browser()
    QDesktopServices.setUrlHandler("file", browser, "show")
    try:
        press(dialog.report_button)
    finally:
        QDesktopServices.unsetUrlHandler("file")
    (file,) = browser.shown
    page = file.read_bytes()
    assert page.endswith(open_bundle(bundle).content("report.html"))
    assert b"default-src 'none'" in page[:200]
    assert file.parent != bundle.parent
    QApplication.instance().aboutToQuit.emit()
    assert not file.parent.exists()


def test_a_changed_bundle_is_refused(qtbot, with_cat, bundle) -> None:
    content = bytearray(bundle.read_bytes())
    content[len(content) // 3] ^= 4
    bundle.write_bytes(content)
    dialog = checked(qtbot, with_cat, bundle)
    assert "evidence.zip was changed" in dialog.message
    assert not dialog.map_list.topLevelItemCount()
    assert not dialog.report_button.isVisible()


def test_pictures_that_are_not_in_a_bundle_are_found_in_a_folder(
    qtbot, with_cat, tmp_path, cat, monkeypatch
) -> None:
    saved(qtbot, with_cat, tmp_path / "evidence.zip", with_pictures=False)
    dialog = checked(qtbot, with_cat, tmp_path / "evidence.zip")
    assert "1 could not be computed anew" in dialog.message
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(cat.parent))
    press(dialog.folder_button)
    qtbot.waitUntil(lambda: "agrees within" in dialog.message, timeout=PATIENCE)
    assert dialog.map_list.topLevelItemCount() == 1
