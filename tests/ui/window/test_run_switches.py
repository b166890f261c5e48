from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import timm
import torch
from PIL import Image

from camviewer.engine.importing.checkpoints import import_checkpoint
from camviewer.engine.packs import store as packs
from camviewer.engine.packs.store import PackInfo
from camviewer.engine.results.messages import Explanation
from camviewer.engine.runtime.conversion_process import convert_model
from camviewer.engine.runtime.converted_networks import ConvertedNetworks
from camviewer.engine.runtime.half_precision import is_in_hardware
from camviewer.engine.session.session import Session
from camviewer.engine.support.folders import networks_folder
from camviewer.ui.state.settings import Settings
from camviewer.ui.window.main_window import MainWindow
from tests.ui.conftest import PATIENCE, wait_for_map


@pytest.fixture
def prepared() -> None:
    """The embedded model is converted already, as `camviewer prepare` leaves it."""
    session = Session.embedded()
    kept = ConvertedNetworks(networks_folder(), session.info.weights_sha256)
    layer = session.info.default_layer
    if kept.find(layer) is None:
        kept.make(layer, lambda folder: convert_model(session.classifier, layer, folder))


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PackInfo:
    """Another model."""
    monkeypatch.setattr(packs, "models_folder", lambda: tmp_path / "models")
    torch.manual_seed(0)
    torch.save(timm.create_model("test_convnext").state_dict(), tmp_path / "mine.pth")
    return import_checkpoint(tmp_path / "mine.pth")


def explained_by(qtbot, window: MainWindow, model: str) -> None:
    """Asks another model, and waits for its map."""
    window.exploration.models.choose(model)
    qtbot.waitUntil(
        lambda: (
            window.exploration.models.info.id == model
            and window.exploration.explanation is not None
        ),
        timeout=PATIENCE,
    )


def engine_after(qtbot, window: MainWindow, *, allowed: bool) -> str:
    """What has made the map, once the switch was set."""
    before = window.exploration.explanation
    window.actions_by_id["second_engine"].setChecked(allowed)
    qtbot.waitUntil(lambda: window.exploration.explanation not in (None, before), timeout=PATIENCE)
    assert window.exploration.explanation is not None
    return window.exploration.explanation.engine


def test_maps_come_from_the_second_engine_unless_the_user_says_otherwise(
    prepared: None, qtbot, loading_window: Callable[..., MainWindow], cat: Path
) -> None:
    window = loading_window(cat)
    qtbot.waitUntil(lambda: window.exploration.explanation is not None, timeout=PATIENCE)
    assert window.actions_by_id["second_engine"].isChecked()
    for _ in range(100):  # it is compiled and compared meanwhile, behind the first map
        assert engine_after(qtbot, window, allowed=False) == ""
        assert "OpenVINO" not in window.status.text
        if engine_after(qtbot, window, allowed=True) == "OpenVINO":
            break
    assert "with OpenVINO" in window.status.text


@pytest.mark.slow
def test_what_is_chosen_holds_for_a_model_that_is_gone_back_to(
    prepared: None,
    qtbot,
    loading_window: Callable[..., MainWindow],
    tmp_path: Path,
    cat: Path,
    mine: PackInfo,
) -> None:
    window = loading_window(cat)
    qtbot.waitUntil(lambda: window.exploration.explanation is not None, timeout=PATIENCE)
    embedded = window.exploration.models.info.id
    assert engine_after(qtbot, window, allowed=False) == ""
    explained_by(qtbot, window, mine.id)
    engine_after(qtbot, window, allowed=True)
    explained_by(qtbot, window, embedded)
    for number in range(60):  # it is compiled and compared behind the first map
        another = tmp_path / f"{number}.png"
        Image.open(cat).rotate(number).save(another)
        window.open_paths([another])
        wait_for_map(qtbot, window, another.name)
        if window.exploration.explanation.engine == "OpenVINO":
            break
    assert "with OpenVINO" in window.status.text


def test_the_choice_comes_back_with_the_next_start(
    qtbot, loading_window: Callable[..., MainWindow], cat: Path
) -> None:
    first = loading_window()
    qtbot.waitUntil(lambda: first.exploration.models.info is not None, timeout=PATIENCE)
    first.actions_by_id["second_engine"].setChecked(False)
    first.close()
    later = loading_window(cat)
    assert not later.actions_by_id["second_engine"].isChecked()
    qtbot.waitUntil(lambda: later.exploration.explanation is not None, timeout=PATIENCE)
    assert later.exploration.explanation.engine == ""


@pytest.mark.skipif(not is_in_hardware(), reason="this processor does not compute in bfloat16")
def test_scores_in_bfloat16_are_a_choice_that_the_map_tells_of_and_that_comes_back(
    qtbot, loading_window: Callable[..., MainWindow], cat: Path
) -> None:
    window = loading_window(cat)
    action = window.actions_by_id["half_precision"]
    assert not action.isChecked()
    qtbot.waitUntil(lambda: window.exploration.explanation is not None, timeout=PATIENCE)
    qtbot.waitUntil(action.isEnabled, timeout=PATIENCE)
    action.setChecked(True)
    explored = window.exploration
    explored.set_request(replace(explored.request, method="occlusion", options=()))
    explored.set_request(replace(explored.request, options=(("patch", 112), ("stride", 56))))
    qtbot.waitUntil(
        lambda: (
            "bfloat16" in " ".join(map(str, getattr(window.exploration.explanation, "notes", ())))
        ),
        timeout=PATIENCE,
    )
    window.close()
    assert loading_window().actions_by_id["half_precision"].isChecked()


@pytest.mark.skipif(not is_in_hardware(), reason="this processor does not compute in bfloat16")
def test_the_first_slow_map_of_another_model_is_scored_in_bfloat16_too(
    qtbot, loading_window: Callable[..., MainWindow], cat: Path, mine: PackInfo
) -> None:
    Settings().set_half_precision(True)
    window = loading_window(cat)
    qtbot.waitUntil(lambda: window.exploration.explanation is not None, timeout=PATIENCE)
    window.exploration.set_request(replace(window.exploration.request, method="occlusion"))
    window.exploration.models.choose(mine.id)
    finished = []

    def see(found: Explanation | None) -> None:
        if found and not found.underway and window.exploration.models.info.id == mine.id:
            finished.append(found)

    window.exploration.explanation_changed.connect(see)
    qtbot.waitUntil(lambda: bool(finished), timeout=PATIENCE)
    assert finished[0].request.method == "occlusion"
    assert "bfloat16" in " ".join(map(str, finished[0].notes))
