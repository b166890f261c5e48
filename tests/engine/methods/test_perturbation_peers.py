"""Where a peer defines a method as its paper does, the maps are the same, over eleven networks.

Each network looks at small pictures, at a layer with few channels: a peer is done soon.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pytest
import torch
from captum.attr import Occlusion
from pytorch_grad_cam import AblationCAM
from pytorch_grad_cam.ablation_layer import AblationLayer
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget
from torch import Tensor
from torchcam import methods as torchcam

from camviewer.engine.network import forward as passes
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.forward import Forward
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest, OptionValue
from camviewer.engine.session.session import Session

CLASS = 285
ROUNDING = float(np.finfo(np.float32).eps)

pytestmark = pytest.mark.slow

Values = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
Reshape = Callable[[Tensor], Tensor] | None


def of_tokens(tokens: Tensor) -> Tensor:
    """(N, 1 + side * side, C) with a class token as (N, C, side, side)."""
    count, length, channels = tokens.shape
    side = round((length - 1) ** 0.5)
    return tokens[:, 1:].transpose(1, 2).reshape(count, channels, side, side)


def of_channels_last(cells: Tensor) -> Tensor:
    return cells.permute(0, 3, 1, 2)


@dataclass(frozen=True)
class Place:
    """A layer of a network, how a peer finds its grid, and what makes the network small."""

    layer: str
    side: int = 64
    reshape: Reshape = None
    arguments: dict[str, object] = field(default_factory=dict)


PLACES = {
    "embedded": Place("blocks.3"),
    "resnet18": Place("layer2"),
    "vgg11": Place("features.2", 32),
    "densenet121": Place("features.transition1"),
    "mobilenet_v2": Place("features.10"),
    "convnext_tiny": Place("features.1", 32),
    "efficientnet_b0": Place("features.4"),
    "vit_b_16": Place("encoder.layers.encoder_layer_11.ln_1", 48, of_tokens, {"image_size": 48}),
    "swin_t": Place("features.1", 32, of_channels_last),
    "timm/resnet10t": Place("layer2"),
    "timm/deit_tiny_patch16_224": Place("blocks.11.norm1", 64, of_tokens, {"img_size": 64}),
}
LARGE = {"vit_b_16"}
"""768 passes through 86 million weights take a minute, and the peer's another."""
RECTIFIED = {"resnet18", "vgg11", "timm/resnet10t"}


@dataclass(frozen=True, eq=False)
class Subject:
    """A network with a layer, in front of a photograph."""

    name: str
    classifier: Classifier
    place: Place
    image: SourceImage

    @cached_property
    def session(self) -> Session:
        return Session(self.classifier)

    @cached_property
    def picture(self) -> Tensor:
        """What the peers are given."""
        found = self.session.explain(
            self.image, ExplainRequest(CLASS, "grad-cam", self.place.layer)
        )
        return self.session.input_tensor(self.image, found.placement)

    @cached_property
    def score(self) -> float:
        with torch.no_grad():
            return float(self.classifier.network(self.picture)[0, CLASS])

    @cached_property
    def activations(self) -> Tensor:
        """(C, h, w)."""
        output = self.forward(self.picture).output
        assert output is not None
        return (output if self.place.reshape is None else self.place.reshape(output))[0]

    def mine(self, method: str, **options: OptionValue) -> Values:
        """The raw map."""
        request = ExplainRequest(CLASS, method, self.place.layer, options=tuple(options.items()))
        return self.session.explain(self.image, request).heatmap.values

    def forward(self, picture: Tensor) -> Forward:
        """A pass of any picture."""
        return passes.run(self.classifier.network, picture, self.place.layer)

    def of_torch_cam(self, kind: type, distribution: object = None, **arguments: Any) -> Values:
        """torch-cam's map before its ReLU, with masks at 0 to 1 once they are enlarged.

        Args:
            kind: of method.
            distribution: where its noise is drawn from.
            **arguments: of the method.
        """

        class AsInThePaper(kind):  # type: ignore[misc]
            def _upsample(self, activation: Tensor) -> Tensor:
                large: Tensor = super()._upsample(activation)
                return self._normalize(large.clone(), 2)

        network = self.classifier.network
        with AsInThePaper(
            network, self.place.layer, reshape_transform=self.place.reshape, **arguments
        ) as extractor:
            extractor._relu = False
            if distribution is not None:
                extractor._distrib = distribution
            network(self.picture.clone().requires_grad_())
            (theirs,) = extractor(CLASS, normalized=False)
        return theirs[0].detach().numpy()

    def of_grad_cam(self, kind: type, **arguments: Any) -> Values:
        """pytorch-grad-cam's map before its ReLU, its resizing and its scaling."""
        raw: list[Values] = []

        class Unscaled(kind):  # type: ignore[misc]
            def get_cam_image(self, *arguments: Any, **named: Any) -> Values:
                raw.append(super().get_cam_image(*arguments, **named))
                return raw[-1]

        network = self.classifier.network
        layer = network.get_submodule(self.place.layer)
        with Unscaled(network, [layer], self.place.reshape, **arguments) as extractor:
            extractor.batch_size = 16
            extractor(self.picture.clone(), [ClassifierOutputTarget(CLASS)])
        return raw[0][0]


@pytest.fixture(scope="module")
def subject(
    request: pytest.FixtureRequest,
    lively_classifier: Callable[..., Classifier],
    photographs: dict[str, SourceImage],
) -> Subject:
    place = PLACES[request.param]
    classifier = lively_classifier(request.param, place.side, **place.arguments)
    return Subject(request.param, classifier, place, photographs["coffee"])


def same(one: Values, other: Values) -> None:
    assert one.shape == other.shape
    assert np.corrcoef(one.ravel(), other.ravel())[0, 1] > 0.9999
    scaled = [(each - other.min()) / np.ptp(other) for each in (one, other)]
    assert np.abs(scaled[0] - scaled[1]).max() < 1e-3


def above_rounding(values: Values, score: float) -> bool:
    """Whether a map of differences of a score is far above that score's rounding."""
    return bool(np.ptp(values) > 1e4 * ROUNDING * abs(score))


every_network = pytest.mark.parametrize("subject", PLACES, indirect=True, scope="module")
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
    subject: Subject,
) -> None:
    """torch-cam scales them before, and pytorch-grad-cam enlarges them from corner to corner.

    Cells do not lie there.
    """
    theirs = subject.of_torch_cam(torchcam.ScoreCAM)
    same(subject.mine("score-cam"), theirs)
    alike = subject.activations.mean(0).numpy()
    assert np.corrcoef(theirs.ravel(), alike.ravel())[0, 1] < 0.999, "its weights say something"


class Zeros(AblationLayer):  # type: ignore[misc]
    """Ablates as the paper does, whatever the sign of the activations: the grid's, no token's."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self._of_tokens = place.reshape is of_tokens
        self._last = place.reshape is not None

    def set_next_batch(
        self, input_batch_index: int, activations: Tensor, num_channels_to_ablate: int
    ) -> None:
        one = activations[input_batch_index]
        self.activations = one.repeat(num_channels_to_ablate, *[1] * one.dim())

    def __call__(self, _given: Tensor) -> Tensor:
        for output, channel in zip(self.activations, self.indices, strict=False):
            grid = output[1:] if self._of_tokens else output
            grid.select(-1 if self._last else 0, int(channel)).zero_()
        return self.activations


@every_network_in_time
def test_ablation_cam_is_pytorch_grad_cams_times_the_score(subject: Subject) -> None:
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


@every_network
def test_occlusion_is_captums(subject: Subject) -> None:
    with torch.no_grad():
        theirs = Occlusion(subject.classifier.network).attribute(
            subject.picture, (3, 8, 8), (3, 8, 8), baselines=0.0, target=CLASS
        )
    mine = subject.mine("occlusion", patch=8, stride=8)
    assert above_rounding(mine, subject.score)
    same(mine, theirs[0, 0, 4::8, 4::8].numpy())


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
def test_ss_cam_is_torch_cams_under_the_same_noise(subject: Subject) -> None:
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
def test_is_cam_is_torch_cams_where_steps_are_not_added_up(subject: Subject) -> None:
    """torch-cam adds them up, as the paper prints it but for one step, and its map is another.

    Its last pictures are then brighter than the photograph.
    """
    mine = subject.mine("is-cam", samples=4)
    same(mine, subject.of_torch_cam(StepByStep, num_samples=4))
    added_up = subject.of_torch_cam(torchcam.ISCAM, num_samples=4)
    assert np.abs(mine - added_up).max() > 1e-2 * np.ptp(mine)


@few_networks
def test_torch_cams_smooth_grad_cam_plus_plus_is_another_number(subject: Subject) -> None:
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
