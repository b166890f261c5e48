"""However a network was changed and saved, it opens and answers as it did, or is refused."""

from __future__ import annotations

from enum import Enum
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import timm
import torch
import torchvision
from PIL import Image
from timm.data.constants import IMAGENET_DEFAULT_MEAN, IMAGENET_DEFAULT_STD
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError
from camviewer.engine.importing.checkpoint_network import (
    AmbiguousArchitecture,
    checkpoint_network,
)
from camviewer.engine.importing.checkpoints import import_checkpoint
from camviewer.engine.packs.network import load_network
from camviewer.engine.packs.weights import save_weights
from camviewer.engine.session.opening import open_session
from tests.engine.cheap_networks import cheaply_made
from tests.engine.conftest import read_photographs
from tests.engine.importing.ways_to_save import (
    NEED_CHILDREN,
    NETWORKS,
    STATES,
    BodyKind,
    remembering,
)

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
    "resnet18": BodyKind(lambda n: models.resnet18(num_classes=n), "fc", 512, True, -2, 512),
    "timm's resnet18": BodyKind(
        lambda n: timm.create_model("resnet18", num_classes=n), "fc", 512, True, -2, 512
    ),
    "efficientnet b0": BodyKind(
        lambda n: models.efficientnet_b0(num_classes=n), "classifier.1", 1280
    ),
}
FAST = ("mobilenet", "vit")
WAYS = [(way, "plain") for way in NETWORKS] + [
    (way, state)
    for way in ("as it is", "dropout in place", "linear beside")
    for state in list(STATES)[1:]
]
SHARE = 0.95
"""Of the ways that open without a question in the window."""
CROPS = 24


class End(Enum):
    """How opening a checkpoint in the window ends."""

    OPENS = "opens"
    ASKS = "asks"
    REFUSED = "refused"
    WRONG = "opens wrongly"


def test_the_ways_are_many() -> None:
    assert len(WAYS) >= 30
    assert len(BODIES) >= 10


@pytest.fixture(scope="module")
def seen() -> Tensor:
    """(N, 3, 224, 224): parts of photographs, normalised, to train with; none is shipped whole."""
    generator = np.random.default_rng(0)
    found = []
    for picture in read_photographs().values():
        whole = Image.fromarray(picture.pixels)
        for _ in range(CROPS // 4):
            side = int(generator.uniform(0.5, 1.0) * min(whole.size))
            left, top = (int(generator.uniform(0, room - side + 1)) for room in whole.size)
            part = whole.crop((left, top, left + side, top + side)).resize((224, 224))
            found.append(np.asarray(part).copy())
    pixels = torch.from_numpy(np.stack(found)).permute(0, 3, 1, 2) / 255
    mean, std = (
        torch.tensor(each).view(1, 3, 1, 1)
        for each in (IMAGENET_DEFAULT_MEAN, IMAGENET_DEFAULT_STD)
    )
    return (pixels - mean) / std


def asked(network: nn.Module) -> Tensor:
    generator = torch.Generator().manual_seed(0)
    with torch.no_grad():
        return network(torch.rand((1, 3, 224, 224), generator=generator))[0]


def end_of(network: nn.Module, state: str, folder: Path) -> End:
    """How a network ends that was saved in a way; every question counts, as in the window."""
    expected = asked(network)
    assert float(expected.std()) > 1e-3
    tensors = STATES[state](network.state_dict())
    try:
        found = checkpoint_network("mine.pth", tensors)
    except AmbiguousArchitecture:
        return End.ASKS
    except CamviewerError as refused:
        return End.REFUSED if refused.hint else End.WRONG
    save_weights(found.tensors, folder / "w.safetensors")
    again = load_network(
        "mine", folder / "w.safetensors", found.architecture, found.classes, changes=found.changes
    )
    size = max(1.0, float(expected.abs().max()))
    answer = asked(again)
    same = answer.shape == expected.shape and bool((answer - expected).abs().max() < 1e-4 * size)
    return End.OPENS if same else End.WRONG


def ways_of(name: str) -> list[tuple[str, str]]:
    return [way for way in WAYS if BODIES[name].sequential or way[0] not in NEED_CHILDREN]


@pytest.mark.parametrize("name", FAST)
@pytest.mark.parametrize(("way", "state"), WAYS[::4])
def test_some_ways_to_save_open(
    tmp_path: Path, name: str, way: str, state: str, seen: Tensor
) -> None:
    if way in NEED_CHILDREN and not BODIES[name].sequential:
        name = "shufflenet"
    network = remembering(cheaply_made(lambda: NETWORKS[way](BODIES[name])), seen[:8])
    assert end_of(network, state, tmp_path) is End.OPENS


@pytest.mark.exhaustive
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", BODIES)
def test_nearly_every_way_opens_without_a_question_and_none_wrongly(
    tmp_path: Path, name: str, seen: Tensor
) -> None:
    ends: dict[End, list[str]] = {end: [] for end in End}
    made: dict[str, nn.Module] = {}
    for way, state in ways_of(name):
        if way not in made:
            build = partial(NETWORKS[way], BODIES[name])
            made = {way: remembering(cheaply_made(build), seen)}
        ends[end_of(made[way], state, tmp_path)].append(f"{way}, {state}")
    print(name, {end.value: len(ways) for end, ways in ends.items()}, ends[End.ASKS])
    assert not ends[End.WRONG]
    assert len(ends[End.OPENS]) >= SHARE * len(ways_of(name)), ends


@pytest.mark.usefixtures("data")
def test_a_changed_head_goes_through_the_whole_program(tmp_path: Path) -> None:
    network = cheaply_made(lambda: NETWORKS["fastai"](BODIES["shufflenet"]))
    torch.save(network.state_dict(), tmp_path / "mine.pth")
    info = import_checkpoint(tmp_path / "mine.pth")
    assert "taken as ReLU" in " ".join(info.notes)
    session = open_session(info.id, device=torch.device("cpu"))
    assert torch.allclose(asked(session.classifier.network), asked(network), atol=1e-4)
