"""Models with their own network in the window: asked about, explained as far as can be."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from camviewer.engine.checkpoints import consent
from camviewer.engine.packs import store as packs
from camviewer.ui.models.consent_dialog import ConsentDialog
from tests.ui.conftest import PATIENCE
from tests.ui.dialogs import accept
from tests.ui.dragging import drop, urls


@pytest.fixture(autouse=True)
def empty_folders(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(packs, "models_folder", lambda: tmp_path / "models")
    monkeypatch.setattr(consent, "data_folder", lambda: tmp_path / "data")


def classifier() -> nn.Module:
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(3, 8, 5, 4, 2), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 3)
    ).eval()


def scripted(network: nn.Module, path: Path) -> Path:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.jit.script(network).save(str(path))
    return path


def ask(qtbot, window, path: Path) -> ConsentDialog:
    drop(window, urls(path))
    qtbot.waitUntil(lambda: window.findChild(ConsentDialog) is not None, timeout=PATIENCE)
    return window.findChild(ConsentDialog)


def test_a_script_is_asked_about_and_a_no_leaves_everything_as_it_was(
    qtbot, with_cat, tmp_path
) -> None:
    before = with_cat.exploration.explanation
    dialog = ask(qtbot, with_cat, scripted(classifier(), tmp_path / "mine.pt"))
    assert "any code" in dialog.accessibleDescription()
    dialog.reject()
    qtbot.waitUntil(lambda: with_cat.findChild(ConsentDialog) is None, timeout=PATIENCE)
    assert with_cat.exploration.models.info.id == "efficientnet-lite0"
    assert with_cat.exploration.explanation is before
    assert packs.list_packs() == ()
    assert not (tmp_path / "data").exists()


def test_a_script_that_was_allowed_is_explained_by_its_layers(qtbot, with_cat, tmp_path) -> None:
    dialog = ask(qtbot, with_cat, scripted(classifier(), tmp_path / "mine.pt"))
    accept(dialog)
    explored = with_cat.exploration
    qtbot.waitUntil(lambda: explored.models.info.title == "mine", timeout=PATIENCE)
    qtbot.waitUntil(lambda: explored.explanation is not None, timeout=PATIENCE)
    assert explored.explanation.method.id == "cam"
    assert explored.explanation.heatmap.values.shape == (56, 56)
    assert "preprocessing" in with_cat.picture_area.notice.text


class Followed(nn.Module):
    """Goes its way by the picture, so its script is a black box."""

    def __init__(self) -> None:
        super().__init__()
        self.fc = nn.Linear(3, 2)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc(x.mean((2, 3)).sort(1)[0])


def test_a_black_box_is_occluded_and_the_method_before_comes_back_with_the_next_model(
    qtbot, with_cat, tmp_path
) -> None:
    explored = with_cat.exploration
    accept(ask(qtbot, with_cat, scripted(Followed().eval(), tmp_path / "box.pt")))
    qtbot.waitUntil(lambda: explored.models.info.title == "box", timeout=PATIENCE)
    qtbot.waitUntil(lambda: explored.explanation is not None, timeout=PATIENCE)
    assert explored.models.info.layer_refusal
    assert explored.explanation.method.id == "occlusion"
    explored.models.choose("efficientnet-lite0")
    qtbot.waitUntil(lambda: explored.models.info.id == "efficientnet-lite0", timeout=PATIENCE)
    qtbot.waitUntil(lambda: explored.explanation is not None, timeout=PATIENCE)
    assert explored.explanation.method.id == "cam"
    assert np.abs(explored.explanation.heatmap.values).max() > 0


class Malicious:
    """Would make a folder if it were ever unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple:
        return os.mkdir, (str(self.marker),)


def test_a_hostile_program_ends_as_a_sentence(qtbot, with_cat, tmp_path) -> None:
    marker, path = tmp_path / "it-ran", tmp_path / "mine.pt2"
    torch.save(Malicious(marker), path)
    drop(with_cat, urls(path))
    qtbot.waitUntil(with_cat.picture_area.notice.isVisible, timeout=PATIENCE)
    assert "mine.pt2 was not opened" in with_cat.picture_area.notice.text
    assert not marker.exists()
    assert with_cat.exploration.explanation.class_name == "tiger cat"
