"""Editing what a model is fed, with a preview of what the network sees."""

from __future__ import annotations

import tomllib

import numpy as np
import pytest
import torch
import torchvision
from PySide6.QtCore import Qt

from camviewer.engine.architectures.network_changes import ACTIVATIONS
from camviewer.engine.importing.checkpoints import import_checkpoint
from camviewer.engine.packs import store as packs
from camviewer.engine.packs.store import PackInfo, find_pack
from camviewer.ui.preprocessing.dialog import PreprocessingDialog
from tests.ui.conftest import PATIENCE, wait_for_map


@pytest.fixture
def mine(tmp_path, monkeypatch) -> PackInfo:
    monkeypatch.setattr(packs, "models_folder", lambda: tmp_path / "models")
    torch.manual_seed(0)
    network = torchvision.models.squeezenet1_1(num_classes=3)
    with torch.no_grad():
        network.classifier[1].weight.mul_(20)
    torch.save(network.state_dict(), tmp_path / "mine.pth")
    return import_checkpoint(tmp_path / "mine.pth")


def opened(qtbot, window) -> PreprocessingDialog:
    window.actions_by_id["preprocessing"].trigger()
    qtbot.waitUntil(lambda: window.preprocessing.dialog is not None, timeout=PATIENCE)
    dialog = window.preprocessing.dialog
    qtbot.waitUntil(lambda: len(dialog.preview.rows) > 0, timeout=PATIENCE)
    return dialog


def changed_to(qtbot, dialog, change) -> tuple[tuple[str, float], ...]:
    """What the network says after a change was made."""
    before = dialog.preview.rows
    change()
    qtbot.waitUntil(lambda: dialog.preview.rows != before, timeout=PATIENCE)
    return dialog.preview.rows


@pytest.fixture
def dialog(qtbot, with_cat, mine) -> PreprocessingDialog:
    with_cat.exploration.models.choose(mine.id)
    qtbot.waitUntil(
        lambda: with_cat.exploration.models.info.id == mine.id and with_cat.exploration.explanation,
        timeout=PATIENCE,
    )
    return opened(qtbot, with_cat)


def test_the_preview_follows_the_values_and_saving_keeps_them(
    qtbot, with_cat, mine, dialog
) -> None:
    explored, controls = with_cat.exploration, dialog.form.controls
    verdict = explored.verdict
    name, share = dialog.preview.rows[0]
    assert name == explored.models.info.labels[verdict.top(1)[0]]
    assert share == pytest.approx(float(verdict.probabilities.max()), rel=1e-4)
    assert not dialog.save_button.isEnabled()

    changed_to(qtbot, dialog, lambda: controls["mean red"].setValue(0.9))
    squashed = lambda: (controls["mode"].set_value("squash"), controls["mode"].chosen.emit(""))  # noqa: E731
    changed_to(qtbot, dialog, squashed)
    changed_to(qtbot, dialog, lambda: controls["width"].setValue(256))
    assert dialog.preview.numbers.startswith("256 × 224 pixels")
    tried = dialog.preview.rows
    weights = mine.folder / "weights.safetensors"
    before = weights.stat().st_mtime_ns

    with qtbot.waitSignal(explored.model_ready, timeout=PATIENCE):
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: explored.explanation is not None, timeout=PATIENCE)
    best = explored.verdict.top(1)[0]
    assert explored.models.info.labels[best] == tried[0][0]
    assert float(explored.verdict.probabilities[best]) == pytest.approx(tried[0][1], rel=1e-4)
    assert explored.explanation.placement.input_size == (224, 256)
    recipe = tomllib.loads((mine.folder / "model.toml").read_text())["recipe"]
    assert recipe["resize_mode"] == "squash"
    assert recipe["input_size"] == [224, 256]
    assert recipe["mean"] == [0.9, 0.456, 0.406]
    assert recipe["crop_fraction"] == mine.recipe.crop_fraction  # shown rounded, kept exact
    assert weights.stat().st_mtime_ns == before
    assert find_pack(mine.id).published == mine.recipe
    assert with_cat.preprocessing.dialog is None


def test_reset_brings_back_what_was_published(qtbot, dialog, mine) -> None:
    first = dialog.preview.rows
    changed_to(qtbot, dialog, lambda: dialog.form.controls["std green"].setValue(0.9))
    assert changed_to(qtbot, dialog, dialog.reset_button.click) == first
    assert dialog.form.recipe == mine.recipe


def test_usual_means_and_deviations_are_one_choice(qtbot, dialog) -> None:
    usual = dialog.form.controls["usual"]
    assert usual.currentText() == "ImageNet"
    changed_to(qtbot, dialog, lambda: usual.setCurrentText("0 … 1"))
    assert (dialog.form.recipe.mean, dialog.form.recipe.std) == ((0.0,) * 3, (1.0,) * 3)


def test_scores_of_several_classes_need_not_add_up_to_one(qtbot, dialog) -> None:
    activation = dialog.form.controls["activation"]
    rows = changed_to(
        qtbot, dialog, lambda: (activation.set_value("sigmoid"), activation.chosen.emit("sigmoid"))
    )
    assert sum(share for _, share in rows) != pytest.approx(1.0, abs=0.01)


def test_a_size_that_the_network_refuses_is_said_beside_the_values(qtbot, dialog) -> None:
    dialog.form.controls["width"].setValue(8)
    dialog.form.controls["height"].setValue(8)
    qtbot.waitUntil(lambda: "does not accept" in dialog.message, timeout=PATIENCE)
    assert dialog.message.startswith("This network does not accept pictures of 8 x 8 pixels.")
    assert not dialog.save_button.isEnabled()


def test_class_names_are_replaced_when_they_are_as_many(
    qtbot, with_cat, mine, dialog, tmp_path
) -> None:
    short, names = tmp_path / "short.txt", tmp_path / "names.csv"
    short.write_text("one\ntwo\n")
    names.write_text("index,name\n0,Katze\n1,Hund\n2,Hamster\n")
    dialog.labels_chosen.emit(short)
    qtbot.waitUntil(lambda: "short.txt has 2 names" in dialog.message, timeout=PATIENCE)
    assert not dialog.save_button.isEnabled()
    rows = changed_to(qtbot, dialog, lambda: dialog.labels_chosen.emit(names))
    assert {name for name, _ in rows} == {"Katze", "Hund", "Hamster"}
    with qtbot.waitSignal(with_cat.exploration.model_ready, timeout=PATIENCE):
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert with_cat.exploration.models.info.labels == ("Katze", "Hund", "Hamster")
    assert (mine.folder / "labels.txt").read_text() == "Katze\nHund\nHamster\n"


def test_another_picture_is_previewed_at_once(qtbot, with_cat, dialog, coffee) -> None:
    def show() -> None:
        with_cat.open_paths([coffee])
        wait_for_map(qtbot, with_cat, "coffee.png")

    changed_to(qtbot, dialog, show)


def test_the_embedded_model_is_previewed_on_a_sample_and_says_what_is_fixed(qtbot, window) -> None:
    dialog = opened(qtbot, window)
    assert "cat" in dialog.preview.rows[0][0]
    assert dialog.message.startswith("This model comes with the program: size, mean and deviation")
    assert not dialog.form.isEnabled()
    assert dialog.form.values.isEnabled()
    assert not dialog.save_button.isEnabled()
    dialog.reject()


def test_the_preview_shows_the_pixels_that_the_network_is_given(qtbot, with_cat, dialog) -> None:
    image = dialog.preview.image
    shown = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)[:, : 3 * 224]
    transforms = torchvision.models.SqueezeNet1_1_Weights.DEFAULT.transforms()
    from PIL import Image

    with Image.open(with_cat.exploration.picture.image.path) as picture:
        tensor = transforms(picture.convert("RGB"))
    mean, std = (torch.tensor(each).view(3, 1, 1) for each in (transforms.mean, transforms.std))
    expected = ((tensor * std + mean) * 255).round().permute(1, 2, 0).numpy()
    assert np.abs(shown.reshape(224, 224, 3) - expected).max() <= 1


def test_the_dialog_belongs_to_its_model(qtbot, with_cat, dialog) -> None:
    with_cat.exploration.models.choose("efficientnet-lite0")
    qtbot.waitUntil(lambda: with_cat.preprocessing.dialog is None, timeout=PATIENCE)


def test_the_activation_in_a_rebuilt_head_is_tried_and_saved(
    qtbot, with_cat, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr(packs, "models_folder", lambda: tmp_path / "models")
    torch.manual_seed(0)
    network = torchvision.models.shufflenet_v2_x0_5()
    network.fc = torch.nn.Sequential(
        torch.nn.Linear(1024, 16), torch.nn.ReLU(), torch.nn.Linear(16, 3)
    )
    with torch.no_grad():
        network.fc[2].weight.mul_(50)
    torch.save(network.state_dict(), tmp_path / "mine.pth")
    mine = import_checkpoint(tmp_path / "mine.pth")
    explored = with_cat.exploration
    explored.models.choose(mine.id)
    qtbot.waitUntil(
        lambda: explored.models.info.id == mine.id and explored.explanation, timeout=PATIENCE
    )
    dialog = opened(qtbot, with_cat)
    head = dialog.form.controls["head activation 1"]
    assert (head.isVisible(), head.currentText()) == (True, "ReLU")
    assert [head.itemData(row) for row in range(head.count())] == list(ACTIVATIONS)
    tried = changed_to(qtbot, dialog, lambda: head.setCurrentText("None"))
    with qtbot.waitSignal(explored.model_ready, timeout=PATIENCE):
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: explored.explanation is not None, timeout=PATIENCE)
    assert float(explored.verdict.probabilities.max()) == pytest.approx(tried[0][1], rel=1e-4)
    assert explored.models.info.head_activations == ("none",)


def test_one_channel_has_one_mean_and_each_place_in_a_head_its_activation(
    qtbot, with_cat, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr(packs, "models_folder", lambda: tmp_path / "models")
    network = torchvision.models.shufflenet_v2_x0_5()
    network.conv1[0] = torch.nn.Conv2d(1, 24, 3, 2, 1, bias=False)
    layers = (torch.nn.Linear(1024, 16), torch.nn.ReLU(), torch.nn.Linear(16, 8), torch.nn.ReLU())
    network.fc = torch.nn.Sequential(*layers, torch.nn.Linear(8, 3))
    torch.save(network.state_dict(), tmp_path / "grey.pth")
    mine = import_checkpoint(tmp_path / "grey.pth")
    explored = with_cat.exploration
    explored.models.choose(mine.id)
    qtbot.waitUntil(
        lambda: explored.models.info.id == mine.id and explored.explanation, timeout=PATIENCE
    )
    dialog = opened(qtbot, with_cat)
    controls = dialog.form.controls
    assert controls["mean red"].isVisible()
    hidden = ("mean green", "mean blue", "std green", "std blue", "order")
    assert not any(controls[name].isVisible() for name in hidden)
    assert controls["mean red"].accessibleName() == "Mean, grey"
    controls["mean red"].setValue(0.3)
    assert dialog.form.recipe.mean == (0.3, 0.3, 0.3)
    controls["head activation 2"].setCurrentText("Tanh")
    assert dialog.form.head_activations == ("relu", "tanh")
    with qtbot.waitSignal(explored.model_ready, timeout=PATIENCE):
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert explored.models.info.head_activations == ("relu", "tanh")
    assert find_pack(mine.id).recipe.mean == (0.3, 0.3, 0.3)


def test_blue_first_shows_in_the_preview_and_is_kept(qtbot, with_cat, dialog, mine) -> None:
    order = dialog.form.controls["order"]
    before = dialog.preview.image
    changed_to(qtbot, dialog, lambda: (order.set_value(True), order.chosen.emit(True)))
    now = dialog.preview.image
    pixel, other = (image.pixelColor(100, 100) for image in (before, now))
    # The mean and deviation of red and blue differ a little, and so does what comes back of them.
    assert abs(pixel.red() - other.blue()) < 40
    assert abs(pixel.blue() - other.red()) < 40
    with qtbot.waitSignal(with_cat.exploration.model_ready, timeout=PATIENCE):
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert find_pack(mine.id).recipe.blue_first


def test_a_network_with_its_own_head_shows_no_activation_for_it(qtbot, dialog) -> None:
    assert "head activation 1" not in dialog.form.controls


def test_the_range_is_chosen_over_the_histogram_and_kept_with_the_model(
    qtbot, with_cat, mine, dialog
) -> None:
    values = dialog.form.values
    assert "8 bits" in values.words
    values.controls["range"].setCurrentText("Two values")
    assert (values.controls["low"].text(), values.controls["high"].text()) == ("0", "255")
    changed_to(qtbot, dialog, lambda: values.histogram.range_dragged.emit(40.0, 120.0))
    assert (values.controls["low"].text(), values.controls["high"].text()) == ("40", "120")
    assert "fed the values 40 to 120 as 0 to 1" in values.words
    bands = values.controls["bands"]
    bands.setText("3 2")
    bands.editingFinished.emit()
    qtbot.waitUntil(lambda: "2 bands are chosen for 3 channels" in dialog.message, timeout=PATIENCE)
    assert not dialog.save_button.isEnabled()
    bands.setText("3, 2, 1")
    bands.editingFinished.emit()
    qtbot.waitUntil(lambda: "3 (blue), 2 (green), 1 (red)" in values.words, timeout=PATIENCE)
    with qtbot.waitSignal(with_cat.exploration.model_ready, timeout=PATIENCE):
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    recipe = tomllib.loads((mine.folder / "model.toml").read_text())["recipe"]
    assert recipe["scale"] == {"kind": "range", "low": 40.0, "high": 120.0}
    assert recipe["bands"] == [3, 2, 1]
