"""Bringing a model of one's own: dropping a checkpoint, choosing, managing, and refusals."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
import timm
import torch
import torchvision
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPushButton

from camviewer.engine.packs import store as packs
from camviewer.ui.models.import_dialog import ImportDialog
from camviewer.ui.models.manager_dialog import ModelManager
from camviewer.ui.state.settings import Settings
from camviewer.ui.widgets import Segmented
from camviewer.ui.work import ImportRequest
from tests.engine.cheap_networks import cheaply_made
from tests.ui.conftest import PATIENCE, wait_for_map
from tests.ui.dialogs import accept
from tests.ui.dragging import drop, urls


@pytest.fixture(autouse=True)
def empty_models_folder(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(packs, "models_folder", lambda: tmp_path / "models")


@pytest.fixture
def shufflenet(tmp_path) -> tuple[torch.nn.Module, Path]:
    torch.manual_seed(0)
    network = torchvision.models.shufflenet_v2_x0_5(weights=None).eval()
    path = tmp_path / "mine.pth"
    torch.save({"state_dict": {f"module.{k}": v for k, v in network.state_dict().items()}}, path)
    return network, path


def test_a_dropped_checkpoint_is_asked_at_once(qtbot, with_cat, shufflenet, cat) -> None:
    network, path = shufflenet
    drop(with_cat, urls(path))
    qtbot.waitUntil(lambda: with_cat.exploration.models.info.title == "mine", timeout=PATIENCE)
    qtbot.waitUntil(lambda: with_cat.exploration.explanation is not None, timeout=PATIENCE)
    transforms = torchvision.models.ShuffleNet_V2_X0_5_Weights.DEFAULT.transforms()
    with torch.no_grad():
        expected = network(transforms(Image.open(cat).convert("RGB"))[None])[0].numpy()
    assert np.abs(with_cat.exploration.verdict.logits - expected).max() < 1e-4
    assert with_cat.exploration.explanation.heatmap.values.shape == (7, 7)
    assert with_cat.exploration.picture.image.name == "chelsea.png"


@pytest.mark.parametrize(
    ("architecture", "grid"),
    [
        ("torchvision/mobilenet_v3_small", (7, 7)),
        ("torchvision/squeezenet1_1", (13, 13)),
        ("timm/test_vit", (10, 10)),
        ("timm/test_convnext", (5, 5)),
    ],
)
def test_a_dropped_network_of_any_family_answers_as_its_own(
    qtbot, with_cat, tmp_path, cat, architecture, grid
) -> None:
    library, _, name = architecture.partition("/")
    if library == "torchvision":
        network = cheaply_made(lambda: torchvision.models.get_model(name, weights=None))
        transforms = torchvision.models.get_model_weights(name).DEFAULT.transforms()
    else:
        network = cheaply_made(lambda: timm.create_model(name))
        config = timm.data.resolve_data_config(pretrained_cfg=network.pretrained_cfg)
        transforms = timm.data.create_transform(**config)
    path = tmp_path / "family.pth"
    torch.save(network.state_dict(), path)
    drop(with_cat, urls(path))
    explored = with_cat.exploration
    qtbot.waitUntil(lambda: explored.models.info.title == "family", timeout=PATIENCE)
    qtbot.waitUntil(lambda: explored.explanation is not None, timeout=PATIENCE)
    with torch.no_grad():
        expected = network(transforms(Image.open(cat).convert("RGB"))[None])[0].numpy()
    assert np.abs(explored.verdict.logits - expected).max() < 1e-4 * max(1, np.abs(expected).max())
    assert explored.explanation.heatmap.values.shape == grid
    (pack,) = packs.list_packs()
    assert pack.architecture == architecture


def test_going_back_to_the_embedded_model_keeps_the_picture(qtbot, with_cat, shufflenet) -> None:
    before = with_cat.exploration.explanation
    drop(with_cat, urls(shufflenet[1]))
    qtbot.waitUntil(lambda: with_cat.exploration.models.info.title == "mine", timeout=PATIENCE)
    with_cat.exploration.models.choose("efficientnet-lite0")
    explored = with_cat.exploration
    qtbot.waitUntil(lambda: explored.models.info.id == "efficientnet-lite0", timeout=PATIENCE)
    qtbot.waitUntil(lambda: explored.explanation is not None, timeout=PATIENCE)
    assert explored.explanation.class_name == "tiger cat"
    assert np.array_equal(explored.explanation.heatmap.values, before.heatmap.values)


def test_an_imported_model_is_renamed_exported_and_removed(
    qtbot, window, shufflenet, tmp_path
) -> None:
    drop(window, urls(shufflenet[1]))
    qtbot.waitUntil(lambda: window.exploration.models.info.title == "mine", timeout=PATIENCE)
    window.model_commands.manage()
    manager = window.findChild(ModelManager)
    qtbot.waitUntil(lambda: manager.view.topLevelItemCount() == 1, timeout=PATIENCE)
    (pack,) = packs.list_packs()
    manager.rename(pack, "Another name")
    qtbot.waitUntil(
        lambda: (
            manager.view.topLevelItemCount() == 1
            and manager.view.topLevelItem(0).text(0) == "Another name"
        ),
        timeout=PATIENCE,
    )
    (pack,) = packs.list_packs()
    with qtbot.waitSignal(manager.changed, timeout=PATIENCE):
        manager.export(pack, tmp_path / "shared.camviewer")
    assert (tmp_path / "shared.camviewer").is_file()
    manager.remove(pack)
    qtbot.waitUntil(lambda: manager.view.topLevelItemCount() == 0, timeout=PATIENCE)
    explored = window.exploration
    qtbot.waitUntil(lambda: explored.models.info.id == "efficientnet-lite0", timeout=PATIENCE)
    manager.accept()


def test_a_damaged_model_is_listed_with_what_is_wrong_and_can_be_removed(
    qtbot, window, tmp_path
) -> None:
    folder = tmp_path / "models" / "cut"
    folder.mkdir(parents=True)
    (folder / "model.toml").write_text("{{")
    window.exploration.models.list_kept()
    window.model_commands.manage()
    manager = window.findChild(ModelManager)
    qtbot.waitUntil(lambda: manager.view.topLevelItemCount() == 1, timeout=PATIENCE)
    row = manager.view.topLevelItem(0)
    assert row.text(0) == "cut is no sound model: model.toml is no TOML."
    manager.view.setCurrentItem(row)
    said = [label.text() for label in manager.findChildren(QLabel) if label.isVisible()]
    assert any("Import it again" in words for words in said)
    allowed = {button.text(): button.isEnabled() for button in manager.findChildren(QPushButton)}
    usable = {text for text, enabled in allowed.items() if enabled}
    assert usable == {"Import…", "Close", "Remove…", "Show in folder"}
    entries = [action.text() for action in window.model_menu.models.actions()]
    assert "cut" not in entries
    (damaged,) = packs.list_with_damaged()
    manager.remove(damaged)
    qtbot.waitUntil(lambda: manager.view.topLevelItemCount() == 0, timeout=PATIENCE)
    assert not folder.exists()
    manager.accept()


def test_the_user_chooses_among_architectures_that_fit_alike(qtbot, with_cat, tmp_path) -> None:
    window = with_cat
    torch.manual_seed(0)
    network = torchvision.models.resnet18(weights=None)
    with torch.no_grad():
        network.fc.weight.mul_(20)
    path = tmp_path / "ambiguous.pth"
    torch.save(network.state_dict(), path)
    drop(window, urls(path))

    def dialog() -> ImportDialog | None:
        return window.findChild(ImportDialog)

    qtbot.waitUntil(lambda: dialog() is not None, timeout=PATIENCE)
    candidates = dialog().candidates
    said = dict(candidates.rows)
    assert set(said) == {"torchvision/resnet18", "timm/resnetblur18"}
    assert all(verdict.count("%") == 3 for verdict in said.values())
    assert len(set(said.values())) == 2
    candidates.choose("timm/resnetblur18")
    assert candidates.chosen == "timm/resnetblur18"
    candidates.choose("torchvision/resnet18")
    accept(dialog())
    qtbot.waitUntil(lambda: window.exploration.models.info.title == "ambiguous", timeout=PATIENCE)
    (pack,) = packs.list_packs()
    assert pack.architecture == "torchvision/resnet18"


def test_a_model_that_is_gone_gives_way_to_the_embedded_one(
    qtbot, settings_folder, new_window, cat
) -> None:
    Settings().set_model("was-removed")
    window = new_window(cat)
    wait_for_map(qtbot, window, "chelsea.png")
    assert window.exploration.models.info.id == "efficientnet-lite0"
    assert "was-removed" in window.picture_area.notice.text


class Malicious:
    """Would make a folder if it were ever unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple:
        return os.mkdir, (str(self.marker),)


def test_code_in_a_checkpoint_never_runs_and_is_refused_in_words(qtbot, with_cat, tmp_path) -> None:
    marker, path = tmp_path / "it-ran", tmp_path / "evil.pth"
    torch.save({"state_dict": Malicious(marker)}, path)
    drop(with_cat, urls(path))
    qtbot.waitUntil(with_cat.picture_area.notice.isVisible, timeout=PATIENCE)
    assert "evil.pth" in with_cat.picture_area.notice.text
    assert "state_dict" in with_cat.picture_area.notice.text
    assert not marker.exists()
    assert with_cat.exploration.models.info.id == "efficientnet-lite0"
    assert with_cat.exploration.explanation.class_name == "tiger cat"


def test_values_are_imported_with_their_unit(qtbot, window, tmp_path) -> None:
    dialog = ImportDialog(ImportRequest(tmp_path / "age.pth"), (), window)
    qtbot.addWidget(dialog)
    dialog.show()
    asked: list[ImportRequest] = []
    dialog.confirmed.connect(asked.append)
    (unit,) = (e for e in dialog.findChildren(QLineEdit) if e.accessibleName() == "Unit")
    assert not unit.isVisible()
    (shows,) = dialog.findChildren(Segmented)
    values = next(b for b in shows.findChildren(QAbstractButton) if b.text() == "Values")
    qtbot.mouseClick(values, Qt.MouseButton.LeftButton)
    assert unit.isVisible()
    qtbot.keyClicks(unit, "years")
    accept(dialog)
    (request,) = asked
    assert (request.activation, request.unit) == ("none", "years")
