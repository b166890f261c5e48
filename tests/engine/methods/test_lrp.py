"""LRP shares a logit out by the papers' formulas, which are written out densely here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
import torchvision
from captum.attr import LRP
from captum.attr._utils.lrp_rules import Alpha1_Beta0_Rule, EpsilonRule, GammaRule
from torch import Tensor, nn
from torch.autograd.functional import jacobian

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.session.session import Session
from tests.engine.peer_places import PLACES, Subject, same

ZENNIT = Path(__file__).parents[1] / "data" / "lrp_maps.npz"
CLASS = 2
SIDE = 12
RECIPE = Recipe((SIDE, SIDE), crop_fraction=1.0, flexible=False)
EPSILON, GAMMA = 0.1, 0.4

Values = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def plain_network() -> nn.Sequential:
    with torch.random.fork_rng():
        torch.manual_seed(3)
        network = nn.Sequential(
            nn.Conv2d(3, 6, 3, stride=2, padding=1),
            nn.BatchNorm2d(6),
            nn.ReLU(inplace=True),
            nn.Conv2d(6, 5, 3, padding=1, bias=False),
            nn.BatchNorm2d(5),
            nn.Conv2d(5, 4, 1),
            nn.ReLU6(),
            nn.AvgPool2d(2),
            nn.Dropout(),
            nn.Flatten(),
            nn.Linear(36, 7),
            nn.ReLU(),
            nn.Linear(7, 4),
        )
        for module in network.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.running_mean.normal_()
                module.running_var.uniform_(0.5, 2.0)
                nn.init.normal_(module.bias)
    return network.eval().requires_grad_(False)


def asked(session: Session, image: SourceImage, rule: str, epsilon: float, gamma: float) -> Values:
    options = (("rule", rule), ("epsilon", epsilon), ("gamma", gamma))
    request = ExplainRequest(CLASS, "lrp", options=options)
    return session.explain(image, request).heatmap.values.astype(np.float64)


def picture_of(session: Session, image: SourceImage) -> Tensor:
    found = session.explain(image, ExplainRequest(CLASS, "grad-cam"))
    return session.input_tensor(image, found.placement)


def dense_layers(network: nn.Sequential, picture: Tensor) -> list[tuple[str, Values, Values]]:
    """Kind, matrix (inputs, outputs) and bias of each layer, batch normalisation folded in."""
    layers: list[tuple[str, Values, Values]] = []
    values = picture.double()
    for module in network.double():
        shape = values.shape
        output = module(values.clone())
        if isinstance(module, nn.Conv2d | nn.Linear | nn.BatchNorm2d | nn.AvgPool2d):
            bias = module(torch.zeros(shape, dtype=torch.float64)).flatten().numpy()
            found = jacobian(module, values).reshape(output.numel(), -1).T.numpy()
            if isinstance(module, nn.BatchNorm2d):
                kind, matrix, before = layers.pop()
                layers.append((kind, matrix @ found, before @ found + bias))
            else:
                layers.append((type(module).__name__, found, bias))
        elif isinstance(module, nn.ReLU | nn.ReLU6):
            layers.append(("ReLU6" if isinstance(module, nn.ReLU6) else "ReLU", bias[:0], bias[:0]))
        values = output
    network.float()
    return layers


def relevance(
    layers: list[tuple[str, Values, Values]], picture: Values, rule: str, box: tuple[Values, Values]
) -> Values:
    """Of the input, by sums over explicit terms x_i w_ij."""
    inputs, values = [], picture
    for kind, matrix, bias in layers:
        inputs.append(values)
        if kind.startswith("ReLU"):
            values = values.clip(0, 6 if kind == "ReLU6" else None)
        else:
            values = values @ matrix + bias
    shares = np.zeros_like(values)
    shares[CLASS] = values[CLASS]
    for number in reversed(range(len(layers))):
        kind, matrix, bias = layers[number]
        if kind.startswith("ReLU"):
            continue
        given = inputs[number]
        terms = given[:, None] * matrix
        output = terms.sum(0) + bias
        epsilon = EPSILON * np.sqrt((output**2).mean())
        total = output
        if kind == "AvgPool2d":
            epsilon = 0.0
        elif kind == "Conv2d" and rule == "gamma" and number == 0:
            low, high = box
            terms = terms - low[:, None] * matrix.clip(0) - high[:, None] * matrix.clip(None, 0)
            total = terms.sum(0)
        elif kind == "Conv2d" and rule == "gamma":
            alike = (terms > 0) == (output > 0)
            terms = terms + GAMMA * terms * alike
            total = terms.sum(0) + bias + GAMMA * bias * ((bias > 0) == (output > 0))
        elif kind == "Conv2d" and rule == "z-plus":
            terms = terms.clip(0)
            total = terms.sum(0) + bias.clip(0)
        below = total + np.where(total < 0, -epsilon, epsilon)
        shares = terms @ np.divide(shares, below, out=np.zeros_like(below), where=below != 0)
    return shares


@pytest.mark.parametrize("rule", ["epsilon", "gamma", "z-plus"])
def test_relevance_is_that_of_explicit_terms(
    rule: str, classifier_of: Callable[..., Classifier], photographs: dict[str, SourceImage]
) -> None:
    network = plain_network()
    session = Session(classifier_of(network, labels=4, recipe=RECIPE))
    image = photographs["coffee"]
    mine = asked(session, image, rule, EPSILON, GAMMA)
    picture = picture_of(session, image)
    planes = picture.double().numpy()
    mean, std = (np.array(each)[:, None, None] for each in (RECIPE.mean, RECIPE.std))
    low = np.minimum((0 - mean) / std * np.ones_like(planes[0]), planes[0]).ravel()
    high = np.maximum((1 - mean) / std * np.ones_like(planes[0]), planes[0]).ravel()
    expected = relevance(dense_layers(network, picture), planes.ravel(), rule, (low, high))
    expected = expected.reshape(planes.shape[1:]).sum(0)
    assert np.abs(mine - expected).max() < 1e-4 * np.abs(expected).max()


def without_biases(network: nn.Module) -> nn.Module:
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.zero_()
        if isinstance(module, nn.Conv2d | nn.Linear | nn.BatchNorm2d) and module.bias is not None:
            nn.init.zeros_(module.bias)
    return network


@pytest.mark.parametrize(
    "name",
    [
        "resnet18",
        "googlenet",
        "regnet_x_400mf",
        pytest.param("densenet121", marks=pytest.mark.slow),
        pytest.param("inception_v3", marks=pytest.mark.slow),
        pytest.param("mobilenet_v2", marks=pytest.mark.slow),
    ],
)
def test_without_biases_the_relevance_of_all_pixels_is_the_logit(
    name: str,
    classifier_of: Callable[..., Classifier],
    photographs: dict[str, SourceImage],
    subtests: pytest.Subtests,
) -> None:
    quick = {"init_weights": False} if name in {"googlenet", "inception_v3"} else {}
    with torch.random.fork_rng():
        torch.manual_seed(0)
        network = getattr(torchvision.models, name)(weights=None, **quick)
    without_biases(network).eval()
    side = 96 if name == "inception_v3" else 64
    session = Session(classifier_of(network, labels=1000, recipe=Recipe((side, side))))
    picture = picture_of(session, photographs["chelsea"])
    with torch.no_grad():
        logit = float(network(picture)[0, CLASS])
    for rule in ("epsilon", "gamma", "z-plus"):
        with subtests.test(rule):
            total = asked(session, photographs["chelsea"], rule, 0.0, GAMMA).sum()
            assert total == pytest.approx(logit, rel=5e-3)


class KnownToCaptum(nn.Module):
    """Modules of which captum has rules; it has none for Flatten."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = nn.Sequential(
            nn.AvgPool2d(1),
            nn.Conv2d(3, 6, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(6, 8, 3),
            nn.ReLU(),
            nn.AdaptiveAvgPool2d(2),
        )
        self.dense = nn.Sequential(nn.Linear(32, 6), nn.ReLU(), nn.Linear(6, 4))

    def forward(self, pictures: Tensor) -> Tensor:
        logits: Tensor = self.dense(self.grid(pictures).flatten(1))
        return logits


RULES = {
    "epsilon": lambda: EpsilonRule(1e-9),
    "gamma": lambda: GammaRule(GAMMA),
    "z-plus": Alpha1_Beta0_Rule,
}


@pytest.mark.parametrize("rule", RULES)
def test_relevance_is_captums_where_it_has_the_rule(
    rule: str, classifier_of: Callable[..., Classifier], photographs: dict[str, SourceImage]
) -> None:
    """captum adds no gamma to biases, so there are none, and takes all inputs for positive.

    Its first layer has the rule of the others, so ours is one that is not fed the picture itself.
    """
    with torch.random.fork_rng():
        torch.manual_seed(5)
        network = KnownToCaptum()
    without_biases(network).eval().requires_grad_(False)
    recipe = Recipe((SIDE, SIDE), mean=(0, 0, 0), std=(1, 1, 1), flexible=False)
    session = Session(classifier_of(network, labels=4, recipe=recipe))
    mine = asked(session, photographs["coffee"], rule, 0.0, GAMMA)
    picture = picture_of(session, photographs["coffee"])
    for module in network.modules():
        if isinstance(module, nn.Conv2d | nn.Linear):
            module.rule = RULES[rule]() if isinstance(module, nn.Conv2d) else EpsilonRule(1e-9)
    theirs = LRP(network).attribute(picture.clone().requires_grad_(), target=CLASS)
    expected = theirs.detach()[0].sum(0).double().numpy()
    assert np.corrcoef(mine.ravel(), expected.ravel())[0, 1] > 0.9999
    assert np.abs(mine - expected).max() < 1e-3 * np.abs(expected).max()


@pytest.mark.parametrize("name", ["resnet18", pytest.param("vgg11", marks=pytest.mark.slow)])
def test_relevance_is_zennits(
    name: str,
    lively_classifier: Callable[..., Classifier],
    photographs: dict[str, SourceImage],
    subtests: pytest.Subtests,
) -> None:
    """By its composites EpsilonGammaBox and EpsilonPlus; scripts/make_lrp_maps.py wrote them."""
    classifier = lively_classifier(name, PLACES[name].side)
    subject = Subject(name, classifier, PLACES[name], photographs["coffee"])
    with np.load(ZENNIT) as archive:
        for rule in ("gamma", "z-plus"):
            with subtests.test(rule):
                same(subject.mine("lrp", rule=rule, epsilon=0.0), archive[f"{name}/{rule}"])


class Gated(nn.Module):
    """A network that multiplies one activation by another."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.linear = nn.Linear(4, 3)

    def forward(self, pictures: Tensor) -> Tensor:
        features = self.conv(pictures).relu()
        logits: Tensor = self.linear((features * features.mean((2, 3), True)).mean((2, 3)))
        return logits


def test_a_network_with_a_step_that_has_no_rule_is_refused(
    classifier_of: Callable[..., Classifier], photographs: dict[str, SourceImage]
) -> None:
    session = Session(classifier_of(Gated(), labels=3, recipe=RECIPE))
    with pytest.raises(CamviewerError) as refused:
        session.explain(photographs["coffee"], ExplainRequest(CLASS, "lrp"))
    assert refused.value.message == (
        "LRP is not defined here: there is no rule for this network's mul."
    )


def test_a_network_with_another_activation_is_refused_before_it_runs(
    classifier_of: Callable[..., Classifier],
) -> None:
    network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.SiLU(), nn.Flatten(), nn.Linear(400, 3))
    session = Session(classifier_of(network, labels=3, recipe=RECIPE))
    reasons = {info.id: why for info, why in session.methods()}
    assert reasons["lrp"] == "there is no rule for this network's SiLU."
    assert reasons["guided-backprop"] == "this network has SiLU, not only ReLU."
