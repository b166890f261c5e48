"""A real window with the real model, loaded once, offscreen, and real photographs."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch
from PySide6.QtCore import QEvent, QSettings
from PySide6.QtWidgets import QApplication, QMessageBox
from torch import Tensor, nn

from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.embedded import IDENTIFIER, load_embedded
from camviewer.engine.network.offset_store import OffsetStore
from camviewer.engine.runtime import network_runner
from camviewer.engine.runtime.cpu.batchnorm_folding import FoldedNetwork, fold
from camviewer.engine.session.pass_timing import Pace
from camviewer.engine.session.session import Session
from camviewer.engine.support.folders import offsets_folder
from camviewer.engine.support.resources import resource
from camviewer.ui.app.launch import make_application, open_window
from camviewer.ui.state.settings import Settings
from camviewer.ui.style.translation import use_language
from camviewer.ui.window.main_window import MainWindow
from camviewer.ui.work.model_cache import ModelCache

PATIENCE = 60_000
"""Milliseconds that a test waits for what must come."""
SECONDS_OF_A_PASS = 0.03
"""What forecasts are made from, so that no window runs passes to time them."""


@pytest.fixture(scope="session")
def qapp() -> Iterator[QApplication]:
    """The program's own application object."""
    gc.collect()
    gc.freeze()  # as the program does: what was imported stays, and need not be looked at again
    yield make_application()
    # Without a screen, Qt would delete what a test has copied only once Python has ended, and fail.
    QApplication.clipboard().clear()


@pytest.fixture
def german(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Windows that are opened now speak German."""
    monkeypatch.delenv("CAMVIEWER_LANGUAGE")
    take_back = use_language(qapp, "de")
    yield
    take_back()


@pytest.fixture(autouse=True)
def nothing_left_on_screen() -> Iterator[None]:
    """What a test has closed goes with it; outside of an event loop, Qt would keep all of it."""
    yield
    if QApplication.instance() is not None:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def settings_folder(tmp_path: Path) -> Path:
    """An empty home for the settings of one test."""
    folder = tmp_path / "settings"
    folder.mkdir()
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))
    return folder


@pytest.fixture(scope="session")
def loaded_classifier() -> Iterator[Classifier]:
    """The embedded model, loaded and folded once; nobody may change it. No pass is timed."""
    loaded = load_embedded()
    folded: dict[torch.Size, FoldedNetwork | None] = {}

    def fold_once(network: nn.Module, example: Tensor) -> FoldedNetwork | None:
        if network is not loaded.network:
            return fold(network, example)
        if example.shape not in folded:
            folded[example.shape] = fold(network, example)
        return folded[example.shape]

    def of_a_usual_machine(pace: Pace, _run: object, input_size: tuple[int, int]) -> None:
        for _ in range(2):
            pace.record(SECONDS_OF_A_PASS, input_size)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(network_runner, "fold", fold_once)
        patch.setattr(Pace, "measure", of_a_usual_machine)
        yield loaded


@pytest.fixture
def loading_window(
    qapp: QApplication, settings_folder: Path
) -> Iterator[Callable[..., MainWindow]]:
    """Opens windows as the program does, which load their model, and closes them."""
    windows: list[MainWindow] = []

    def open_one(*paths: Path, cache: ModelCache | None = None) -> MainWindow:
        window = open_window(paths, cache)
        windows.append(window)
        return window

    yield open_one
    # A test that failed may have left something to ask about, and nobody is there to answer.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
        while windows:
            _close(windows.pop())
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.processEvents()
    gc.collect()  # pictures, maps and models of the window, which refer to each other


@pytest.fixture
def new_cache(loaded_classifier: Classifier) -> Callable[[], ModelCache]:
    """Makes caches that have the loaded model, as if nothing had been asked of it yet."""

    def make() -> ModelCache:
        weights = loaded_classifier.info.weights_sha256
        offsets = OffsetStore(weights, offsets_folder(), shipped=IDENTIFIER)
        return ModelCache({IDENTIFIER: Session(loaded_classifier, offsets)})

    return make


@pytest.fixture
def new_window(
    loading_window: Callable[..., MainWindow], new_cache: Callable[[], ModelCache]
) -> Callable[..., MainWindow]:
    """Opens windows that are handed the loaded model, and run it by torch alone.

    The second engine would convert the model in a process of its own behind every window.
    """
    Settings().set_second_engine(False)
    return lambda *paths: loading_window(*paths, cache=new_cache())


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


def _close(window: MainWindow) -> None:
    window.close()
    window.deleteLater()


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
