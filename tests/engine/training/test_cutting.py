"""Cutting networks of every kind behind their last grid, and keeping what is left as a pack."""

from __future__ import annotations

import hashlib
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from camviewer.engine.architectures.catalogue import build, trained_size
from camviewer.engine.architectures.pooled_network import (
    EMBEDDED_ARCHITECTURE,
    PooledNetwork,
    build_base,
    build_pooled,
)
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.importing.camviewer_files import export_pack, import_pack_file
from camviewer.engine.importing.checkpoints import import_checkpoint, load_pack
from camviewer.engine.network.forward import run
from camviewer.engine.network.pooled_head import find_head
from camviewer.engine.packs import store as packs
from camviewer.engine.packs.draft import PackDraft
from camviewer.engine.packs.writing import write_pack
from camviewer.engine.training.base_model import open_base
from camviewer.engine.training.cutting import find_cut, pruned, trailing_modules

CPU = torch.device("cpu")
GRIDS = {
    EMBEDDED_ARCHITECTURE: (1280, 7, 7),
    "torchvision/alexnet": (256, 13, 13),
    "torchvision/resnet18": (512, 7, 7),
    "torchvision/densenet121": (1024, 7, 7),
    "torchvision/mobilenet_v3_small": (576, 7, 7),
    "torchvision/squeezenet1_1": (512, 13, 13),
    "timm/convnext_atto": (320, 7, 7),
    "timm/swin_tiny_patch4_window7_224": (768, 7, 7),
    "timm/vit_tiny_patch16_224": (192, 14, 14),
    "timm/deit_tiny_distilled_patch16_224": (192, 14, 14),
    "timm/eva02_tiny_patch14_224": (192, 16, 16),
}
LARGE = {
    "torchvision/vgg11": (512, 14, 14),
    "torchvision/vgg11_bn": (512, 14, 14),
    "torchvision/convnext_tiny": (768, 7, 7),
    "torchvision/swin_t": (768, 7, 7),
    "torchvision/swin_v2_t": (768, 8, 8),
    "torchvision/vit_b_16": (768, 14, 14),
    "torchvision/inception_v3": (2048, 8, 8),
}
CLASSES = 5


def example_for(architecture: str) -> torch.Tensor:
    ours = architecture == EMBEDDED_ARCHITECTURE
    size = (224, 224) if ours else trained_size(architecture)
    return torch.rand((1, 3, *size), generator=torch.Generator().manual_seed(1))


@lru_cache(maxsize=3)
def cut_apart(architecture: str, **options: Any) -> PooledNetwork:
    torch.manual_seed(0)
    network = build_base(architecture, 10)
    example = example_for(architecture)
    head = find_head(network, example).head
    cut = pruned(network, example, find_cut(network, example, head, 10, **options))
    return PooledNetwork(network, cut, CLASSES).eval().requires_grad_(False)


@pytest.mark.parametrize("architecture", GRIDS)
def test_cam_is_exact_for_whatever_is_cut(architecture: str) -> None:
    assert_exact(architecture, GRIDS[architecture])


@pytest.mark.exhaustive
@pytest.mark.parametrize("architecture", LARGE)
def test_cam_is_exact_for_large_networks_too(architecture: str) -> None:
    assert_exact(architecture, LARGE[architecture])


def assert_exact(architecture: str, grid: tuple[int, int, int]) -> None:
    network, example = cut_apart(architecture), example_for(architecture)
    search = find_head(network, example)
    assert search.head is not None, search.refusal
    forward = run(network, example, search.head.layer, search.head, search.layout)
    assert forward.activations.shape == grid
    for index in range(CLASSES):
        map_ = torch.einsum("k,khw->hw", search.head.weight[index], forward.activations)
        logit = map_.mean() + search.head.bias[index]
        assert logit == pytest.approx(float(forward.logits[index]), rel=1e-4, abs=1e-6)


def test_the_linear_layers_take_their_weight_along() -> None:
    architecture = "torchvision/alexnet"
    whole = sum(tensor.numel() for tensor in build(architecture, 10, device="meta").parameters())
    left = sum(tensor.numel() for tensor in cut_apart(architecture).parameters())
    assert left < 0.1 * whole


def test_the_last_pooling_stays_when_it_is_wanted() -> None:
    network = cut_apart("torchvision/alexnet", keep_last_pool=True)
    assert network.cells(example_for("torchvision/alexnet")).shape == (1, 256, 6, 6)


def test_zhou_s_convolution_is_what_the_head_averages() -> None:
    network, example = cut_apart("torchvision/alexnet", convolution=16), torch.rand(1, 3, 224, 224)
    head = find_head(network, example).head
    assert head is not None
    assert head.layer == "convolution"
    assert head.weight.shape == (CLASSES, 16)


def test_the_rest_of_a_densenet_s_pass_is_not_forgotten() -> None:
    architecture = "torchvision/densenet121"
    network, example = cut_apart(architecture), example_for(architecture)
    with torch.no_grad():
        cells = network.cells(example)
        whole = network.base.features(example).relu()
    assert torch.equal(cells, whole)
    assert network.cut.rectified


@pytest.mark.parametrize(
    ("architecture", "first", "outside"),
    [
        ("torchvision/alexnet", "features.6", "features.3"),
        ("torchvision/resnet18", "layer4.0.conv1", "layer3.1.conv2"),
        ("timm/vit_tiny_patch16_224", "blocks.11.norm1", "blocks.10"),
        (EMBEDDED_ARCHITECTURE, "blocks.5.0.depthwise", "blocks.4"),
    ],
)
def test_the_last_block_begins_where_the_grid_gets_its_size(
    architecture: str, first: str, outside: str
) -> None:
    network = cut_apart(architecture)
    names = trailing_modules(network.base, example_for(architecture), network.cut)
    assert names[0] == first
    assert not [name for name in names if outside in name]


def test_a_network_without_a_grid_is_refused_in_a_sentence() -> None:
    flat = nn.Sequential(nn.Flatten(), nn.Linear(3 * 32 * 32, 10))
    with pytest.raises(CamviewerError, match="grid"):
        find_cut(flat, torch.rand(1, 3, 32, 32), None, 10)


@pytest.fixture
def kept(tmp_path, monkeypatch) -> tuple[PooledNetwork, packs.PackInfo]:
    monkeypatch.setattr(packs, "models_folder", lambda: tmp_path / "models")
    network = cut_apart("torchvision/alexnet", convolution=16)
    draft = PackDraft(
        network.state_dict(),
        title="Mine",
        architecture="torchvision/alexnet",
        labels=tuple("abcde"),
        recipe=Recipe(),
        pooled=network.cut,
        training=b'{"epochs": 3}',
    )
    info = write_pack(draft)
    return network, info


def test_a_kept_network_comes_back_with_an_exact_cam(kept) -> None:
    network, info = kept
    loaded = load_pack(info, CPU)
    example = example_for("torchvision/alexnet")
    assert torch.equal(loaded.network(example), network(example))
    assert loaded.head is not None
    assert loaded.info.cam_layer == "convolution"
    assert loaded.info.labels == tuple("abcde")


def test_the_record_of_the_training_travels_with_an_exported_pack(kept, tmp_path) -> None:
    _, info = kept
    file = tmp_path / "mine.camviewer"
    export_pack(info, file)
    packs.remove_pack(info)
    again = import_pack_file(file)
    assert again.trained
    assert again.pooled == info.pooled
    assert (again.folder / "training.json").read_bytes() == b'{"epochs": 3}'


def test_a_record_that_was_changed_is_refused(kept, tmp_path) -> None:
    _, info = kept
    file, forged = tmp_path / "mine.camviewer", tmp_path / "forged.camviewer"
    export_pack(info, file)
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(forged, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            target.writestr(entry.filename, content.replace(b"3}", b"9}"))
    with pytest.raises(CamviewerError, match="hash differs"):
        import_pack_file(forged)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("layer", "../x"), ("layer", "features.99"), ("channels", -1), ("without", ["__dict__ x"])],
)
def test_a_manifest_that_cuts_where_nothing_is_opens_no_pack(
    kept, field: str, wrong: object
) -> None:
    _, info = kept
    path = Path(info.folder) / "model.toml"
    text = path.read_text()
    before = {"layer": '"features.11"', "channels": "256", "without": "[\n"}[field]
    after = {"layer": f'"{wrong}"', "channels": str(wrong), "without": '[\n    "a b",\n'}[field]
    assert f"{field} = {before}" in text
    path.write_text(text.replace(f"{field} = {before}", f"{field} = {after}"))
    with pytest.raises(CamviewerError):
        load_pack(packs.info_of(info.folder, packs.manifest_of(info.folder)), CPU)


def test_weights_are_what_the_hash_in_the_manifest_says(kept) -> None:
    _, info = kept
    found = hashlib.sha256((info.folder / "weights.safetensors").read_bytes()).hexdigest()
    assert found == info.weights_sha256


def test_a_pooled_network_is_built_in_milliseconds_without_its_weights() -> None:
    network = cut_apart("torchvision/alexnet")
    empty = build_pooled("torchvision/alexnet", CLASSES, network.cut, device="meta")
    shapes = {name: tensor.shape for name, tensor in empty.state_dict().items()}
    assert shapes == {name: tensor.shape for name, tensor in network.state_dict().items()}


def test_a_program_without_layers_of_its_own_is_no_base(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(packs, "models_folder", lambda: tmp_path / "models")
    path = tmp_path / "program.pt"
    torch.jit.trace(nn.Sequential(nn.Conv2d(3, 4, 3), nn.AdaptiveAvgPool2d(1), nn.Flatten()),
                    torch.rand(1, 3, 32, 32)).save(path)  # fmt: skip
    info = import_checkpoint(path, allow_code=True)
    with pytest.raises(CamviewerError, match="whole program"):
        open_base(info.id, CPU)


def test_a_model_that_was_taught_can_be_taught_again(kept) -> None:
    _, info = kept
    base = open_base(info.id, CPU)
    assert base.architecture == "torchvision/alexnet"
    assert base.cut.layer == "features.11"
    assert base.cut.convolution == 0
    assert base.cells(example_for("torchvision/alexnet")).shape == (1, 256, 13, 13)
