"""A real window with the real model, offscreen, and real photographs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from camviewer.engine.resources import resource
from camviewer.ui.main_window import MainWindow
from camviewer.ui.start import make_application, open_window

PATIENCE = 60_000
"""Milliseconds that a test waits for what must come."""


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The program's own application object."""
    return make_application()


@pytest.fixture
def settings_folder(tmp_path: Path) -> Path:
    """An empty home for the settings of one test."""
    folder = tmp_path / "settings"
    folder.mkdir()
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))
    return folder


@pytest.fixture
def new_window(qapp: QApplication, settings_folder: Path) -> Iterator[Callable[..., MainWindow]]:
    """Opens windows as the program does, and closes them."""
    windows: list[MainWindow] = []

    def open_one(*paths: Path) -> MainWindow:
        window = open_window(paths)
        windows.append(window)
        return window

    yield open_one
    for window in windows:
        window.close()
        window.deleteLater()
    qapp.processEvents()


@pytest.fixture
def window(qtbot, new_window: Callable[..., MainWindow]) -> MainWindow:
    """A window whose model is loaded, without a picture."""
    window = new_window()
    qtbot.waitUntil(lambda: window.exploration.models.info is not None, timeout=PATIENCE)
    return window


@pytest.fixture
def with_cat(qtbot, window: MainWindow, cat: Path) -> MainWindow:
    """A window that shows the cat with its map."""
    window.open_paths([cat])
    wait_for_map(qtbot, window, "chelsea.png")
    return window


@pytest.fixture
def cat() -> Path:
    """A photograph of a cat, 451 x 300."""
    return resource("samples", "chelsea.png")


@pytest.fixture
def coffee() -> Path:
    """A photograph of an espresso, 600 x 400."""
    return resource("samples", "coffee.png")


def wait_for_map(qtbot, window: MainWindow, name: str) -> None:
    """Waits until the named picture is shown with its map."""

    def shown() -> bool:
        explored = window.exploration
        return (
            explored.picture is not None
            and explored.picture.image.name == name
            and explored.explanation is not None
        )

    qtbot.waitUntil(shown, timeout=PATIENCE)
