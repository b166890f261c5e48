"""Poly-CAM is its formula over every grid, written out here in plain loops."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn.functional import interpolate

from camviewer.engine.classifier import Classifier
from camviewer.engine.geometry import Recipe
from camviewer.engine.image import SourceImage, image_from_pixels
from camviewer.engine.messages import ExplainRequest
from camviewer.engine.session import Session

CLASS = 2
LAYERS = ("5", "3", "1")
"""The last layer of each grid: 4 x 4, 8 x 8, 16 x 16."""


@pytest.fixture
def picture() -> SourceImage:
    coarse = np.random.default_rng(0).integers(0, 256, (8, 8, 3), dtype=np.uint8)
    return image_from_pixels(coarse.repeat(4, 0).repeat(4, 1), "blocks")


@pytest.fixture
def network() -> nn.Sequential:
    with torch.random.fork_rng():
        torch.manual_seed(12)
        network = nn.Sequential(
            nn.Conv2d(3, 4, 3, stride=2, padding=1),
            nn.ReLU(inplace=True),
            nn.Conv2d(4, 5, 3, stride=2, padding=1),
            nn.ReLU(),
            nn.Conv2d(5, 6, 3, stride=2, padding=1),
            nn.Softplus(),
            nn.Flatten(),
            nn.Linear(96, 4),
        )
    network[0].bias[1].data.fill_(-100.0)  # a channel that is always 0
    return network


@pytest.fixture
def session(classifier_of: Callable[..., Classifier], network: nn.Sequential) -> Session:
    recipe = Recipe((32, 32), crop_fraction=1.0, step=8, flexible=False)
    return Session(classifier_of(network, labels=4, recipe=recipe))


def enlarged(values: Tensor, size: tuple[int, ...]) -> Tensor:
    return interpolate(values[None, None], size, mode="bilinear", align_corners=False)[0, 0]


def mask_of(channel: Tensor) -> Tensor:
    large = enlarged(channel, (32, 32))
    return (large - large.min()) / (large.max() - large.min())


def score(network: nn.Module, pictures: Tensor) -> float:
    with torch.no_grad():
        return float(network(pictures)[0, CLASS])


def weight(network: nn.Module, given: Tensor, mask: Tensor, variant: str) -> float:
    """What a mask adds when it alone is shown, what is lost when it is hidden, or both."""
    shown = max(score(network, given * mask) - score(network, 0 * given), 0.0)
    hidden = max(score(network, given) - score(network, given * (1 - mask)), 0.0)
    return {"plus": shown, "minus": hidden, "both": shown + hidden}[variant]


@pytest.mark.parametrize("levels", [1, 2, 3])
@pytest.mark.parametrize("variant", ["plus", "minus", "both"])
def test_every_grid_sharpens_the_coarser_ones_map(
    session: Session, picture: SourceImage, network: nn.Sequential, levels: int, variant: str
) -> None:
    options = (("levels", levels), ("variant", variant))
    request = ExplainRequest(CLASS, "poly-cam", "5", options=options)
    found = session.explain(picture, request)
    given = session.input_tensor(picture, found.placement)
    expected = None
    for layer in LAYERS[:levels]:
        features = network[: int(layer) + 1](given)[0].detach()
        summed = torch.zeros(features.shape[1:])
        for channel in features:
            if channel.max() > channel.min():
                summed += weight(network, given, mask_of(channel), variant) * channel
        summed = summed.relu()
        if expected is None:
            expected = summed
            continue
        smooth = enlarged(enlarged(summed, expected.shape), summed.shape)
        expected = summed / smooth.clamp_min(1e-12) * enlarged(expected, summed.shape)
    assert expected is not None
    assert float(expected.max()) > 1e-3
    assert found.heatmap.values.shape == (2 ** (1 + levels),) * 2
    difference = np.abs(found.heatmap.values - expected.numpy()).max()
    assert difference < 1e-3 * float(expected.max())


def test_its_variants_are_three_maps(session: Session, picture: SourceImage) -> None:
    maps = [
        session.explain(
            picture, ExplainRequest(CLASS, "poly-cam", "5", options=(("variant", variant),))
        ).heatmap.values
        for variant in ("plus", "minus", "both")
    ]
    for one in range(3):
        for other in range(one):
            assert not np.allclose(maps[one], maps[other], rtol=1e-2)
