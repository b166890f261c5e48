"""The printed network: every module in torch's own words, with its shape and its numbers."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn
from torchvision.models.vgg import VGG, make_layers

from camviewer.engine.network.classifier import Classifier
from camviewer.engine.structure.module_tree import NetworkParts, Part
from camviewer.engine.structure.tree_builder import network_parts
from tests.engine.hooks import hooks_on


def small_vgg() -> nn.Module:
    torch.manual_seed(0)
    network = VGG(make_layers([4, "M", 8, "M"]), num_classes=5, init_weights=False)
    network.avgpool = nn.AdaptiveAvgPool2d(3)
    network.classifier = nn.Sequential(
        nn.Linear(8 * 9, 16), nn.ReLU(True), nn.Dropout(), nn.Linear(16, 5)
    )
    return network.eval().requires_grad_(False)


def parts_of(network: nn.Module, size: tuple[int, int] = (24, 32)) -> dict[str, Part]:
    return {part.name: part for part in network_parts(network, torch.zeros((1, 3, *size))).parts}


def printed(network: NetworkParts) -> list[str]:
    """The lines of torch's own repr, without closing brackets."""
    return ["  " * part.depth + f"({part.own_name}): {part.printed}" for part in network.parts[1:]]


def test_the_tree_says_what_torch_prints() -> None:
    network = small_vgg()
    ours = printed(network_parts(network, torch.zeros((1, 3, 24, 32))))
    theirs = [
        re.sub(r"\((\w+)\): (\w+)\($", r"(\1): \2", line)
        for line in repr(network).splitlines()[1:]
        if line.strip() != ")"
    ]
    assert ours == theirs


def test_shapes_are_those_of_the_picture_at_hand() -> None:
    parts = parts_of(small_vgg())
    assert parts[""].output == (5,)
    assert parts["features"].output == (8, 6, 8)
    assert parts["features.0"].output == (4, 24, 32)
    assert parts["avgpool"].output == (8, 3, 3)
    assert parts["classifier.0"].output == (16,)
    assert parts["features.0"].grid == (4, 24, 32)


def test_parameters_are_counted_with_what_is_inside() -> None:
    network = small_vgg()
    parts = parts_of(network)
    assert parts["features.0"].parameters == 4 * 3 * 9 + 4
    assert parts["features.1"].parameters == 0
    assert parts[""].parameters == sum(p.numel() for p in network.parameters())


def test_what_cannot_be_tapped_says_why() -> None:
    parts = parts_of(small_vgg())
    assert parts["features.2"].reason == ""
    assert "16 numbers" in parts["classifier.0"].reason
    assert "whole network" in parts[""].reason
    assert "proportions" in parts_of(small_vgg(), (16, 64))["avgpool"].reason  # 3 x 3 of 4 x 16


class Odd(nn.Module):
    """Holds one module twice, one in vain, and one that gives two tensors."""

    def __init__(self) -> None:
        super().__init__()
        self.once = nn.Conv2d(3, 2, 1)
        self.again = self.once
        self.idle = nn.Conv2d(2, 2, 1)
        self.pair = nn.MaxPool2d(2, return_indices=True)

    def forward(self, pictures: Tensor) -> Tensor:
        """Logits (N, 2)."""
        values, _ = self.pair(self.once(pictures))
        return values.mean((2, 3))


def test_odd_networks_are_told_as_they_are() -> None:
    parts = parts_of(Odd())
    assert parts["again"].grid == parts["once"].grid == (2, 24, 32)
    assert "does not pass" in parts["idle"].reason
    assert "several tensors" in parts["pair"].reason
    assert parts[""].parameters == 3 * 2 + 2 + 2 * 2 + 2


@pytest.mark.parametrize("name", ["resnet18"])
def test_the_layers_that_can_be_tapped_are_those_of_the_session(
    random_classifier: Callable[[str], Classifier], name: str
) -> None:
    from camviewer.engine.network.grid_layers import grid_layers

    network = random_classifier(name).network
    example = torch.zeros((1, 3, 96, 128))
    told = {p.name: p.grid for p in network_parts(network, example).parts if p.grid}
    assert told == {layer.name: layer.shape for layer in grid_layers(network, example)}


def test_no_hook_is_left_behind() -> None:
    network = small_vgg()
    parts_of(network)
    assert hooks_on(network) == 0
