"""Networks with the same tensors are told apart by the statistics that they gathered."""

from __future__ import annotations

import pytest
import timm
import torch
from torch import Tensor, nn

from camviewer.engine.architectures.published_recipes import published_recipe
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import place
from camviewer.engine.importing.checkpoint_network import AmbiguousArchitecture, checkpoint_network
from camviewer.engine.network.embedded import load_embedded
from camviewer.engine.network.input_tensor import picture_tensor
from camviewer.engine.picture.source_image import read_image
from camviewer.engine.support.resources import resource
from tests.engine.cheap_networks import cheaply_made


@pytest.fixture(scope="module")
def photographs() -> Tensor:
    recipe = published_recipe("torchvision/resnet18")
    images = [
        read_image(resource("samples", name))
        for name in ("astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg")
    ]
    return torch.cat([picture_tensor(image, place(image.size, recipe), recipe) for image in images])


def fed(network: nn.Module, pictures: Tensor) -> nn.Module:
    """The network after it has seen other crops of the photographs, as in training."""
    norms = [module for module in network.modules() if isinstance(module, nn.BatchNorm2d)]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None  # the plain average over all batches
    network.train()
    with torch.no_grad():
        for shift in (0, 8, 16):
            network(torch.roll(pictures.flip(3), (shift, shift), (2, 3)))
    return network.eval()


@pytest.mark.parametrize("name", ["resnet18", "resnetblur18"])
def test_blur_pooling_is_told_by_the_statistics(name: str, photographs: Tensor) -> None:
    made = cheaply_made(lambda: timm.create_model(name, num_classes=3))
    network = fed(made, photographs)
    found = checkpoint_network("mine.pth", network.state_dict())
    assert found.architecture == ("timm/resnetblur18" if "blur" in name else "torchvision/resnet18")
    assert any("own statistics" in note for note in found.notes)


def test_only_what_the_statistics_leave_possible_is_asked(photographs: Tensor) -> None:
    # Random kernels do not mind where their padding lies; a blur that is missing shows.
    made = cheaply_made(lambda: timm.create_model("efficientnet_b0", num_classes=3))
    made.classifier = nn.Sequential(nn.Linear(1280, 16), nn.ReLU(), nn.Linear(16, 3))
    network = fed(made, photographs)
    with pytest.raises(AmbiguousArchitecture) as asked:
        checkpoint_network("mine.pth", network.state_dict())
    left = {"timm/efficientnet_b0", "timm/tf_efficientnet_b0"}
    assert set(asked.value.candidates) == left


@pytest.mark.parametrize("layers", [1, 2])
def test_trained_weights_tell_where_the_padding_lies(layers: int) -> None:
    """The embedded weights are TensorFlow's, whose padding lies at the right and below."""
    weights = load_embedded(torch.device("cpu")).network.state_dict()
    made = timm.create_model("efficientnet_lite0")  # the same tensors with padding on all sides
    made.load_state_dict(dict(zip(made.state_dict(), weights.values(), strict=True)))
    if layers > 1:
        made.classifier = nn.Sequential(nn.Linear(1280, 64), nn.ReLU(), nn.Linear(64, 5))
    found = checkpoint_network("mine.pth", made.state_dict())
    assert found.architecture == "timm/tf_efficientnet_lite0"
    assert any("own statistics tell this one" in note for note in found.notes)


def test_a_network_that_has_seen_nothing_asks() -> None:
    state = timm.create_model("resnet18", num_classes=3).state_dict()
    with pytest.raises(AmbiguousArchitecture):
        checkpoint_network("mine.pth", state)
    found = checkpoint_network("mine.pth", state, plainest=True)
    assert any("plainest" in note for note in found.notes)


def renamed(network: nn.Module) -> dict[str, Tensor]:
    """The same tensors in the same order, under names that tell nothing."""
    modules: dict[str, int] = {}
    state = {}
    for name, tensor in network.state_dict().items():
        module, _, leaf = name.rpartition(".")
        number = modules.setdefault(module, len(modules))
        state[f"part{number}.{leaf}"] = tensor
    return state


def test_an_order_of_shapes_is_believed_when_every_layer_follows_from_the_one_before(
    photographs: Tensor,
) -> None:
    network = fed(cheaply_made(lambda: timm.create_model("resnet18d", num_classes=3)), photographs)
    state = renamed(network)
    found = checkpoint_network("mine.pth", state)
    assert found.architecture == "timm/resnet18d"
    assert any("order and shapes" in note for note in found.notes)
    # Two layers of the same shape in each other's place, as another order of modules has them.
    one, other = (
        [name for name in state if state[name].shape == (128, 128, 3, 3)][place] for place in (0, 2)
    )
    exchanged = {**state, one: state[other], other: state[one]}
    with pytest.raises(CamviewerError, match="too little to know its network"):
        checkpoint_network("mine.pth", exchanged)
