"""What a network remembers of its training is compared with what it is fed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PySide6.QtCore import Qt
from torch import nn
from torchvision.models import resnet18

from camviewer.engine.importing.checkpoints import import_checkpoint
from camviewer.engine.packs import store as packs
from camviewer.engine.packs.store import find_pack
from camviewer.engine.picture.samples import sample_pictures
from camviewer.engine.picture.source_image import read_image
from camviewer.engine.session import statistics_check
from camviewer.ui.work.model_file_kinds import ImportRequest
from tests.ui.conftest import PATIENCE

HALF = (0.5, 0.5, 0.5)


@pytest.fixture
def checkpoint(tmp_path, monkeypatch) -> Path:
    """A torchvision network that has seen the sample pictures on -1 to 1."""
    monkeypatch.setattr(packs, "models_folder", lambda: tmp_path / "models")
    torch.manual_seed(0)
    network = resnet18(num_classes=3)
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.momentum = None
            module.reset_running_stats()
    pictures = [read_image(path).pixels[:224, :224] for path in sample_pictures()]
    values = torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2) / 255
    with torch.no_grad():
        network.train()((values - 0.5) / 0.5)
    torch.save(network, tmp_path / "mine.pth")
    return tmp_path / "mine.pth"


def test_after_an_import_it_is_said_what_fits_better_and_one_click_uses_it(
    qtbot, with_cat, checkpoint
) -> None:
    window = with_cat
    window.exploration.models.import_file(ImportRequest(checkpoint))
    notice = window.picture_area.notice
    qtbot.waitUntil(
        lambda: "fit mean 0.5, deviation 0.5 far better" in notice.text, timeout=PATIENCE
    )
    assert "than ImageNet's mean and deviation, which is in use" in notice.text
    assert "Judged by your 1 picture and the 4 samples" in notice.text
    identifier = window.exploration.models.info.id

    window.actions_by_id["preprocessing"].trigger()
    qtbot.waitUntil(lambda: window.preprocessing.dialog is not None, timeout=PATIENCE)
    dialog = window.preprocessing.dialog
    panel = dialog.statistics
    qtbot.waitUntil(lambda: len(panel.rows) > 0, timeout=PATIENCE)
    assert panel.rows[0][0] == "ImageNet's mean and deviation (in use)"
    assert panel.rows[1][0] == "mean 0.5, deviation 0.5"
    assert float(panel.rows[1][1]) < float(panel.rows[0][1]) / 3
    assert "your 1 picture and the 4 samples" in panel.text
    qtbot.mouseClick(panel.use_button, Qt.MouseButton.LeftButton)
    assert dialog.form.recipe.mean == dialog.form.recipe.std == HALF
    qtbot.waitUntil(dialog.save_button.isEnabled, timeout=PATIENCE)
    with qtbot.waitSignal(window.exploration.model_ready, timeout=PATIENCE):
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert find_pack(identifier).recipe.mean == HALF


@pytest.mark.slow
def test_one_click_in_the_notice_uses_what_fits_better(qtbot, with_cat, checkpoint) -> None:
    window = with_cat
    window.exploration.models.import_file(ImportRequest(checkpoint))
    notice = window.picture_area.notice
    qtbot.waitUntil(notice.choice.isVisible, timeout=PATIENCE)
    qtbot.mouseClick(notice.choice, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "agree with this preprocessing" in notice.text, timeout=PATIENCE)
    assert not notice.choice.isVisible()
    info = window.exploration.models.info
    assert (info.recipe.mean, info.recipe.std) == (HALF, HALF)
    assert find_pack(info.id).recipe.mean == HALF


def test_the_details_say_whether_the_preprocessing_fits_and_offer_the_other_librarys(
    qtbot, with_cat, checkpoint
) -> None:
    window = with_cat
    window.exploration.models.import_file(ImportRequest(checkpoint))
    qtbot.waitUntil(window.picture_area.notice.choice.isVisible, timeout=PATIENCE)
    before = window.exploration.models.info
    assert before.architecture == "torchvision/resnet18"
    window.actions_by_id["model_details"].trigger()
    qtbot.waitUntil(lambda: window.details.dialog is not None, timeout=PATIENCE)
    panel = window.details.dialog.statistics
    qtbot.waitUntil(lambda: len(panel.published) > 0, timeout=PATIENCE)
    assert "fit mean 0.5, deviation 0.5 far better" in panel.text
    words, button = panel.published[0]
    assert words.startswith("timm (resnet18.")
    assert "bicubic" in words
    assert "Divergence" in words
    with qtbot.waitSignal(window.exploration.model_ready, timeout=PATIENCE):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    after = find_pack(before.id).recipe
    assert after.interpolation == "bicubic"
    assert after != before.recipe
    qtbot.waitUntil(
        lambda: window.details.dialog is not None and window.details.dialog.info != before,
        timeout=PATIENCE,
    )
    assert window.details.dialog.info.recipe == after


def test_the_embedded_model_agrees_and_cannot_be_changed(qtbot, with_cat) -> None:
    with_cat.actions_by_id["preprocessing"].trigger()
    qtbot.waitUntil(lambda: with_cat.preprocessing.dialog is not None, timeout=PATIENCE)
    panel = with_cat.preprocessing.dialog.statistics
    qtbot.waitUntil(lambda: "agree with this preprocessing" in panel.text, timeout=PATIENCE)
    assert panel.use_button.isHidden()
    assert panel.rows[0][0].startswith("mean 0.5, deviation 0.5")


def test_without_a_picture_the_samples_judge(qtbot, window) -> None:
    qtbot.waitUntil(lambda: window.exploration.models.info is not None, timeout=PATIENCE)
    window.actions_by_id["preprocessing"].trigger()
    qtbot.waitUntil(lambda: window.preprocessing.dialog is not None, timeout=PATIENCE)
    panel = window.preprocessing.dialog.statistics
    qtbot.waitUntil(lambda: "Judged by the 4 sample pictures" in panel.text, timeout=PATIENCE)


def test_statistics_of_the_model_in_use_are_not_told_as_those_of_an_imported_one(
    qtbot, with_cat, checkpoint
) -> None:
    window, notice = with_cat, with_cat.picture_area.notice
    window.exploration.models.kept.emit(import_checkpoint(checkpoint))  # another one is in use
    window.actions_by_id["preprocessing"].trigger()
    qtbot.waitUntil(lambda: window.preprocessing.dialog is not None, timeout=PATIENCE)
    panel = window.preprocessing.dialog.statistics
    qtbot.waitUntil(lambda: "agree with this preprocessing" in panel.text, timeout=PATIENCE)
    assert "agree with this preprocessing" not in notice.text


def test_a_suggestion_that_is_used_once_another_model_is_in_use_is_kept_without_a_word(
    qtbot, with_cat, checkpoint
) -> None:
    window, notice = with_cat, with_cat.picture_area.notice
    explored = window.exploration
    explored.models.import_file(ImportRequest(checkpoint))
    qtbot.waitUntil(notice.choice.isVisible, timeout=PATIENCE)
    mine = explored.models.info.id
    explored.models.choose(packs.EMBEDDED)
    qtbot.waitUntil(lambda: explored.models.info.id == packs.EMBEDDED, timeout=PATIENCE)
    qtbot.mouseClick(notice.choice, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(explored.models.listed, timeout=PATIENCE):
        pass
    assert find_pack(mine).recipe.mean == HALF
    assert not explored.models.loading
    window.actions_by_id["preprocessing"].trigger()
    qtbot.waitUntil(lambda: window.preprocessing.dialog is not None, timeout=PATIENCE)
    panel = window.preprocessing.dialog.statistics
    qtbot.waitUntil(lambda: "agree with this preprocessing" in panel.text, timeout=PATIENCE)
    assert not notice.isVisible()


@pytest.mark.parametrize("which", ["model_details", "preprocessing"])
def test_when_the_pictures_are_closed_the_samples_judge(qtbot, with_cat, which) -> None:
    dialogs = with_cat.details if which == "model_details" else with_cat.preprocessing
    with_cat.actions_by_id[which].trigger()
    qtbot.waitUntil(lambda: dialogs.dialog is not None, timeout=PATIENCE)
    with_cat.exploration.close_pictures()
    panel = dialogs.dialog.statistics
    qtbot.waitUntil(lambda: "Judged by the 4 sample pictures" in panel.text, timeout=PATIENCE)


@pytest.mark.parametrize("which", ["model_details", "preprocessing"])
def test_a_comparison_that_fails_says_why(qtbot, with_cat, monkeypatch, which) -> None:
    def no_memory(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(statistics_check, "check_model", no_memory)
    dialogs = with_cat.details if which == "model_details" else with_cat.preprocessing
    with_cat.actions_by_id[which].trigger()
    qtbot.waitUntil(lambda: dialogs.dialog is not None, timeout=PATIENCE)
    panel = dialogs.dialog.statistics
    qtbot.waitUntil(lambda: "not enough memory" in panel.text, timeout=PATIENCE)
