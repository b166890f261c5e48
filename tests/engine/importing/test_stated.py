"""What lies beside a checkpoint is believed; where nothing tells the preprocessing, it is said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import timm
import torch
import torchvision
from PIL import Image
from safetensors.torch import save_file
from torch import nn

from camviewer.engine.architectures.published_recipes import recipe_of_file
from camviewer.engine.companions.config_json import stated_in
from camviewer.engine.importing.checkpoints import import_checkpoint, load_pack
from camviewer.engine.packs.store import read_pack
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.session.session import Session
from tests.engine.cheap_networks import cheaply_made
from tests.engine.conftest import CPU

SIX = Path(__file__).parents[1] / "cases" / "six_gemm.onnx"
NAMES = ["mug", "vase", "bowl", "plate"]
OWN: dict[str, Any] = {
    "tag": "mine",
    "input_size": [3, 192, 192],
    "interpolation": "bicubic",
    "crop_pct": 0.9,
    "crop_mode": "center",
    "mean": [0.0, 0.0, 0.0],
    "std": [1.0, 1.0, 1.0],
    "num_classes": 4,
}


@pytest.fixture(scope="module")
def network() -> nn.Module:
    with torch.random.fork_rng():
        torch.manual_seed(0)
        made: nn.Module = timm.create_model("test_resnet", num_classes=4)
        nn.init.normal_(made.fc.weight)
    return made.eval()


def folder_of(network: nn.Module, config: Mapping[str, Any], place: Path) -> Path:
    """As timm's ``save_for_hf`` writes it."""
    place.mkdir()
    save_file(network.state_dict(), place / "model.safetensors")
    (place / "config.json").write_text(json.dumps(config))
    return place / "model.safetensors"


@pytest.mark.parametrize("form", ["nested", "flat"])
def test_a_timm_folder_is_fed_and_named_as_its_config_says(
    form: str,
    network: nn.Module,
    data: Path,
    tmp_path: Path,
    photographs: dict[str, SourceImage],
) -> None:
    said = {"architecture": "test_resnet", "num_classes": 4, "label_names": NAMES}
    config = said | ({"pretrained_cfg": OWN} if form == "nested" else OWN)
    info = import_checkpoint(folder_of(network, config, tmp_path / "hub"))
    assert info.architecture == "timm/test_resnet"
    assert read_pack(info.folder).labels == tuple(NAMES)
    assert any("config.json" in note for note in info.notes)
    assert not any("does not tell its preprocessing" in note for note in info.notes)
    picture = photographs["chelsea"]
    verdict = Session(load_pack(info, CPU)).verdict(picture)
    theirs: Any = timm.data.create_transform(
        input_size=(3, 192, 192),
        interpolation="bicubic",
        crop_pct=0.9,
        mean=[0.0] * 3,
        std=[1.0] * 3,
    )
    with torch.no_grad():
        expected = network(theirs(Image.fromarray(picture.pixels))[None])[0]
    assert verdict.logits == pytest.approx(expected.numpy(), abs=2e-3)


@pytest.mark.parametrize(
    ("architecture", "arguments"),
    [
        ("test_vit", {"img_size": 96}),
        ("test_vit", {"img_size": [64, 96], "in_chans": 1, "class_token": False}),
        ("test_resnet", {"act_layer": "silu", "global_pool": "max"}),
    ],
)
def test_the_arguments_that_timm_built_a_network_with_are_followed(
    architecture: str, arguments: dict[str, Any], data: Path, tmp_path: Path
) -> None:
    if "class_token" in arguments:
        arguments["global_pool"] = "avg"
    made = cheaply_made(lambda: timm.create_model(architecture, num_classes=4, **arguments))
    config = {"architecture": architecture, "num_classes": 4, "model_args": arguments}
    info = import_checkpoint(folder_of(made, config | {"pretrained_cfg": OWN}, tmp_path / "hub"))
    assert info.architecture == f"timm/{architecture}"
    assert info.recipe.channels == arguments.get("in_chans", 3)
    height, width = info.recipe.input_size
    assert arguments.get("img_size") in (None, height, [height, width])
    picture = torch.rand((1, info.recipe.channels, height, width))
    with torch.no_grad():
        assert torch.allclose(load_pack(info, CPU).network(picture), made(picture), atol=1e-5)
    assert any("The network was built with" in note for note in info.notes)
    assert not any("not followed" in note for note in info.notes)


def test_arguments_that_nobody_knows_are_said_not_to_be_followed(
    network: nn.Module, data: Path, tmp_path: Path
) -> None:
    config = {"architecture": "test_resnet", "model_args": {"checkpoint_path": "/etc/passwd"}}
    info = import_checkpoint(folder_of(network, config, tmp_path / "hub"))
    assert any("checkpoint_path=/etc/passwd; this was not followed" in n for n in info.notes)


def test_a_config_of_another_network_is_left_aside(
    network: nn.Module, data: Path, tmp_path: Path
) -> None:
    config = {"architecture": "resnet50", "label_names": NAMES, "pretrained_cfg": OWN}
    info = import_checkpoint(folder_of(network, config, tmp_path / "hub"))
    assert info.recipe.mean != (0.0, 0.0, 0.0)
    assert read_pack(info.folder).labels[0] == "class 0"
    assert any("timm/resnet50 and was left aside" in note for note in info.notes)


def test_names_that_are_not_as_many_as_the_classes_are_left_aside(
    network: nn.Module, data: Path, tmp_path: Path
) -> None:
    config = {"architecture": "test_resnet", "id2label": {"0": "a", "1": "b"}}
    info = import_checkpoint(folder_of(network, config, tmp_path / "hub"))
    assert read_pack(info.folder).labels[0] == "class 0"
    assert any("2 class names, and the model has 4 classes" in note for note in info.notes)


def test_class_names_of_transformers_are_read_by_their_index() -> None:
    names = {"2": "c", "0": "a", "10": "k", "1": "b"}
    assert stated_in({"model_type": "vit", "id2label": names}, "config.json").labels == ()
    del names["10"]
    assert stated_in({"model_type": "vit", "id2label": names}, "c").labels == ("a", "b", "c")
    given_by_nobody = {"0": "LABEL_0", "1": "LABEL_1"}
    assert stated_in({"id2label": given_by_nobody}, "config.json").labels == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("mean", [float("nan")] * 3),
        ("mean", "0.5"),
        ("std", [0.0, 0.0, 0.0]),
        ("std", [1.0, 1.0]),
        ("input_size", [3, 0, 0]),
        ("input_size", [3, 10**9, 10**9]),
        ("crop_pct", -1),
        ("crop_pct", True),
        ("interpolation", "random"),
        ("crop_mode", {"deep": []}),
    ],
)
def test_what_cannot_be_is_named_and_not_followed(field: str, value: object) -> None:
    stated = stated_in({"architecture": "resnet18", "pretrained_cfg": {field: value}}, "c.json")
    assert vars(stated.recipe) == dict.fromkeys(vars(stated.recipe))
    assert len(stated.problems) == 1
    assert f"c.json says {field}" in stated.problems[0]


def test_published_weights_are_known_by_their_name_their_folder_or_their_hash() -> None:
    name = "timm/vit_base_patch16_224"
    default = recipe_of_file(name, Path("mine.pth"), "")
    assert "published with" in default.note
    assert "augreg2_in21k_ft_in1k" in default.note
    for path in (
        Path("vit_base_patch16_224.orig_in21k_ft_in1k.pth"),
        Path("models--timm--vit_base_patch16_224.mae/snapshots/1f/model.safetensors"),
    ):
        assert recipe_of_file(name, path, "").note == ""
    entry = timm.get_pretrained_cfg("resnet50.a1h_in1k")
    digest = entry.url.rpartition("-")[2].removesuffix(".pth") + "0" * 56
    for path, sha256 in (
        (Path("mine.pth"), digest),
        (Path(entry.url.rpartition("/")[2]), "0" * 64),
        (Path("resnet50.a1h_in1k.safetensors"), "0" * 64),
    ):
        found = recipe_of_file("timm/resnet50", path, sha256)
        assert found.note == ""
        assert found.recipe.input_size == (176, 176)
    finetuned = recipe_of_file("timm/resnet50", Path("resnet50.a1h_in1k_mine.pth"), "0" * 64)
    assert finetuned.note


def test_the_recipe_of_an_unknown_file_is_called_a_guess(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.pth"
    torch.save(torchvision.models.shufflenet_v2_x0_5(num_classes=5).state_dict(), path)
    info = import_checkpoint(path, architecture="torchvision/shufflenet_v2_x0_5")
    assert any("does not tell its preprocessing" in note for note in info.notes)


@pytest.mark.parametrize("name", ["googlenet", "inception_v3"])
def test_an_inception_that_was_trained_on_is_fed_as_the_published_one(name: str) -> None:
    found = recipe_of_file(f"torchvision/{name}", Path("mine.pth"), "0" * 64)
    assert found.recipe.mean == found.recipe.std == (0.5, 0.5, 0.5)
    assert "transform_input" in found.note


def test_a_graph_beside_its_processor_is_fed_as_that_says(data: Path, tmp_path: Path) -> None:
    # As Optimum writes them.
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "model.onnx").write_bytes(SIX.read_bytes())
    names = {"0": "blue", "1": "red", "2": "green"}
    (folder / "config.json").write_text(json.dumps({"model_type": "vit", "id2label": names}))
    processor = {
        "size": {"height": 224, "width": 224},
        "image_mean": [0.5, 0.5, 0.5],
        "image_std": [0.5, 0.5, 0.5],
        "resample": 3,
        "image_processor_type": "ViTImageProcessor",
    }
    (folder / "preprocessor_config.json").write_text(json.dumps(processor))
    info = import_checkpoint(folder)
    assert read_pack(info.folder).labels == ("blue", "red", "green")
    recipe = info.recipe
    assert (recipe.mean, recipe.std) == ((0.5, 0.5, 0.5), (0.5, 0.5, 0.5))
    assert (recipe.resize_mode, recipe.interpolation) == ("squash", "bicubic")
    assert not any("does not tell" in note for note in info.notes)
