"""Where a peer defines a method as its paper does, the maps are the same, over eleven networks.

Each network looks at small pictures, at a layer with few channels: a peer is done soon.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
import torch
from pytorch_grad_cam import AblationCAM
from torch import Tensor
from torchcam import methods as torchcam

from camviewer.engine.network.classifier import Classifier
from camviewer.engine.picture.source_image import SourceImage
from tests.engine.peer_places import CLASS, LARGE, PLACES, RECTIFIED, Values, same
from tests.engine.peers import PeerSubject, Zeros, occluded

ROUNDING = float(np.finfo(np.float32).eps)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def subject(
    request: pytest.FixtureRequest,
    lively_classifier: Callable[..., Classifier],
    photographs: dict[str, SourceImage],
) -> PeerSubject:
    place = PLACES[request.param]
    classifier = lively_classifier(request.param, place.side, **place.arguments)
    return PeerSubject(request.param, classifier, place, photographs["coffee"])


def above_rounding(values: Values, score: float) -> bool:
    """Whether a map of differences of a score is far above that score's rounding."""
    return bool(np.ptp(values) > 1e4 * ROUNDING * abs(score))


every_network_in_time = pytest.mark.parametrize(
    "subject",
    [
        pytest.param(name, marks=pytest.mark.exhaustive) if name in LARGE else name
        for name in PLACES
    ],
    indirect=True,
    scope="module",
)


@every_network_in_time
def test_score_cam_is_torch_cams_with_masks_scaled_once_they_are_enlarged(
    subject: PeerSubject,
) -> None:
    """torch-cam scales them before, and pytorch-grad-cam enlarges them from corner to corner.

    Cells do not lie there.
    """
    theirs = subject.of_torch_cam(torchcam.ScoreCAM)
    same(subject.mine("score-cam"), theirs)
    alike = subject.activations.mean(0).numpy()
    assert np.corrcoef(theirs.ravel(), alike.ravel())[0, 1] < 0.999, "its weights say something"


@every_network_in_time
def test_ablation_cam_is_pytorch_grad_cams_times_the_score(subject: PeerSubject) -> None:
    """It divides each weight by the score; with a negative score that turns the map around.

    Where activations can be negative it puts a very low number in place of the paper's 0, and the
    class token is no part of the map: there it is given the 0 for the grid alone.
    """
    theirs = subject.of_grad_cam(AblationCAM, ablation_layer=Zeros(subject.place)) * subject.score
    assert above_rounding(theirs, subject.score)
    mine = subject.mine("ablation-cam")
    same(mine, theirs)
    if subject.name in RECTIFIED:
        same(mine, subject.of_grad_cam(AblationCAM) * subject.score)


@every_network_in_time
def test_occlusion_is_captums(subject: PeerSubject) -> None:
    mine = subject.mine("occlusion", patch=8, stride=8)
    assert above_rounding(mine, subject.score)
    same(mine, occluded(subject))


few_networks = pytest.mark.parametrize(
    "subject", ["embedded", "timm/resnet10t"], indirect=True, scope="module"
)


class NoiseOfSeed:
    """What SS-CAM adds to its masks, in the order in which torch-cam draws for all channels."""

    def __init__(self, activations: Tensor, samples: int, deviation: float) -> None:
        flat = activations.flatten(1)
        spread = flat.amax(1) - flat.amin(1)
        self._places = {
            int(channel): place
            for place, channel in enumerate(spread.argsort(descending=True, stable=True))
        }
        self._samples, self._deviation = samples, deviation
        self._drawn = 0

    def sample(self, size: torch.Size) -> Tensor:
        """(1, C, H, W)."""
        noise = torch.empty(size)
        for channel, place in self._places.items():
            source = torch.Generator().manual_seed(place * self._samples + self._drawn)
            one = torch.randn((1, *size[2:]), generator=source)
            noise[0, channel] = self._deviation * one[0]
        self._drawn += 1
        return noise


@few_networks
def test_ss_cam_is_torch_cams_under_the_same_noise(subject: PeerSubject) -> None:
    drawn = NoiseOfSeed(subject.activations, 2, 0.5)
    theirs = subject.of_torch_cam(torchcam.SSCAM, num_samples=2, distribution=drawn)
    same(subject.mine("ss-cam", samples=2, deviation=0.5, seed=0), theirs)


class StepByStep(torchcam.ISCAM):  # type: ignore[misc]
    """torch-cam's IS-CAM with the steps of the first author's code.

    Its n-th picture shows n/N of the mask, not 1/N + 2/N + ... + n/N; all else is torch-cam's.
    """

    def _score_input(self, pictures: Tensor, *arguments: Any) -> Tensor:
        (channels,) = {len(activation[0]) for activation in self.hook_a}
        self._batches_done = getattr(self, "_batches_done", -1) + 1
        step = self._batches_done // -(-channels // self.bs) + 1
        scores: Tensor = super()._score_input(pictures * 2 / (step + 1), *arguments)
        return scores


@few_networks
def test_is_cam_is_torch_cams_where_steps_are_not_added_up(subject: PeerSubject) -> None:
    """torch-cam adds them up, as the paper prints it but for one step, and its map is another.

    Its last pictures are then brighter than the photograph.
    """
    mine = subject.mine("is-cam", samples=4)
    same(mine, subject.of_torch_cam(StepByStep, num_samples=4))
    added_up = subject.of_torch_cam(torchcam.ISCAM, num_samples=4)
    assert np.abs(mine - added_up).max() > 1e-2 * np.ptp(mine)


@few_networks
def test_torch_cams_smooth_grad_cam_plus_plus_is_another_number(subject: PeerSubject) -> None:
    """It takes the last noisy gradient and activations, where the paper takes mean and picture.

    Its fraction has the sum of D3 f over the cells, where that of Grad-CAM++ and of the paper has
    D3 times the sum of f. Both formulas are worked out here from the same passes.
    """
    count, deviation = 3, 0.2
    source = torch.Generator().manual_seed(4)
    noisy = [
        subject.forward(subject.picture + deviation * torch.randn(shape, generator=source))
        for shape in [subject.picture.shape] * count
    ]
    gradients = [forward.gradients(CLASS).double() for forward in noisy]
    first, second, third = (sum(g**power for g in gradients) / count for power in (1, 2, 3))
    features = subject.activations.double()

    def summed(gradient: Tensor, below: Tensor, shown: Tensor) -> Values:
        share = torch.where(below != 0, second / below, 0.0)
        weights = (share * gradient.relu()).sum((1, 2))
        return (weights[:, None, None] * shown).sum(0).numpy()

    below = 2 * second + third * features.sum((1, 2), keepdim=True)
    papers = summed(first, below, features)
    mine = subject.mine("smooth-grad-cam++", samples=count, deviation=deviation, seed=4)
    same(mine, papers)
    drawn = Drawn(deviation, torch.Generator().manual_seed(4))
    theirs = subject.of_torch_cam(torchcam.SmoothGradCAMpp, num_samples=count, distribution=drawn)
    below = 2 * second + (third * features).sum((1, 2), keepdim=True) + 1e-8
    peers = summed(gradients[-1], below, noisy[-1].activations.double())
    same(theirs, peers)
    assert np.abs(papers - peers).max() > 1e-2 * np.ptp(papers)


@dataclass
class Drawn:
    """Normal noise from a source that others draw from as well."""

    deviation: float
    source: torch.Generator

    def sample(self, size: torch.Size) -> Tensor:
        """Of any size."""
        return self.deviation * torch.randn(size, generator=self.source)
