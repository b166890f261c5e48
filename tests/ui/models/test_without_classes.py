"""A backbone without a head in the window: no classes, and the maps that need none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
import torchvision
from PySide6.QtWidgets import QLabel

from camviewer.engine.packs import store
from camviewer.ui.preprocessing.dialog import Editing, PreprocessingDialog
from camviewer.ui.window.main_window import MainWindow
from tests.ui.conftest import PATIENCE
from tests.ui.dragging import drop, urls


@pytest.fixture(autouse=True)
def empty_models_folder(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(store, "models_folder", lambda: tmp_path / "models")


@pytest.fixture
def backbone(tmp_path) -> Path:
    torch.manual_seed(0)
    state = torchvision.models.shufflenet_v2_x0_5(weights=None).state_dict()
    path = tmp_path / "backbone.pth"
    torch.save({name: t for name, t in state.items() if not name.startswith("fc.")}, path)
    return path


@pytest.fixture
def shown(qtbot, with_cat, backbone) -> MainWindow:
    explored = with_cat.exploration
    drop(with_cat, urls(backbone))
    qtbot.waitUntil(lambda: explored.models.info.title == "backbone", timeout=PATIENCE)
    qtbot.waitUntil(lambda: explored.explanation is not None, timeout=PATIENCE)
    return with_cat


def said_in(widget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def test_the_panel_of_classes_says_that_there_are_none(qtbot, shown) -> None:
    assert "This model has no classes: it puts out features." in said_in(shown.classes)
    assert shown.classes.view.isHidden()
    assert shown.classes.search_field.isHidden()
    shown.actions_by_id["model_details"].trigger()
    qtbot.waitUntil(lambda: shown.details.dialog is not None, timeout=PATIENCE)
    assert "none: it puts out features" in shown.details.dialog.text


def test_a_map_that_needs_no_class_is_shown_and_others_say_why_they_are_not(shown) -> None:
    explanation = shown.exploration.explanation
    assert explanation.method.id == "eigen-cam"
    assert np.ptp(explanation.heatmap.values) > 0
    assert "no class" in shown.status.text
    assert "nan" not in shown.status.text


def test_the_classes_and_the_method_come_back_with_the_next_model(qtbot, shown) -> None:
    explored = shown.exploration
    explored.models.choose("efficientnet-lite0")
    qtbot.waitUntil(lambda: explored.models.info.id == "efficientnet-lite0", timeout=PATIENCE)
    qtbot.waitUntil(lambda: explored.explanation is not None, timeout=PATIENCE)
    assert explored.explanation.method.id == "cam"
    assert "tabby" in explored.explanation.class_name or explored.explanation.class_name
    assert not shown.classes.view.isHidden()
    assert not shown.classes.search_field.isHidden()


def test_keys_for_classes_and_another_placement_do_no_harm(qtbot, shown) -> None:
    explored = shown.exploration
    before = explored.explanation
    explored.step_class(1)
    shown.actions_by_id["placement_whole"].trigger()
    qtbot.waitUntil(lambda: explored.explanation is not before, timeout=PATIENCE)
    assert explored.explanation.placement.mode.value == "whole"
    assert "This map sees the picture <b>whole</b>." in said_in(shown.classes)
    assert "nan" not in said_in(shown)


def test_its_preprocessing_dialog_offers_nothing_of_classes(qtbot, shown) -> None:
    info = shown.exploration.models.info
    dialog = PreprocessingDialog(info, info.recipe, Editing.ALL, "", shown)
    qtbot.addWidget(dialog)
    assert dialog.form.activation == "features"
    choices = dialog.form.controls["activation"]
    assert choices.segment("softmax").isHidden()
    assert choices.segment("sigmoid").isHidden()
