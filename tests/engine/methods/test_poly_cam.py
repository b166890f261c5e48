"""Poly-CAM is its formula over every grid, written out here in plain loops."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn.functional import interpolate

from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.methods.core.limits import Limits
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.picture.source_image import SourceImage, image_from_pixels
from camviewer.engine.results.messages import ExplainRequest, Explanation
from camviewer.engine.session.session import Session

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
        torch.manual_seed(8)
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
    limits = Limits(partial_map_seconds=0.0)
    return Session(classifier_of(network, labels=4, recipe=recipe), limits=limits)


def enlarged(values: Tensor, size: tuple[int, ...]) -> Tensor:
    return interpolate(values[None, None], size, mode="bilinear", align_corners=False)[0, 0]


def mask_of(channel: Tensor) -> Tensor:
    large = enlarged(channel, (32, 32))
    return (large - large.min()) / (large.max() - large.min())


def score(network: nn.Module, pictures: Tensor) -> float:
    with torch.no_grad():
        return float(network(pictures)[0, CLASS])


def terms(network: nn.Module, given: Tensor, mask: Tensor) -> tuple[float, float]:
    """What a mask adds when it alone is shown, and what is lost when it is hidden."""
    shown = score(network, given * mask) - score(network, 0 * given)
    hidden = score(network, given) - score(network, given * (1 - mask))
    return shown, hidden


def weight(shown: float, hidden: float, variant: str) -> float:
    """The terms of a variant together, where that is positive."""
    return max({"plus": shown, "minus": hidden, "both": shown + hidden}[variant], 0.0)


@pytest.mark.parametrize("levels", [1, 2, 3])
@pytest.mark.parametrize("variant", ["plus", "minus", "both"])
def test_every_grid_sharpens_the_coarser_ones_map(
    session: Session, picture: SourceImage, network: nn.Sequential, levels: int, variant: str
) -> None:
    options = (("levels", levels), ("variant", variant))
    request = ExplainRequest(CLASS, "poly-cam", "5", options=options)
    found = session.explain(picture, request)
    given = session.input_tensor(picture, found.placement)
    expected, opposed = None, 0
    for layer in LAYERS[:levels]:
        features = network[: int(layer) + 1](given)[0].detach()
        summed = torch.zeros(features.shape[1:])
        for channel in features:
            if channel.max() > channel.min():
                shown, hidden = terms(network, given, mask_of(channel))
                opposed += shown + hidden > 0 > min(shown, hidden)
                summed += weight(shown, hidden, variant) * channel
        summed = summed.relu()
        if expected is None:
            expected = summed
            continue
        smooth = enlarged(enlarged(summed, expected.shape), summed.shape)
        expected = summed / smooth.clamp_min(1e-12) * enlarged(expected, summed.shape)
    assert expected is not None
    assert float(expected.max()) > 1e-3
    assert opposed, "one term of a channel that counts is negative, so it matters what is clamped"
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


def test_half_way_through_both_it_is_the_map_of_what_is_shown(
    session: Session, picture: SourceImage
) -> None:
    """A channel whose second term is not there yet counts with its first alone."""
    told: list[Explanation] = []

    def asked(variant: str) -> ExplainRequest:
        options = (("levels", 1), ("variant", variant))
        return ExplainRequest(CLASS, "poly-cam", "5", options=options)

    both = session.explain(picture, asked("both"), on_progress=told.append).heatmap.values
    plus = session.explain(picture, asked("plus")).heatmap.values
    (half_way,) = (partial.heatmap.values for partial in told if partial.share == 0.5)
    assert np.allclose(half_way, plus, rtol=1e-5)
    assert not np.allclose(both, plus, rtol=1e-2)
