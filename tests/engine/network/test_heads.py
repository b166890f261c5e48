"""What a network ends in is found by its numbers, and told truly."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
import torchvision
from torch import Tensor, nn

from camviewer.engine.network.pooled_head import find_head
from tests.engine.hooks import hooks_on

EXAMPLE = torch.rand((1, 3, 224, 224), generator=torch.Generator().manual_seed(0))

POOLED = {
    "resnet18": ("layer4", False, 512),
    "resnext50_32x4d": ("layer4", False, 2048),
    "densenet121": ("features", True, 1024),
    "mobilenet_v2": ("features", False, 1280),
    "efficientnet_b0": ("features", False, 1280),
    "shufflenet_v2_x0_5": ("conv5", False, 1024),
    "mnasnet0_5": ("layers", False, 1280),
    "regnet_y_400mf": ("trunk_output", False, 440),
    "googlenet": ("inception5b", False, 1024),
}


@pytest.mark.parametrize("name", POOLED)
def test_a_pooled_linear_head_is_found_with_its_layer(
    random_network: Callable[[str], nn.Module], name: str
) -> None:
    layer, rectified, channels = POOLED[name]
    search = find_head(random_network(name), EXAMPLE)
    assert search.head is not None, search.refusal
    assert (search.head.layer, search.head.rectified) == (layer, rectified)
    assert search.last_layer == layer
    assert search.head.weight.shape == (1000, channels)
    assert search.head.bias.shape == (1000,)
    assert search.refusal == ""


BELONG_TO = "belong to {} features of the layer before, not to the {} channels of the last {} grid"
REFUSED = {
    "alexnet": BELONG_TO.format(320, 256, "6 x 6"),
    "vgg11": BELONG_TO.format(320, 512, "7 x 7"),
    "vgg16": BELONG_TO.format(320, 512, "7 x 7"),
    "squeezenet1_1": "does not end in a linear layer",
    "mobilenet_v3_small": BELONG_TO.format(1024, 576, "7 x 7"),
    "convnext_tiny": "Between the 768 channels of the last 7 x 7 grid and the class weights lies",
}


@pytest.mark.parametrize("name", REFUSED)
def test_any_other_end_is_refused_with_its_own_numbers(
    random_network: Callable[[str], nn.Module], name: str
) -> None:
    search = find_head(random_network(name), EXAMPLE)
    assert search.head is None
    assert REFUSED[name] in search.refusal
    assert search.last_layer


class Ending(nn.Module):
    """A convolution, and an end that the test gives."""

    def __init__(self, end: Callable[[Tensor], Tensor], bias: bool = True) -> None:
        super().__init__()
        self.features = nn.Conv2d(3, 8, 3, stride=4)
        self.linear = nn.Linear(8, 5, bias=bias)
        self.end = end

    def forward(self, pictures: Tensor) -> Tensor:
        """Logits (N, 5)."""
        logits: Tensor = self.linear(self.end(self.features(pictures)))
        return logits


def found(network: nn.Module) -> str | None:
    head = find_head(network.eval().requires_grad_(False), EXAMPLE).head
    return None if head is None else head.layer


def test_averaging_without_a_module_is_recognised() -> None:
    torch.manual_seed(0)
    assert found(Ending(lambda grid: grid.mean((-2, -1)))) == "features"


@pytest.mark.parametrize(
    "end",
    [
        lambda grid: grid.amax((-2, -1)),
        lambda grid: grid.mean((-2, -1)) * 1.01,
        lambda grid: nn.functional.layer_norm(grid.mean((-2, -1)), (8,)),
        lambda grid: grid.mean((-2, -1)).tanh(),
        lambda grid: grid[..., 1:, :].mean((-2, -1)),
    ],
    ids=["maximum", "scaled", "normalised", "tanh", "without the first row"],
)
def test_what_is_not_the_plain_mean_is_not_mistaken_for_it(
    end: Callable[[Tensor], Tensor],
) -> None:
    torch.manual_seed(0)
    assert found(Ending(end)) is None


def test_a_linear_layer_without_bias_has_a_bias_of_zero() -> None:
    torch.manual_seed(0)
    head = find_head(
        Ending(lambda grid: grid.mean((-2, -1)), bias=False).eval().requires_grad_(False), EXAMPLE
    ).head
    assert head is not None
    assert head.bias.tolist() == [0.0] * 5


def test_something_behind_the_linear_layer_is_refused() -> None:
    torch.manual_seed(0)
    inner = Ending(lambda grid: grid.mean((-2, -1)))
    search = find_head(nn.Sequential(inner, nn.Tanh()).eval().requires_grad_(False), EXAMPLE)
    assert search.head is None
    assert "does not end in one linear layer" in search.refusal


def test_the_search_leaves_no_hook_behind(random_network: Callable[[str], nn.Module]) -> None:
    network = random_network("resnet18")
    find_head(network, EXAMPLE)
    assert hooks_on(network) == 0


@pytest.mark.parametrize("classes", [2, 3, 5])
def test_scores_of_few_classes_are_not_taken_for_a_grid(classes: int) -> None:
    network = torchvision.models.squeezenet1_1(num_classes=classes).eval()
    assert find_head(network, torch.rand((1, 3, 224, 224))).last_layer == "features"
