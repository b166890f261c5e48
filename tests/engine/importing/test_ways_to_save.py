"""However a network was changed and saved, it opens and answers as it did, or is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import timm
import torch
import torchvision
from torch import Tensor, nn

from camviewer.engine.importing.checkpoint_network import checkpoint_network
from camviewer.engine.importing.checkpoints import import_checkpoint
from camviewer.engine.packs.network import load_network
from camviewer.engine.packs.weights import save_weights
from camviewer.engine.session.opening import open_session
from tests.engine.cheap_networks import cheaply_made
from tests.engine.importing.ways_to_save import NEED_CHILDREN, NETWORKS, STATES, BodyKind

models = torchvision.models
BODIES = {
    "mobilenet": BodyKind(lambda n: models.mobilenet_v3_small(num_classes=n), "classifier.3", 1024),
    "shufflenet": BodyKind(
        lambda n: models.shufflenet_v2_x0_5(num_classes=n), "fc", 1024, True, -1, 1024
    ),
    "regnet": BodyKind(lambda n: models.regnet_y_400mf(num_classes=n), "fc", 440),
    "mnasnet": BodyKind(lambda n: models.mnasnet0_5(num_classes=n), "classifier.1", 1280),
    "convnext": BodyKind(
        lambda n: timm.create_model("convnext_atto", num_classes=n), "head.fc", 320
    ),
    "vit": BodyKind(lambda n: timm.create_model("test_vit", num_classes=n), "head", 64),
    "resnet": BodyKind(
        lambda n: timm.create_model("resnet10t", num_classes=n), "fc", 512, True, -2, 512
    ),
    "efficientnet": BodyKind(
        lambda n: timm.create_model("test_efficientnet", num_classes=n), "classifier", 256
    ),
    "swin": BodyKind(lambda n: models.swin_t(num_classes=n), "head", 768),
    "densenet": BodyKind(lambda n: models.densenet121(num_classes=n), "classifier", 1024),
}
FAST = ("mobilenet", "vit")
WAYS = [(way, "plain") for way in NETWORKS] + [
    (way, state)
    for way in ("as it is", "dropout in place", "linear beside")
    for state in list(STATES)[1:]
]


def test_the_ways_are_many() -> None:
    assert len(WAYS) >= 30
    assert len(BODIES) >= 10


def asked(network: nn.Module) -> Tensor:
    generator = torch.Generator().manual_seed(0)
    with torch.no_grad():
        return network(torch.rand((1, 3, 224, 224), generator=generator))[0]


def assert_opens_as_it_was(body: BodyKind, way: str, state: str, folder: Path) -> None:
    network = cheaply_made(lambda: NETWORKS[way](body))
    expected = asked(network)
    assert float(expected.std()) > 1e-3
    tensors = STATES[state](network.state_dict())
    found = checkpoint_network("mine.pth", tensors, plainest=True)
    save_weights(found.tensors, folder / "w.safetensors")
    again = load_network(
        "mine", folder / "w.safetensors", found.architecture, found.classes, changes=found.changes
    )
    assert (asked(again) - expected).abs().max() < 1e-4 * max(1.0, float(expected.abs().max()))


@pytest.mark.parametrize("name", FAST)
@pytest.mark.parametrize(("way", "state"), WAYS[::4])
def test_some_ways_to_save_open(tmp_path: Path, name: str, way: str, state: str) -> None:
    if way in NEED_CHILDREN and not BODIES[name].sequential:
        name = "resnet"
    assert_opens_as_it_was(BODIES[name], way, state, tmp_path)


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize(("way", "state"), WAYS)
def test_every_way_to_save_opens(tmp_path: Path, name: str, way: str, state: str) -> None:
    if way in NEED_CHILDREN and not BODIES[name].sequential:
        pytest.skip("its children cannot be run one after the other")
    assert_opens_as_it_was(BODIES[name], way, state, tmp_path)


@pytest.mark.usefixtures("data")
def test_a_changed_head_goes_through_the_whole_program(tmp_path: Path) -> None:
    network = cheaply_made(lambda: NETWORKS["fastai"](BODIES["shufflenet"]))
    torch.save(network.state_dict(), tmp_path / "mine.pth")
    info = import_checkpoint(tmp_path / "mine.pth")
    assert "taken as ReLU" in " ".join(info.notes)
    session = open_session(info.id, device=torch.device("cpu"))
    assert torch.allclose(asked(session.classifier.network), asked(network), atol=1e-4)
