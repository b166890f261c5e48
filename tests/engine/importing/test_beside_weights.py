"""What training scripts leave beside weights, and files beside them, name and read the outputs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file
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


@pytest.mark.parametrize("shape", [(3,), (1, 3, 1, 1), (3, 1, 1)])
@pytest.mark.parametrize(
    ("names", "scale"),
    [("0.{}", 1.0), ("normalize.{}", 1.0), ("module.pixel_{}", 255.0)],
)
def test_a_network_that_normalises_pictures_itself_tells_its_preprocessing(
    weights: dict[str, Tensor],
    data: Path,
    tmp_path: Path,
    names: str,
    scale: float,
    shape: tuple[int, ...],
) -> None:
    buffers = {
        names.format(name): torch.tensor(values).mul(scale).reshape(shape)
        for name, values in (("mean", [0.5, 0.4, 0.3]), ("std", [0.1, 0.2, 0.3]))
    }
    before = "1." if names.startswith("0") else "module." if "module" in names else ""
    network = {f"{before}{name}": tensor for name, tensor in weights.items()}
    info = imported({**buffers, **network}, tmp_path)
    assert info.recipe.mean == pytest.approx((0.5, 0.4, 0.3), abs=1e-6)
    assert info.recipe.std == pytest.approx((0.1, 0.2, 0.3), abs=1e-6)
    (note,) = [note for note in info.notes if "preprocessing" in note]
    assert note.startswith(f"The preprocessing is that of {names.format('mean')} and")


def test_numbers_that_are_no_preprocessing_are_left_alone(
    weights: dict[str, Tensor], data: Path, tmp_path: Path
) -> None:
    odd = {"metric.mean": torch.tensor([4.0, -5.0, 6.0]), "metric.std": torch.ones(3)}
    info = imported({**odd, **weights}, tmp_path)
    assert info.recipe.mean == (0.485, 0.456, 0.406)


def test_the_header_of_safetensors_tells_names_preprocessing_and_architecture(
    data: Path, tmp_path: Path
) -> None:
    network = network_of("resnet18", classes=3)
    header = {
        "format": "pt",
        "class_names": json.dumps(NAMES),
        "mean": "0.5, 0.4, 0.3",
        "std": json.dumps([0.1, 0.2, 0.3]),
        "arch": "resnet18",
    }
    save_file(network.state_dict(), tmp_path / "m.safetensors", metadata=header)
    info = import_checkpoint(tmp_path / "m.safetensors")  # resnetblur18 has the same tensors
    assert info.architecture == "torchvision/resnet18"
    assert (info.recipe.mean, info.recipe.std) == ((0.5, 0.4, 0.3), (0.1, 0.2, 0.3))
    assert read_pack(info.folder).labels == NAMES
