"""ShapleyCAM behind every activation of torchvision and timm, against finite differences."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import numpy as np
import pytest
import timm.layers.activations
import timm.layers.activations_me
import torch
from torch import Tensor, nn
from torchvision.models.mobilenetv3 import InvertedResidualConfig, MobileNetV3

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.picture.source_image import SourceImage, image_from_pixels
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.session.session import Session

RECIPE = Recipe((32, 32), 1.0, step=8)
CLASS = 1
OWN_ARGUMENTS = {nn.Threshold: (0.1, 0.0)}
WITH_OTHER_SHAPES = {nn.GLU, nn.MultiheadAttention}
"""The one halves the channels, the other is no activation."""


def activations() -> list[type[nn.Module]]:
    """The modules that torchvision's networks choose from, and timm's own."""
    places = (
        nn.modules.activation,
        timm.layers.activations,
        timm.layers.activations_me,
    )
    return [
        kind
        for place in places
        for _, kind in inspect.getmembers(place, inspect.isclass)
        if issubclass(kind, nn.Module) and kind.__module__ == place.__name__
        if kind not in WITH_OTHER_SHAPES
    ]


def small(activation: nn.Module) -> nn.Module:
    """A network whose layer ``first`` is followed by the activation alone, and by a gate of it."""

    class Small(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            torch.manual_seed(0)
            self.first = nn.Conv2d(3, 6, 8, stride=8)
            self.second = nn.Conv2d(6, 6, 3, padding=1)
            nn.init.normal_(self.second.weight, std=0.5)  # so that no threshold leaves nothing
            self.activation = activation
            self.linear = nn.Linear(6, 4)

        def forward(self, pictures: Tensor) -> Tensor:
            return self.rest(self.first(pictures))

        def rest(self, cells: Tensor) -> Tensor:
            hidden = self.activation(self.second(2 * cells))
            gate = self.activation(5 * hidden.mean((2, 3), keepdim=True))
            return self.linear((hidden * gate).mean((2, 3)))

    return Small().eval().requires_grad_(False)


@pytest.fixture(scope="module")
def picture() -> SourceImage:
    pixels = np.random.default_rng(0).integers(0, 256, (32, 32, 3), np.uint8)
    return image_from_pixels(pixels, "noise")


def by_finite_differences(network: nn.Module, cells: Tensor) -> Tensor:
    """The map of (1, C, h, w), float64, from first derivatives alone."""

    def gradient(at: Tensor) -> Tensor:
        at = at.detach().requires_grad_()
        logits = network.rest(at)
        utility = logits[0, CLASS] + logits.log_softmax(1)[0, CLASS]
        return torch.autograd.grad(utility, at)[0]

    step = 1e-6
    bend = (gradient(cells * (1 + step)) - gradient(cells * (1 - step))) / (2 * step)
    weights = (gradient(cells) - bend / 2).mean((2, 3), keepdim=True)
    return (weights * cells).sum(1)[0]


@pytest.mark.filterwarnings("ignore:Implicit dimension choice")
@pytest.mark.parametrize(
    "kind", activations(), ids=lambda kind: f"{kind.__module__[-8:]}.{kind.__name__}"
)
def test_shapley_cam_is_what_its_formula_says_behind_every_activation(
    kind: type[nn.Module], classifier_of: Callable[..., Classifier], picture: SourceImage
) -> None:
    network = small(kind(*OWN_ARGUMENTS.get(kind, ())))
    session = Session(classifier_of(network, 4, RECIPE))
    request = ExplainRequest(CLASS, "shapley-cam", layer="first")
    explanation = session.explain(picture, request)
    with torch.no_grad():
        cells = network.first(session.input_tensor(picture, explanation.placement)).double()
    expected = by_finite_differences(network.double(), cells).numpy()
    found = explanation.heatmap.values
    assert np.abs(found - expected).max() < 1e-4 * np.abs(expected).max()


def test_hardly_any_activation_was_left_out() -> None:
    kinds = activations()
    assert {nn.Hardsigmoid, nn.Hardswish, nn.GELU, nn.SiLU, nn.PReLU} <= set(kinds)
    assert len(kinds) > 35


def test_inner_layers_of_a_mobilenet_v3_have_a_map(
    classifier_of: Callable[..., Classifier], picture: SourceImage
) -> None:
    """Its blocks weigh channels by a hard sigmoid, of which torch has no second derivative."""
    torch.manual_seed(0)
    block = InvertedResidualConfig(
        8, 3, 16, 8, use_se=True, activation="HS", stride=2, dilation=1, width_mult=1.0
    )
    network = MobileNetV3([block, block], 16, num_classes=4).eval().requires_grad_(False)
    session = Session(classifier_of(network, 4, RECIPE))
    request = ExplainRequest(CLASS, "shapley-cam", layer="features.0")
    explanation = session.explain(picture, request)
    assert explanation.heatmap.values.any()
    assert not any("does not bend" in note.text for note in explanation.notes)


class OnlyOnce(torch.autograd.Function):
    """An operator whose gradient is one that torch cannot differentiate."""

    @staticmethod
    def forward(context: torch.autograd.function.FunctionCtx, values: Tensor) -> Tensor:
        context.save_for_backward(values)
        return (values / 6 + 0.5).clamp(0, 1)

    @staticmethod
    def backward(context: torch.autograd.function.FunctionCtx, gradient: Tensor) -> Tensor:
        return torch.ops.aten.hardsigmoid_backward(gradient, *context.saved_tensors)


class Foreign(nn.Module):
    def forward(self, values: Tensor) -> Tensor:
        return OnlyOnce.apply(values)


def test_an_operator_without_a_second_derivative_is_named_with_a_way_out(
    classifier_of: Callable[..., Classifier], picture: SourceImage
) -> None:
    session = Session(classifier_of(small(Foreign()), 4, RECIPE))
    with pytest.raises(CamviewerError, match=r"needs second derivatives.*Grad-CAM"):
        session.explain(picture, ExplainRequest(CLASS, "shapley-cam", layer="first"))
