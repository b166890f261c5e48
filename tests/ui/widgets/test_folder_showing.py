"""A folder is shown by another program, or its path is."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from camviewer.ui.widgets.folder_showing import show_folder


class FileManager(QObject):
    """Takes the place of the system's program."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[QUrl] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.shown.append(url)


@pytest.fixture
def parent(qtbot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def test_a_program_that_shows_folders_is_asked(parent: QWidget, tmp_path: Path) -> None:
    manager = FileManager()
    QDesktopServices.setUrlHandler("file", manager, "show")
    try:
        show_folder(tmp_path, parent)
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert [url.toLocalFile() for url in manager.shown] == [str(tmp_path)]
    assert parent.findChild(QMessageBox) is None


@pytest.mark.parametrize("name", ["there <b>", "gone"])
def test_without_such_a_program_or_folder_the_path_is_told(
    parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    (tmp_path / "there <b>").mkdir()
    show_folder(tmp_path / name, parent)
    box = parent.findChild(QMessageBox)
    assert box.text().endswith(str(tmp_path / name))
    assert ("not there any more" in box.text()) == (name == "gone")
