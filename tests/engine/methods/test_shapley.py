"""ShapleyCAM is the second-order share of the score, with the whole Hessian written out here."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from timm.models.vision_transformer import VisionTransformer
from torch import Tensor, nn
from torch.nn.attention import SDPBackend, sdpa_kernel

from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.methods import find_method
from camviewer.engine.network import forward as passes
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.forward import Forward
from camviewer.engine.network.layouts import Arrangement, Layout
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.session.session import Session

CLASS = 2


class Bent(nn.Module):
    """A network whose score bends behind its first layer."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv2d(3, 4, 5, stride=4)
        self.second = nn.Conv2d(4, 6, 3, padding=1)
        self.linear = nn.Linear(6, 5)

    def forward(self, pictures: Tensor) -> Tensor:
        return self.rest(self.first(pictures))

    def rest(self, activations: Tensor) -> Tensor:
        hidden = torch.tanh(self.second(activations))
        logits: Tensor = self.linear(hidden.square().mean((2, 3)))
        return logits


@pytest.fixture
def bent() -> Bent:
    torch.manual_seed(0)
    return Bent().eval().requires_grad_(False)


def rest_utility(logits: Tensor) -> Tensor:
    return logits[0, CLASS] + logits.log_softmax(1)[0, CLASS]


def logit(logits: Tensor) -> Tensor:
    return logits[0, CLASS]


def with_whole_hessian(
    activations: Tensor, rest: Callable[[Tensor], Tensor], utility: Callable[[Tensor], Tensor]
) -> Tensor:
    def score(flat: Tensor) -> Tensor:
        return utility(rest(flat.reshape(activations.shape)[None]))

    flat = activations.flatten()
    gradient = torch.autograd.functional.jacobian(score, flat)
    hessian = torch.autograd.functional.hessian(score, flat)
    shares = (gradient - hessian @ flat / 2).reshape(activations.shape)
    return (shares.mean((1, 2))[:, None, None] * activations).sum(0)


@pytest.mark.parametrize(("option", "utility"), [("ReST", rest_utility), ("score", logit)])
def test_the_map_is_the_formula_with_the_whole_hessian(
    bent: Bent,
    classifier_of: Callable[..., Classifier],
    photographs: dict[str, SourceImage],
    option: str,
    utility: Callable[[Tensor], Tensor],
) -> None:
    classifier = classifier_of(bent, 5, Recipe(input_size=(32, 32)))
    session = Session(classifier)
    request = ExplainRequest(CLASS, "shapley-cam", "first", options=(("utility", option),))
    found = session.explain(photographs["coffee"], request)
    forward = pass_of(session, photographs["coffee"], "first")
    expected = with_whole_hessian(forward.activations, bent.rest, utility)
    grad_cam = find_method("grad-cam").explain(forward, CLASS).values
    values = torch.from_numpy(found.heatmap.values.copy())
    assert torch.allclose(values, expected, rtol=1e-4, atol=1e-6 * float(expected.abs().max()))
    assert not torch.allclose(values, grad_cam, rtol=1e-2)


def pass_of(session: Session, image: SourceImage, layer: str) -> Forward:
    request = ExplainRequest(CLASS, "grad-cam", layer)
    placement = session.explain(image, request).placement
    picture = session.input_tensor(image, placement)
    return passes.run(session.classifier.network, picture, layer)


def test_below_a_pooled_head_the_closed_form_equals_the_recorded_graph(
    embedded: Classifier, seen: Callable[..., Tensor]
) -> None:
    closed = passes.run(embedded.network, seen("chelsea"), "head", embedded.head)
    recorded = passes.run(embedded.network, seen("chelsea"), "head", head=None)
    by_formula, by_autograd = closed.curvature(rest_utility), recorded.curvature(rest_utility)
    scale = float(by_autograd.abs().max())
    assert scale > 0
    assert torch.allclose(by_formula, by_autograd, rtol=1e-3, atol=1e-4 * scale)


def test_where_the_score_is_linear_it_is_grad_cam_and_says_so(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    request = ExplainRequest(CLASS, "shapley-cam", options=(("utility", "score"),))
    found = session.explain(photographs["chelsea"], request)
    grad_cam = session.explain(photographs["chelsea"], ExplainRequest(CLASS, "grad-cam"))
    assert torch.allclose(
        torch.from_numpy(found.heatmap.values.copy()),
        torch.from_numpy(grad_cam.heatmap.values.copy()),
    )
    assert any("ShapleyCAM is Grad-CAM here" in note.text for note in found.notes)


def test_curvature_of_a_score_without_a_graph_is_nothing(bent: Bent) -> None:
    forward = passes.run(bent, torch.rand(1, 3, 32, 32), "first")
    flat = forward.curvature(torch.zeros_like)
    assert torch.equal(flat, torch.zeros_like(forward.activations))


def test_through_attention_the_curvature_is_how_the_gradient_changes(
    seen: Callable[..., Tensor],
) -> None:
    """By finite differences, on a transformer with registers; tokens of all kinds are moved."""
    torch.manual_seed(0)
    network = VisionTransformer(
        img_size=64, patch_size=16, embed_dim=24, depth=3, num_heads=3, num_classes=5, reg_tokens=2
    )
    for parameter in network.parameters():
        if parameter.dim() > 1:
            nn.init.normal_(parameter, std=0.15)
    network = network.double().eval().requires_grad_(False)
    picture = seen("coffee")[:, :, 80:144, 80:144].double()
    layout = Layout(Arrangement.TOKENS, (4, 4), 3)
    with sdpa_kernel(SDPBackend.MATH):
        forward = passes.run(network, picture, "blocks.1", layout=layout)
        found = forward.curvature(rest_utility)
    tokens, small = forward.output, 1e-5
    assert tokens is not None

    def gradient_at(output: Tensor) -> Tensor:
        leaf = output.clone().requires_grad_()
        hidden = network.blocks[2](leaf)
        utility = rest_utility(network.forward_head(network.norm(hidden)))
        (gradient,) = torch.autograd.grad(utility, leaf)
        return layout.to_grid(gradient)[0]

    moved = gradient_at(tokens * (1 + small)) - gradient_at(tokens * (1 - small))
    expected = moved / (2 * small)
    assert float(expected.abs().max()) > 0
    assert torch.allclose(found, expected, rtol=1e-4, atol=1e-6 * float(expected.abs().max()))
