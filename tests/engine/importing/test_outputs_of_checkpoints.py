"""Checkpoints of networks that score every pixel, and of regressions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import timm
import torch
from torch import Tensor, nn
from torchvision.models import get_model, get_model_weights

from camviewer.engine.architectures.segmentation import NAMES, recognise_segmentation
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.region import Region
from camviewer.engine.importing.camviewer_files import export_pack, import_pack_file
from camviewer.engine.importing.checkpoints import import_checkpoint, load_pack
from camviewer.engine.packs.editing import edit_pack
from camviewer.engine.packs.network import load_network
from camviewer.engine.packs.store import PackInfo, list_packs
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.results.targets import Output, RegionPixels
from camviewer.engine.session.session import Session
from tests.engine.cheap_networks import cheaply_made
from tests.engine.conftest import CPU

FAST = "lraspp_mobilenet_v3_large"
EACH = [name if name == FAST else pytest.param(name, marks=pytest.mark.slow) for name in NAMES]
pytestmark = pytest.mark.usefixtures("data")


def segmenter(name: str, classes: int, **options: object) -> nn.Module:
    parts = {"weights": None, "weights_backbone": None, "num_classes": classes, **options}
    return cheaply_made(lambda: get_model(name, **parts)).eval()


def kept(state: dict[str, Tensor], folder: Path, **options: object) -> PackInfo:
    torch.save(state, folder / "mine.pth")
    return import_checkpoint(folder / "mine.pth", **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", EACH)
def test_a_network_that_scores_pixels_opens_as_it_was_saved(name: str, tmp_path: Path) -> None:
    trained = {} if name == FAST else {"aux_loss": True}
    network = segmenter(name, 5, **trained)
    picture = torch.rand((1, 3, 64, 96), generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        wanted = network(picture)["out"]
    state = {f"model.{key}": tensor for key, tensor in network.state_dict().items()}
    del network
    info = kept(state, tmp_path)
    del state
    assert (info.architecture, info.classes) == (f"torchvision/{name}", 5)
    assert info.activation == "none"
    assert any(note.startswith("It scores every pixel") for note in info.notes)
    assert any("aux_classifier" in note for note in info.notes) == bool(trained)
    opened = load_network(name, info.folder / "weights.safetensors", info.architecture, 5)
    with torch.no_grad():
        found = opened(picture)
    assert found.shape == (1, 5, 64, 96)
    assert torch.allclose(found, wanted, atol=1e-5 * max(1.0, float(wanted.abs().max())))


def test_its_pixels_are_explained_and_its_classes_named(
    tmp_path: Path, photographs: dict[str, SourceImage]
) -> None:
    info = kept(segmenter(FAST, 21).state_dict(), tmp_path)
    export_pack(info, tmp_path / "mine.camviewer")
    info = import_pack_file(tmp_path / "mine.camviewer")
    assert info.recipe.input_size == (520, 520)
    info = edit_pack(info, recipe=replace(info.recipe, input_size=(96, 96)))
    session = Session(load_pack(info, CPU))
    published = get_model_weights(FAST).DEFAULT
    assert session.info.labels == tuple(published.meta["categories"])
    assert session.info.scores_pixels
    assert session.info.unit == "mean score"
    assert session.info.recipe.mean == pytest.approx(published.transforms().mean)
    target = RegionPixels(8, Region.rectangle(150.0, 60.0, 120.0, 130.0))
    request = ExplainRequest(None, "hirescam", "backbone.12", target=target)
    found = session.explain(photographs["chelsea"], request)
    assert found.target_name == "cat in a region"
    assert np.isfinite(found.heatmap.values).all()


def test_a_network_of_four_bands_and_of_one_class_is_told(tmp_path: Path) -> None:
    network = segmenter(FAST, 1)
    first = network.backbone["0"][0]
    network.backbone["0"][0] = nn.Conv2d(4, first.out_channels, 3, 2, 1, bias=False)
    info = kept(network.state_dict(), tmp_path, activation="sigmoid")
    assert (info.classes, info.activation, info.recipe.channels) == (1, "none", 4)
    assert not any("sigmoid" in note for note in info.notes)


def test_a_classifier_and_a_body_are_no_segmentation_networks() -> None:
    resnet = get_model("resnet50", weights=None).state_dict()
    shapes = {key: tuple(tensor.shape) for key, tensor in resnet.items()}
    assert recognise_segmentation(shapes) is None
    behind = {f"backbone.{key}": shape for key, shape in shapes.items() if not key.startswith("fc")}
    assert recognise_segmentation(behind) is None
    assert recognise_segmentation(behind | {"classifier.4.weight": (5, 512, 1, 1)}) is None


def test_a_network_of_a_library_that_is_missing_is_refused_in_a_sentence(tmp_path: Path) -> None:
    state = {
        "encoder.conv1.weight": torch.rand(8, 3, 3, 3),
        "decoder.blocks.0.conv1.0.weight": torch.rand(8, 8, 3, 3),
        "segmentation_head.0.weight": torch.rand(2, 8, 3, 3),
    }
    with pytest.raises(CamviewerError, match="a network of segmentation_models_pytorch") as refused:
        kept(state, tmp_path)
    assert "torch.export" in refused.value.hint
    assert not list_packs()


class WithOwnHead(nn.Module):
    """A body of timm with a head of two layers, as regressions often have it."""

    def __init__(self, outputs: int) -> None:
        super().__init__()
        self.backbone = timm.create_model("resnet10t", num_classes=0)
        self.head = nn.Sequential(nn.Linear(512, 16), nn.ReLU(), nn.Linear(16, outputs))

    def forward(self, pictures: Tensor) -> Tensor:
        """(N, outputs)."""
        return self.head(self.backbone(pictures))


@pytest.mark.parametrize(
    ("head", "outputs"),
    [
        ("own", 1),
        ("replaced", 3),
        pytest.param("own", 3, marks=pytest.mark.slow),
        pytest.param("replaced", 1, marks=pytest.mark.slow),
    ],
)
def test_values_open_with_their_unit(
    head: str, outputs: int, tmp_path: Path, photographs: dict[str, SourceImage]
) -> None:
    network = cheaply_made(
        lambda: (
            WithOwnHead(outputs)
            if head == "own"
            else timm.create_model("resnet10t", num_classes=outputs)
        )
    ).eval()
    info = kept(network.state_dict(), tmp_path, activation="none", unit="years")
    assert (info.classes, info.activation, info.unit) == (outputs, "none", "years")
    assert not any("sigmoid" in note for note in info.notes)
    session = Session(load_pack(info, CPU))
    assert session.info.labels == tuple(f"output {index}" for index in range(outputs))
    image = photographs["coffee"]
    layer = session.info.default_layer
    request = ExplainRequest(None, "grad-cam", layer, target=Output(outputs - 1, up=False))
    found = session.explain(image, request)
    with torch.no_grad():
        wanted = network(session.input_tensor(image, found.placement))[0].numpy()
    assert session.verdict(image).logits == pytest.approx(wanted, abs=1e-4)
    assert found.target_name == f"output {outputs - 1} down"
    assert found.heatmap.unit == "years"
