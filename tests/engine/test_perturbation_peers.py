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

from camviewer.engine.classifier import Classifier
from camviewer.engine.geometry import Recipe
from camviewer.engine.image import SourceImage
from camviewer.engine.messages import ExplainRequest, OptionValue
from camviewer.engine.session import Session

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
        kept: list[Tensor] = []
        layer = self.classifier.network.get_submodule(self.place.layer)
        handle = layer.register_forward_hook(lambda _module, _inputs, output: kept.append(output))
        with torch.no_grad():
            self.classifier.network(self.picture)
        handle.remove()
        return (kept[0] if self.place.reshape is None else self.place.reshape(kept[0]))[0]

    def mine(self, method: str, **options: OptionValue) -> Values:
        """The raw map."""
        request = ExplainRequest(CLASS, method, self.place.layer, options=tuple(options.items()))
        return self.session.explain(self.image, request).heatmap.values

    def of_torch_cam(self, kind: type, **arguments: Any) -> Values:
        """torch-cam's map before its ReLU, with masks at 0 to 1 once they are enlarged."""

        class AsInThePaper(kind):  # type: ignore[misc]
            def _upsample(self, activation: Tensor) -> Tensor:
                large = super()._upsample(activation)
                return self._normalize(large.clone(), 2)

        network = self.classifier.network
        with AsInThePaper(
            network,
            self.place.layer,
            batch_size=16,
            reshape_transform=self.place.reshape,
            **arguments,
        ) as extractor:
            extractor._relu = False
            with torch.no_grad():
                network(self.picture)
            (theirs,) = extractor(CLASS, normalized=False)
        return theirs[0].numpy()

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
    embedded: Classifier,
    lively_classifier: Callable[..., Classifier],
    classifier_of: Callable[..., Classifier],
    photographs: dict[str, SourceImage],
) -> Subject:
    place = PLACES[request.param]
    if request.param == "embedded":
        recipe = Recipe((place.side, place.side))
        classifier = classifier_of(embedded.network, labels=1000, recipe=recipe)
    else:
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
