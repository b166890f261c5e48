"""Checkpoints of the kinds that people have open as what they are, or say what to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import timm
import torch
import torchvision
from safetensors.torch import save_file
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError
from camviewer.engine.importing.checkpoints import import_checkpoint, load_pack
from camviewer.engine.packs.store import PackInfo, read_pack
from camviewer.engine.support.lazy_libraries import transformers
from tests.engine.cheap_networks import cheaply_made
from tests.engine.conftest import CPU

pytestmark = pytest.mark.usefixtures("data")
State = dict[str, Tensor]


def mobilenet() -> nn.Module:
    return cheaply_made(lambda: torchvision.models.mobilenet_v3_small(num_classes=5))


def headless() -> nn.Module:
    network = mobilenet()
    network.classifier[3] = nn.Identity()
    return network


def answer(network: nn.Module, side: int = 224) -> Tensor:
    picture = torch.rand(1, 3, side, side, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        return network.eval()(picture)[0]


def assert_same(info: PackInfo, network: nn.Module, side: int = 224) -> None:
    expected, found = answer(network, side), answer(load_pack(info, CPU).network, side)
    assert torch.allclose(found, expected, atol=1e-4 * max(1.0, float(expected.abs().max())))


def prefixed(state: State, prefix: str) -> State:
    return {f"{prefix}{name}": tensor for name, tensor in state.items()}


def projector(width: int = 1024) -> State:
    return nn.Sequential(nn.Linear(width, 32), nn.ReLU(), nn.Linear(32, 16)).state_dict()


def dino_head(width: int = 1024) -> State:
    linear = nn.utils.weight_norm(nn.Linear(16, 64, bias=False))
    return {
        **prefixed(projector(width), "mlp."),
        **prefixed(linear.state_dict(), "last_layer."),
    }


def byol(body: State, other: State) -> State:
    return {
        **prefixed(body, "online_network.encoder."),
        **prefixed(projector(), "online_network.projector."),
        **prefixed(other, "target_network.encoder."),
        **prefixed(projector(), "target_network.projector."),
        **prefixed(projector(16), "predictor."),
    }


def simsiam(body: State, _other: State) -> State:
    encoder = {**body, **prefixed(projector(), "classifier.3.")}
    return {**prefixed(encoder, "module.encoder."), **prefixed(projector(16), "module.predictor.")}


SELF_SUPERVISED: dict[str, Callable[[State, State], object]] = {
    "MoCo v2": lambda body, other: {
        "state_dict": {
            **prefixed({**body, **prefixed(projector(), "classifier.3.")}, "module.encoder_q."),
            **prefixed({**other, **prefixed(projector(), "classifier.3.")}, "module.encoder_k."),
            "module.queue": torch.rand(16, 64),
        }
    },
    "MoCo, the query alone": lambda body, _other: {
        "state_dict": prefixed(
            {**body, **prefixed(projector(), "classifier.3.")}, "module.encoder_q."
        )
    },
    "MoCo v3": lambda body, other: {
        **prefixed({**body, **prefixed(projector(), "classifier.3.")}, "module.base_encoder."),
        **prefixed({**other, **prefixed(projector(), "classifier.3.")}, "module.momentum_encoder."),
        **prefixed(projector(16), "module.predictor."),
    },
    "DINO": lambda body, other: {
        "student": {
            **prefixed(other, "module.backbone."),
            **prefixed(dino_head(), "module.head."),
        },
        "teacher": {**prefixed(body, "backbone."), **prefixed(dino_head(), "head.")},
        "dino_loss": {"center": torch.zeros(1, 64)},
    },
    "DINO, the teacher alone": lambda body, _other: {
        **prefixed(body, "backbone."),
        **prefixed(dino_head(), "head."),
    },
    "BYOL": byol,
    "SimSiam": simsiam,
    "SimCLR": lambda body, _other: {
        **prefixed(body, "backbone."),
        **prefixed(projector(), "projection_head."),
    },
}


@pytest.mark.filterwarnings("ignore::FutureWarning")
@pytest.mark.parametrize("kind", SELF_SUPERVISED)
def test_training_without_labels_gives_the_right_one_of_its_bodies(
    kind: str, tmp_path: Path
) -> None:
    network = headless()
    other = cheaply_made(lambda: torchvision.models.mobilenet_v3_small(num_classes=5), seed=1)
    body, others = (
        {name: t for name, t in each.state_dict().items() if "classifier.3" not in name}
        for each in (network, other)
    )
    torch.save(SELF_SUPERVISED[kind](body, others), tmp_path / "m.pth")
    info = import_checkpoint(tmp_path / "m.pth")
    assert (info.activation, info.classes) == ("features", 1024)
    assert_same(info, network)
    assert any("Left out" in note for note in info.notes)


@pytest.mark.parametrize("name", ["predictor", "decoder", "last_layer"])
def test_a_head_may_be_called_what_others_call_something_else(name: str, tmp_path: Path) -> None:
    body, head = headless(), nn.Linear(1024, 5)
    state = {**prefixed(body.state_dict(), "backbone."), **prefixed(head.state_dict(), f"{name}.")}
    torch.save({**state, "train_accuracy.total": torch.tensor(3.0)}, tmp_path / "m.pth")
    info = import_checkpoint(tmp_path / "m.pth")
    assert (info.activation, info.classes) == ("softmax", 5)
    assert_same(info, nn.Sequential(body, head))


def test_a_body_with_a_decoder_of_pictures_is_no_classifier(tmp_path: Path) -> None:
    state = {
        **prefixed(headless().state_dict(), "encoder."),
        "decoder.blocks.0.weight": torch.rand(8, 8, 3, 3),
        "of_pixels.0.weight": torch.rand(3, 16, 3, 3),
    }
    torch.save(state, tmp_path / "m.pth")
    with pytest.raises(CamviewerError, match="head cannot be told from"):
        import_checkpoint(tmp_path / "m.pth")


def vit() -> nn.Module:
    library = transformers()
    config = library.ViTConfig(
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        image_size=64,
        id2label={0: "mug", 1: "vase", 2: "bowl"},
    )
    return cheaply_made(lambda: library.ViTForImageClassification(config))


class Logits(nn.Module):
    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, pictures: Tensor) -> Tensor:
        return self.network(pictures).logits


def test_a_network_of_transformers_that_was_pickled_whole_opens(tmp_path: Path) -> None:
    network = vit()
    torch.save(network, tmp_path / "bowls.pth")
    info = import_checkpoint(tmp_path / "bowls.pth")
    assert (info.architecture, info.title, info.origin) == (
        "transformers/ViTForImageClassification",
        "bowls",
        "bowls.pth",
    )
    assert read_pack(info.folder).labels == ("mug", "vase", "bowl")
    assert_same(info, Logits(network), 64)


def test_another_network_of_transformers_is_refused_by_its_name(tmp_path: Path) -> None:
    library = transformers()
    config = library.ViTConfig(hidden_size=32, num_hidden_layers=1, num_attention_heads=2)
    torch.save(library.ViTForMaskedImageModeling(config), tmp_path / "m.pth")
    with pytest.raises(CamviewerError, match="ViTForMaskedImageModeling of transformers"):
        import_checkpoint(tmp_path / "m.pth")


def test_a_body_of_transformers_opens_without_classes(tmp_path: Path) -> None:
    network = vit().vit
    network.save_pretrained(tmp_path / "body")
    info = import_checkpoint(tmp_path / "body")
    assert (info.architecture, info.activation) == ("transformers/ViTModel", "features")


def test_weights_of_transformers_alone_say_that_the_config_is_missing(tmp_path: Path) -> None:
    torch.save(vit().state_dict(), tmp_path / "m.pth")
    with pytest.raises(CamviewerError, match="no architecture") as refused:
        import_checkpoint(tmp_path / "m.pth")
    assert "config.json" in refused.value.hint
    assert "save_pretrained" in refused.value.hint


@pytest.mark.parametrize("blurred", [False, True])
@pytest.mark.parametrize("way", ["with a layer behind", "its children"])
def test_a_network_of_timm_within_a_row_is_told_by_its_modules(
    blurred: bool, way: str, tmp_path: Path
) -> None:
    name = "resnetblur18" if blurred else "resnet18"

    def build() -> nn.Module:
        if way == "its children":
            children = list(timm.create_model(name).children())[:-2]
            return nn.Sequential(
                *children, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 5)
            )
        return nn.Sequential(timm.create_model(name, num_classes=0), nn.Linear(512, 5))

    network = cheaply_made(build)
    torch.save(network, tmp_path / "m.pth")
    info = import_checkpoint(tmp_path / "m.pth")
    assert info.architecture == f"timm/{name}"
    assert_same(info, network)


def test_what_the_file_calls_its_network_decides_where_nothing_else_does(tmp_path: Path) -> None:
    network = cheaply_made(lambda: timm.create_model("resnetblur18", num_classes=5))
    # As it was made: it has seen no picture, and its statistics tell nothing.
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.reset_running_stats()
    torch.save({"arch": "resnetblur18", "state_dict": network.state_dict()}, tmp_path / "m.pth")
    info = import_checkpoint(tmp_path / "m.pth")
    assert info.architecture == "timm/resnetblur18"
    assert any("The file calls it resnetblur18." in note for note in info.notes)


def test_shards_without_a_config_are_one_checkpoint(tmp_path: Path) -> None:
    network, folder = mobilenet(), tmp_path / "parts"
    folder.mkdir()
    state = {name: tensor.contiguous() for name, tensor in network.state_dict().items()}
    names, files = list(state), ("model-1-of-2.safetensors", "model-2-of-2.safetensors")
    halves = (names[: len(names) // 2], names[len(names) // 2 :])
    for file, half in zip(files, halves, strict=True):
        save_file({name: state[name] for name in half}, folder / file)
    where = {name: file for file, half in zip(files, halves, strict=True) for name in half}
    index = folder / "model.safetensors.index.json"
    index.write_text(json.dumps({"weight_map": where}))
    for path in (folder, folder / files[1], index):
        info = import_checkpoint(path)
        assert info.title == "parts"
        assert_same(info, network)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_quantised_network_that_was_pickled_whole_is_refused(tmp_path: Path) -> None:
    quantised = torch.ao.quantization.quantize_dynamic(mobilenet(), {nn.Linear}, torch.qint8)
    torch.save(quantised, tmp_path / "m.pth")
    with pytest.raises(CamviewerError, match="quantised weights"):
        import_checkpoint(tmp_path / "m.pth")


def test_an_unknown_network_is_told_how_this_kind_of_file_is_exported(tmp_path: Path) -> None:
    network = nn.Sequential(nn.Conv2d(3, 8, 3), nn.Flatten(), nn.Linear(8, 2))
    torch.save(network, tmp_path / "whole.pth")
    torch.save(
        {"state_dict": network.state_dict(), "pytorch-lightning_version": "2.5"},
        tmp_path / "light.ckpt",
    )
    for name, words in (
        ("whole.pth", 'torch.load("whole.pth", weights_only=False)'),
        ("light.ckpt", 'load_from_checkpoint("light.ckpt")'),
    ):
        with pytest.raises(CamviewerError, match="no architecture") as refused:
            import_checkpoint(tmp_path / name)
        assert words in refused.value.hint
        assert "torch.export.save" in refused.value.hint


@pytest.mark.parametrize(("names", "scale"), [(("mean", "std"), 1.0), (("mean", "std"), 255.0)])
def test_what_a_network_normalises_by_itself_is_its_preprocessing(
    names: tuple[str, str], scale: float, tmp_path: Path
) -> None:
    mean, std = (0.5, 0.4, 0.3), (0.2, 0.25, 0.3)
    state = {
        **prefixed(mobilenet().state_dict(), "net."),
        f"normalize.{names[0]}": torch.tensor(mean).view(3, 1, 1) * scale,
        f"normalize.{names[1]}": torch.tensor(std).view(3, 1, 1) * scale,
    }
    torch.save(state, tmp_path / "m.pth")
    info = import_checkpoint(tmp_path / "m.pth")
    assert info.recipe.mean == pytest.approx(mean)
    assert info.recipe.std == pytest.approx(std)
    assert any("m.pth" in note and "preprocessing" in note for note in info.notes)
