"""Every gradient method is its paper's formula, written out here in plain loops."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from pytorch_grad_cam import GradCAMElementWise, HiResCAM, LayerCAM, XGradCAM
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget
from torch import Tensor, nn

from camviewer.engine.methods import find_method
from camviewer.engine.network import forward as passes
from camviewer.engine.network.classifier import Classifier
from tests.engine.small_networks import bent_network

Values = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Loops = Callable[[Values, Values], Values]


def relu(value: float) -> float:
    return max(value, 0.0)


def grad_cam(g: Values, f: Values) -> Values:
    cells = g.shape[1] * g.shape[2]
    return by_channel(f, [g[k].sum() / cells for k in range(len(g))])


def grad_cam_plus_plus(g: Values, f: Values) -> Values:
    weights = []
    for k in range(len(g)):
        weight = 0.0
        for gradient in g[k].ravel():
            below = 2 * gradient**2 + gradient**3 * f[k].sum()
            if below != 0:
                weight += gradient**2 / below * relu(gradient)
        weights.append(weight)
    return by_channel(f, weights)


def xgrad_cam(g: Values, f: Values) -> Values:
    return by_channel(f, [(g[k] * f[k]).sum() / f[k].sum() for k in range(len(g))])


def by_channel(f: Values, weights: list[float]) -> Values:
    values = np.zeros(f.shape[1:])
    for weight, channel in zip(weights, f, strict=True):
        values += weight * channel
    return values


def by_cell(term: Callable[[float, float], float]) -> Loops:
    def formula(g: Values, f: Values) -> Values:
        values = np.zeros(f.shape[1:])
        for k, row, column in np.ndindex(*f.shape):
            values[row, column] += term(g[k, row, column], f[k, row, column])
        return values

    return formula


FORMULAS: dict[str, Loops] = {
    "grad-cam": grad_cam,
    "grad-cam++": grad_cam_plus_plus,
    "hirescam": by_cell(lambda g, f: g * f),
    "grad-cam-elementwise": by_cell(lambda g, f: relu(g * f)),
    "xgrad-cam": xgrad_cam,
    "layercam": by_cell(lambda g, f: relu(g) * f),
}


@pytest.fixture
def network() -> nn.Sequential:
    return bent_network(4)


@pytest.mark.parametrize("name", FORMULAS)
def test_the_map_is_the_papers_formula(network: nn.Sequential, name: str) -> None:
    picture = torch.rand((1, 3, 11, 11), generator=torch.Generator().manual_seed(1)).double()
    forward = passes.run(network, picture, "1")
    mine = find_method(name).explain(forward, 2).values.numpy()
    features = network[1](network[0](picture)).requires_grad_()
    network[2:](features)[0, 2].backward()
    expected = FORMULAS[name](features.grad[0].numpy(), features.detach()[0].numpy())
    assert np.abs(mine - expected).max() < 1e-12 * max(np.abs(expected).max(), 1.0)


PEERS = {
    "hirescam": HiResCAM,
    "grad-cam-elementwise": GradCAMElementWise,
    "xgrad-cam": XGradCAM,
    "layercam": LayerCAM,
}


@pytest.mark.parametrize("name", PEERS)
@pytest.mark.parametrize(
    ("architecture", "layer"),
    [("embedded", "blocks.4"), ("resnet18", "layer4"), ("resnet18", "layer2")],
)
def test_the_map_equals_pytorch_grad_cams(
    embedded: Classifier,
    random_classifier: Callable[[str], Classifier],
    seen: Callable[..., Tensor],
    name: str,
    architecture: str,
    layer: str,
) -> None:
    classifier = embedded if architecture == "embedded" else random_classifier(architecture)
    picture = seen("chelsea")
    forward = passes.run(classifier.network, picture, layer, classifier.head)
    mine = find_method(name).explain(forward, 285).values.numpy()
    raw: list[Values] = []

    class Unscaled(PEERS[name]):  # type: ignore[misc]
        """Keeps the map as it is before the ReLU, the resizing and the min-max."""

        def get_cam_image(self, *arguments: object, **named: object) -> Values:
            raw.append(super().get_cam_image(*arguments, **named))
            return raw[-1]

    with Unscaled(classifier.network, [classifier.network.get_submodule(layer)]) as peer:
        peer(picture.clone().requires_grad_(), [ClassifierOutputTarget(285)])
    theirs = raw[0][0]
    assert np.ptp(theirs) > 0
    assert np.corrcoef(mine.ravel(), theirs.ravel())[0, 1] > 0.9999
    assert np.abs(mine - theirs).max() / np.ptp(theirs) < 1e-3


def test_xgrad_cams_weights_add_up_to_hirescams_sum(network: nn.Sequential) -> None:
    """Axiom of conservation: both distribute the same total over the cells."""
    picture = torch.rand((1, 3, 11, 11), generator=torch.Generator().manual_seed(1)).double()
    forward = passes.run(network, picture, "1")
    xgrad = find_method("xgrad-cam").explain(forward, 2).values.sum()
    hires = find_method("hirescam").explain(forward, 2).values.sum()
    assert float(xgrad) == pytest.approx(float(hires), rel=1e-12)


@pytest.mark.parametrize("name", FORMULAS)
def test_channels_of_zeros_do_no_harm(name: str) -> None:
    torch.manual_seed(0)
    network = nn.Sequential(
        nn.Conv2d(3, 4, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 2)
    )
    nn.init.zeros_(network[0].weight[1:3])
    nn.init.constant_(network[0].bias[1:3], -1.0)
    network.eval().requires_grad_(False)
    forward = passes.run(network, torch.rand(1, 3, 9, 9), "1")
    values = find_method(name).explain(forward, 1).values
    assert bool(torch.isfinite(values).all())
