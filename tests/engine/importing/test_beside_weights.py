"""What training scripts leave beside weights, and files beside them, name and read the outputs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from camviewer.engine.checkpoints.beside_weights import values_beside
from camviewer.engine.companions.named_values import hold_at_once
from camviewer.engine.importing.checkpoints import import_checkpoint
from camviewer.engine.packs.store import PackInfo, read_pack
from tests.engine.program_files import network_of

ARCHITECTURE = "torchvision/shufflenet_v2_x0_5"
NAMES = ("mug", "vase", "bowl")


@pytest.fixture(scope="module")
def weights() -> dict[str, Tensor]:
    return network_of("shufflenet_v2_x0_5", classes=3).state_dict()


def imported(content: object, folder: Path, **options: Any) -> PackInfo:
    path = folder / "mine.ckpt"
    torch.save(content, path)
    return import_checkpoint(path, architecture=ARCHITECTURE, **options)


@pytest.mark.parametrize(
    "beside",
    [
        {"hyper_parameters": {"class_names": list(NAMES), "lr": 0.1}},
        {"class_to_idx": {"vase": 1, "mug": 0, "bowl": 2}},
        {"classes": NAMES, "epoch": 3},
        {"datamodule_hyper_parameters": {"idx_to_class": {0: "mug", 1: "vase", 2: "bowl"}}},
        {"meta": {"CLASSES": list(NAMES)}},
    ],
)
def test_class_names_in_a_checkpoint_are_taken(
    beside: dict[str, Any], weights: dict[str, Tensor], data: Path, tmp_path: Path
) -> None:
    info = imported({"state_dict": weights, **beside}, tmp_path)
    assert read_pack(info.folder).labels == NAMES
    assert "The class names are those of mine.ckpt." in info.notes


def test_mean_and_deviation_in_hyper_parameters_are_taken(
    weights: dict[str, Tensor], data: Path, tmp_path: Path
) -> None:
    hyper = {"mean": [0.5, 0.4, 0.3], "std": [0.1, 0.2, 0.3], "image_size": 160}
    info = imported({"state_dict": weights, "hyper_parameters": hyper}, tmp_path)
    assert (info.recipe.mean, info.recipe.std) == ((0.5, 0.4, 0.3), (0.1, 0.2, 0.3))
    assert info.recipe.input_size == (160, 160)
    assert not any("does not tell" in note for note in info.notes)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("labels.txt", "mug\nvase\nbowl\n"),
        ("classes.txt", "mug\nvase\nbowl\n"),
        ("class_names.json", json.dumps(list(NAMES))),
        ("idx_to_class.json", json.dumps(dict(enumerate(NAMES)))),
        ("mine.txt", "mug\nvase\nbowl\n"),
    ],
)
def test_a_file_of_names_beside_the_checkpoint_is_taken(
    name: str, content: str, weights: dict[str, Tensor], data: Path, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(content)
    info = imported(weights, tmp_path)
    assert read_pack(info.folder).labels == NAMES
    assert f"The class names are those of {name} beside the file." in info.notes


def test_a_file_of_other_names_beside_it_is_left_aside(
    weights: dict[str, Tensor], data: Path, tmp_path: Path
) -> None:
    (tmp_path / "labels.txt").write_text("only\ntwo\n")
    (tmp_path / "classes.txt").write_bytes(b"\xff\xfe\x00broken")
    assert read_pack(imported(weights, tmp_path).folder).labels[0] == "class 0"


@pytest.mark.parametrize(
    "loss",
    [
        {"hyper_parameters": {"pos_weight": [1.0, 2.0, 3.0]}},
        {"hyper_parameters": {"loss": "BCEWithLogitsLoss"}},
        {"hparams": {"multi_label": True}},
        {"args": {"task": "multi-label"}},
    ],
)
def test_a_loss_of_classes_that_hold_at_once_means_sigmoid(
    loss: dict[str, Any], weights: dict[str, Tensor], data: Path, tmp_path: Path
) -> None:
    content = {"state_dict": weights, **loss}
    info = imported(content, tmp_path)
    assert info.activation == "sigmoid"
    assert any("hold at once" in note for note in info.notes)
    assert imported(content, tmp_path, activation="softmax").activation == "softmax"


def test_the_weights_of_such_a_loss_mean_sigmoid(
    weights: dict[str, Tensor], data: Path, tmp_path: Path
) -> None:
    assert imported({**weights, "criterion.pos_weight": torch.ones(3)}, tmp_path).activation == (
        "sigmoid"
    )


def test_other_losses_do_not() -> None:
    for values in (
        {"loss": "CrossEntropyLoss", "pos_weight": None},
        {"criterion": "focal", "multi_label": False},
        {"task": "multiclass"},
        {},
    ):
        assert not hold_at_once(values)


def test_only_plain_values_are_taken() -> None:
    deep: list[Any] = []
    for _ in range(50):
        deep = [deep]
    found = values_beside(
        {"a": 1, "B": "b", "c": object(), "d": deep, "e": [1, object()], "state_dict": {}}
    )
    assert found == {"a": 1, "b": "b"}
    assert values_beside(object()) == {}
