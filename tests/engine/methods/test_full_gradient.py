"""FullGrad shares the whole score out; its map is the paper's sum with every plane scaled alone."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pytest
import torch
from pytorch_grad_cam import FullGrad
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.functional import interpolate

from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.methods.full_gradient import full_gradients
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.session.session import Session
from tests.engine.small_networks import without_in_place_layers

CLASS = 2
SIDES = {
    "embedded": 64,
    "resnet18": 64,
    "vgg11": 32,
    "densenet121": 32,
    "mobilenet_v2": 64,
    "timm/resnet10t": 64,
    "timm/tf_efficientnet_lite0": 64,
    "efficientnet_b0": 64,
}
GATED = {"efficientnet_b0"}
"""One part of it multiplies another, so that the score is no sum."""
SUMS = [name for name in SIDES if name not in GATED]
SEEN_BY_THE_PEER = [name for name in SIDES if name != "timm/tf_efficientnet_lite0"]
"""It knows no normalisation that holds its activation."""

Values = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@dataclass(frozen=True, eq=False)
class Subject:
    """A network in front of a photograph."""

    session: Session
    image: SourceImage

    @property
    def network(self) -> nn.Module:
        return self.session.classifier.network

    @cached_property
    def mine(self) -> Values:
        found = self.session.explain(self.image, ExplainRequest(CLASS, "fullgrad"))
        return found.heatmap.values.astype(np.float64)

    @cached_property
    def picture(self) -> Tensor:
        found = self.session.explain(self.image, ExplainRequest(CLASS, "grad-cam"))
        return self.session.input_tensor(self.image, found.placement)


@pytest.fixture(scope="module")
def subject(
    request: pytest.FixtureRequest,
    lively_classifier: Callable[..., Classifier],
    photographs: dict[str, SourceImage],
) -> Subject:
    classifier = lively_classifier(request.param, SIDES[request.param])
    return Subject(Session(classifier), photographs["coffee"])


def networks(names: list[str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("subject", names, indirect=True, scope="module")


def psi(planes: Tensor, size: tuple[int, ...]) -> Tensor:
    """Sizes of each of (1, C, h, w) planes, brought to 0 to 1, enlarged."""
    sizes = planes.double().abs()
    sizes = sizes - sizes.amin((2, 3), keepdim=True)
    sizes = sizes / sizes.amax((2, 3), keepdim=True).clamp_min(torch.finfo(sizes.dtype).tiny)
    return interpolate(sizes, size, mode="bilinear")


def adds(layer: nn.Module, given: Tensor) -> Tensor | None:
    """What a layer adds to a product with what it is given; None when that is nothing."""
    if isinstance(layer, nn.Conv2d):
        return None if layer.bias is None else layer.bias[:, None, None]
    if isinstance(layer, nn.BatchNorm2d):
        nothing = torch.zeros((1, given.shape[1], 1, 1))
        norm = functools.partial(functional.batch_norm, nothing, eps=layer.eps)
        return norm(layer.running_mean, layer.running_var, layer.weight, layer.bias)
    if isinstance(layer, nn.ReLU6):
        return 6.0 * (given > 6.0)
    if isinstance(layer, nn.Sigmoid):
        share = given.sigmoid()
        return share - given * share * (1 - share)
    if isinstance(layer, nn.SiLU):
        share = given.sigmoid()
        return given * share - given * (share + given * share * (1 - share))
    return None


class Added:
    """A pass in which every layer's output had numbers added to it, all of them 0."""

    def __init__(self, subject: Subject, *, activations: bool) -> None:
        self.biases: list[Tensor] = []
        self.zeros: list[Tensor] = []
        picture, network = subject.picture, subject.network
        self.given = picture.clone().requires_grad_()
        handles = []
        for module in network.modules():
            layers = list(module.children()) if isinstance(module, nn.BatchNorm2d) else []
            where = layers[0] if layers else module  # timm's normalisation goes on to activate
            known = isinstance(module, nn.Conv2d | nn.BatchNorm2d)
            if known or (activations and isinstance(module, nn.ReLU6 | nn.Sigmoid | nn.SiLU)):
                handles.append(where.register_forward_hook(self._adding(module)))
        with without_in_place_layers(network):
            self.score = network(self.given)[0, CLASS]
        for handle in handles:
            handle.remove()

    def _adding(self, layer: nn.Module) -> Callable[..., Tensor]:
        def hook(_module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> Tensor:
            bias = adds(layer, inputs[0].detach())
            if bias is None:
                return output
            self.biases.append(bias)
            self.zeros.append(torch.zeros_like(output).requires_grad_())
            return output + self.zeros[-1]

        return hook

    def by_the_formula(self) -> Values:
        """Sum over colours of psi(g x) and over layers and channels of psi(g_b b)."""
        gradients = torch.autograd.grad(self.score, [self.given, *self.zeros])
        size = self.given.shape[2:]
        values = np.zeros(size)
        for gradient, factor in zip(gradients, [self.given.detach(), *self.biases], strict=True):
            values += psi(gradient * factor, size)[0].sum(0).numpy()
        return values


@networks(list(SIDES))
def test_the_map_is_the_papers_sum_with_every_plane_scaled_alone(subject: Subject) -> None:
    """The authors' code scales all channels of a layer together, as the paper's sum does not."""
    added = Added(subject, activations=True)
    expected = added.by_the_formula()
    assert len(added.biases) >= 8
    assert np.ptp(expected) > 1.0
    assert np.abs(subject.mine - expected).max() < 1e-3 * expected.max()


@networks(SEEN_BY_THE_PEER)
def test_it_is_pytorch_grad_cams_and_what_activations_add(subject: Subject) -> None:
    """The peer knows the biases of convolutions and of normalisations only.

    It adds 1e-7 to what it divides by, so it is asked about a score that is far larger: scaled to
    0 to 1 the planes are the same.
    """
    with without_in_place_layers(subject.network), FullGrad(subject.network, []) as peer:
        (theirs,) = peer(subject.picture.clone(), [lambda logits: 1e9 * logits[CLASS]])
    mine = Added(subject, activations=False).by_the_formula()
    assert np.corrcoef(mine.ravel(), theirs.ravel())[0, 1] > 0.9999
    assert np.abs((mine - mine.min()) / np.ptp(mine) - theirs).max() < 1e-3


@networks(SUMS)
def test_input_and_biases_add_up_to_the_logit(subject: Subject) -> None:
    found = full_gradients(subject.network, subject.picture, lambda logits: logits[:, CLASS])
    with torch.no_grad():
        logit = float(subject.network(subject.picture)[0, CLASS])
    parts = sum(float(part.abs().sum()) for part in found.by_bias)
    assert parts > 0.1 * abs(logit), "the biases have their share"
    assert float(found.score) == pytest.approx(logit, rel=1e-4, abs=1e-5)
    assert float(found.total) == pytest.approx(logit, rel=1e-3, abs=1e-5 * parts)
    assert found.adds_up


@networks(list(GATED))
def test_where_they_do_not_the_map_says_so(subject: Subject) -> None:
    found = subject.session.explain(subject.image, ExplainRequest(CLASS, "fullgrad"))
    assert any("add up to" in note.text for note in found.notes)


def test_dense_biases_belong_to_the_score_as_well() -> None:
    with torch.random.fork_rng():
        torch.manual_seed(0)
        network = nn.Sequential(
            nn.Conv2d(3, 6, 3, stride=2),
            nn.BatchNorm2d(6),
            nn.ReLU(inplace=True),
            nn.Conv2d(6, 5, 3),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(180, 7),
            nn.ReLU(),
            nn.Linear(7, 4),
        )
        norm = network[1]
        assert isinstance(norm, nn.BatchNorm2d)
        norm.running_mean.normal_()
        norm.running_var.uniform_(0.5, 2.0)
        nn.init.normal_(norm.bias)
    network.eval().requires_grad_(False)
    picture = torch.randn((1, 3, 30, 30), generator=torch.Generator().manual_seed(1))
    found = full_gradients(network, picture, lambda logits: logits[:, CLASS])
    logit = float(network(picture)[0, CLASS])
    assert float(found.score) == pytest.approx(logit, rel=1e-5)
    assert float(found.total) == pytest.approx(logit, rel=1e-4)
    assert len(found.by_bias) == 5


def test_networks_with_another_normalisation_are_told_why(
    classifier_of: Callable[..., Classifier],
) -> None:
    network = nn.Sequential(
        nn.Conv2d(3, 4, 3, stride=2), nn.GroupNorm(2, 4), nn.Flatten(), nn.Linear(900, 3)
    )
    recipe = Recipe((32, 32), flexible=False)
    session = Session(classifier_of(network, labels=3, recipe=recipe))
    reasons = {info.id: why for info, why in session.methods()}
    assert "GroupNorm" in reasons["fullgrad"]
