"""While a model is loaded: how far it is, giving it up, and going back to one that is loaded."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import timm
import torch
import torchvision
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from camviewer.engine.importing import checkpoints as importing
from camviewer.engine.importing.checkpoints import import_checkpoint
from camviewer.engine.packs import network as pack_network
from camviewer.engine.packs import store as packs
from camviewer.engine.packs.editing import edit_pack
from camviewer.engine.packs.store import PackInfo
from camviewer.engine.results.messages import DeviceInfo
from camviewer.ui.state.settings import Settings
from camviewer.ui.style.theme import current_tokens
from tests.ui.conftest import PATIENCE, wait_for_map
from tests.ui.dragging import drop, urls

EMBEDDED = "efficientnet-lite0"


@pytest.fixture(autouse=True)
def models(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(packs, "models_folder", lambda: tmp_path / "models")
    return tmp_path / "models"


@pytest.fixture
def checkpoint(tmp_path) -> Path:
    torch.manual_seed(0)
    network = torchvision.models.squeezenet1_1(num_classes=3)
    torch.save(network.state_dict(), tmp_path / "mine.pth")
    return tmp_path / "mine.pth"


@pytest.fixture
def mine(checkpoint, models) -> PackInfo:
    return import_checkpoint(checkpoint)


class SlowDisk:
    """Reading waits, from when it begins until it is let go."""

    def __init__(self, read: Callable[..., Any]) -> None:
        self._read = read
        self.began, self.may_end = threading.Event(), threading.Event()

    def __call__(self, *arguments: Any) -> Any:
        self.began.set()
        assert self.may_end.wait(PATIENCE / 1000)
        return self._read(*arguments)


@pytest.fixture
def slow_weights(monkeypatch) -> Iterator[SlowDisk]:
    disk = SlowDisk(pack_network.mapped_weights)
    monkeypatch.setattr(pack_network, "mapped_weights", disk)
    yield disk
    disk.may_end.set()


@pytest.fixture
def slow_checkpoint(monkeypatch) -> Iterator[SlowDisk]:
    disk = SlowDisk(importing.read_checkpoint)
    monkeypatch.setattr(importing, "read_checkpoint", disk)
    yield disk
    disk.may_end.set()


def test_a_picture_that_waits_for_the_first_model_is_explained_by_a_method_it_has(
    qtbot, new_window, tmp_path, cat, slow_weights
) -> None:
    network = timm.create_model("test_vit", num_classes=3)
    torch.save(network.state_dict(), tmp_path / "vit.pth")
    Settings().set_model(import_checkpoint(tmp_path / "vit.pth").id)
    window = new_window(cat)
    qtbot.waitUntil(lambda: window.exploration.picture is not None, timeout=PATIENCE)
    slow_weights.may_end.set()
    wait_for_map(qtbot, window, "chelsea.png")
    assert window.exploration.explanation.method.id == window.exploration.request.method != "cam"
    assert not window.picture_area.notice.isVisible()


def test_a_dropped_checkpoint_says_how_far_it_is(qtbot, window, checkpoint) -> None:
    told: list[tuple[float, str]] = []
    said: list[str] = []
    window.model.progressed.connect(lambda *step: told.append(step))
    window.model.progressed.connect(lambda *_: said.append(window.status.text))
    drop(window, urls(checkpoint))
    qtbot.waitUntil(lambda: window.exploration.models.info.title == "mine", timeout=PATIENCE)
    assert all(0 <= share <= 1 for share, _ in told)
    words = list(dict.fromkeys(words for _, words in told))
    assert words[:2] == ["Reading mine.pth", "Recognising the architecture"]
    assert "Reading the weights" in words
    assert words[-1] == "Looking how the network ends"
    loading = [share for share, words in told if words == "Reading the weights"]
    assert loading == sorted(loading)
    assert len(loading) > 5
    assert any(text.startswith("Loading mine · Reading the weights · ") for text in said)
    assert window.model_menu.said == "mine"
    assert not window.model_menu.cancel_button.isVisible()


def test_a_line_over_the_picture_grows_while_a_model_is_loaded(
    qtbot, with_cat, mine, slow_weights
) -> None:
    with_cat.exploration.models.choose(mine.id)
    qtbot.waitUntil(slow_weights.began.is_set, timeout=PATIENCE)

    def colours() -> list[str]:
        stage = with_cat.picture_area
        row = stage.grab().toImage()
        return [row.pixelColor(int(share * row.width()), 0).name() for share in (0.02, 0.38, 0.9)]

    accent = current_tokens().accent
    qtbot.waitUntil(lambda: colours()[:2] == [accent, accent], timeout=PATIENCE)
    assert colours()[2] != accent


@pytest.mark.parametrize("how", ["button", "escape", "choice"])
def test_a_model_that_takes_too_long_is_given_up(qtbot, with_cat, mine, slow_weights, how) -> None:
    explored, corner = with_cat.exploration, with_cat.model_menu
    before, ready = explored.explanation, []
    explored.model_ready.connect(lambda model: ready.append(model.info.id))
    explored.models.choose(mine.id)
    qtbot.waitUntil(slow_weights.began.is_set, timeout=PATIENCE)
    assert corner.cancel_button.isVisible()
    assert f"Loading {mine.id}" in corner.said
    if how == "button":
        qtbot.mouseClick(corner.cancel_button, Qt.MouseButton.LeftButton)
    elif how == "escape":
        qtbot.keyClick(with_cat, Qt.Key.Key_Escape)
    else:
        explored.models.choose(EMBEDDED)
    assert not corner.cancel_button.isVisible()
    slow_weights.may_end.set()
    explored.models.list_kept()  # comes after what is under way
    with qtbot.waitSignal(explored.models.listed, timeout=PATIENCE):
        pass
    assert explored.models.info.id == EMBEDDED
    assert explored.explanation is before
    assert ready == []
    assert "tiger cat" in with_cat.status.text
    assert "EfficientNet" in corner.said
    explored.choose_class(0)  # and it still answers
    qtbot.waitUntil(lambda: explored.explanation.class_index == 0, timeout=PATIENCE)


def test_an_import_that_is_given_up_leaves_nothing(
    qtbot, with_cat, checkpoint, slow_checkpoint, models
) -> None:
    drop(with_cat, urls(checkpoint))
    qtbot.waitUntil(slow_checkpoint.began.is_set, timeout=PATIENCE)
    qtbot.mouseClick(with_cat.model_menu.cancel_button, Qt.MouseButton.LeftButton)
    slow_checkpoint.may_end.set()
    with_cat.exploration.models.list_kept()
    with qtbot.waitSignal(with_cat.exploration.models.listed, timeout=PATIENCE) as listed:
        pass
    assert listed.args[0].sound == ()
    assert not models.exists() or not list(models.iterdir())
    assert with_cat.exploration.models.info.id == EMBEDDED


def test_the_model_of_last_time_can_be_given_up_for_the_embedded_one(
    qtbot, settings_folder, mine, slow_weights, new_window, cat
) -> None:
    Settings().set_model(mine.id)
    window = new_window(cat)
    qtbot.waitUntil(slow_weights.began.is_set, timeout=PATIENCE)
    qtbot.waitUntil(window.model_menu.cancel_button.isVisible, timeout=PATIENCE)
    qtbot.mouseClick(window.model_menu.cancel_button, Qt.MouseButton.LeftButton)
    slow_weights.may_end.set()
    wait_for_map(qtbot, window, "chelsea.png")
    assert window.exploration.models.info.id == EMBEDDED


def test_a_loaded_model_answers_though_its_files_are_gone(qtbot, with_cat, mine) -> None:
    explored = with_cat.exploration

    def ask(identifier: str) -> None:
        explored.models.choose(identifier)
        qtbot.waitUntil(
            lambda: explored.models.info.id == identifier and explored.explanation is not None,
            timeout=PATIENCE,
        )

    ask(mine.id)
    first = explored.verdict
    ask(EMBEDDED)
    shutil.rmtree(mine.folder)
    ask(mine.id)
    assert np.array_equal(explored.verdict.logits, first.logits)


def test_a_model_that_was_edited_elsewhere_is_loaded_anew(qtbot, with_cat, mine) -> None:
    explored = with_cat.exploration
    explored.models.choose(mine.id)
    qtbot.waitUntil(lambda: explored.models.info.id == mine.id, timeout=PATIENCE)
    explored.models.choose(EMBEDDED)
    qtbot.waitUntil(lambda: explored.models.info.id == EMBEDDED, timeout=PATIENCE)
    edit_pack(mine, labels=("Katze", "Hund", "Hamster"))
    explored.models.choose(mine.id)
    qtbot.waitUntil(lambda: explored.models.info.id == mine.id, timeout=PATIENCE)
    assert explored.models.info.labels == ("Katze", "Hund", "Hamster")


@pytest.mark.parametrize("how", ["given up", "gone", "no such device"])
def test_a_map_that_was_interrupted_is_made_when_the_model_stays(
    qtbot, with_cat, mine, slow_weights, how
) -> None:
    explored = with_cat.exploration
    explored.set_request(replace(explored.request, method="occlusion"))
    qtbot.waitUntil(lambda: explored.explanation.underway, timeout=PATIENCE)
    if how == "given up":
        explored.models.choose(mine.id)
        qtbot.waitUntil(slow_weights.began.is_set, timeout=PATIENCE)
        explored.models.cancel_loading()
        slow_weights.may_end.set()
    elif how == "gone":
        explored.models.choose("was-removed")
    else:
        explored.models.choose_device("no-such-device")
    interrupted = explored.explanation
    qtbot.waitUntil(lambda: explored.explanation is not interrupted, timeout=PATIENCE)
    assert explored.explanation.method.id == "occlusion"
    assert explored.is_working == explored.explanation.underway
    assert explored.models.info.id == EMBEDDED


def test_an_import_can_be_cancelled_after_another_model_was_loaded_meanwhile(
    qtbot, with_cat, mine, checkpoint, slow_weights, slow_checkpoint
) -> None:
    explored, corner = with_cat.exploration, with_cat.model_menu
    explored.models.choose(mine.id)
    qtbot.waitUntil(slow_weights.began.is_set, timeout=PATIENCE)
    drop(with_cat, urls(checkpoint))
    slow_weights.may_end.set()
    qtbot.waitUntil(lambda: explored.models.info.id == mine.id, timeout=PATIENCE)
    qtbot.waitUntil(slow_checkpoint.began.is_set, timeout=PATIENCE)
    assert "Loading mine.pth" in corner.said
    qtbot.mouseClick(corner.cancel_button, Qt.MouseButton.LeftButton)
    slow_checkpoint.may_end.set()
    explored.models.list_kept()
    with qtbot.waitSignal(explored.models.listed, timeout=PATIENCE) as listed:
        pass
    assert [pack.id for pack in listed.args[0].sound] == [mine.id]
    assert explored.models.info.id == mine.id
    assert not corner.cancel_button.isVisible()


def test_the_menus_tick_what_is_in_use_though_something_else_was_chosen(
    qtbot, with_cat, mine
) -> None:
    explored, corner = with_cat.exploration, with_cat.model_menu

    def ticked(menu: QMenu) -> list[str]:
        return [action.text() for action in menu.actions() if action.isChecked()]

    explored.models.list_kept()
    qtbot.waitUntil(lambda: len(explored.models.choices) == 2, timeout=PATIENCE)
    (before,) = ticked(corner.models)
    shutil.rmtree(mine.folder)
    with qtbot.waitSignal(explored.failed, timeout=PATIENCE):
        next(entry for entry in corner.models.actions() if entry.text() == "mine").trigger()
    assert ticked(corner.models) == [before]

    ready = explored.models.ready
    corner.show_model(ready.info, (*ready.devices, DeviceInfo("no-such-device", "Another", None)))
    (before,) = ticked(corner.devices)
    with qtbot.waitSignal(explored.failed, timeout=PATIENCE):
        corner.devices.actions()[-1].trigger()
    corner.devices.aboutToShow.emit()
    assert ticked(corner.devices) == [before]
