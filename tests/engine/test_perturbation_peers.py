"""Where a peer defines a method as its paper does, the maps are the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from captum.attr import Occlusion
from pytorch_grad_cam import AblationCAM, FullGrad
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget
from torch import Tensor
from torchcam import methods as torchcam

from camviewer.engine.classifier import Classifier, classifier
from camviewer.engine.geometry import Recipe
from camviewer.engine.image import SourceImage
from camviewer.engine.messages import ExplainRequest, OptionValue
from camviewer.engine.session import Session

CLASS = 285
LAYERS = {"resnet18": "layer3", "embedded": "blocks.4"}
"""Coarse grids with few channels, so that a peer is done soon."""

Values = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


@pytest.fixture(params=list(LAYERS))
def subject(
    request: pytest.FixtureRequest,
    random_network: Callable[..., torch.nn.Module],
    embedded: Classifier,
) -> tuple[Session, str]:
    """A network, asked at 64 x 64."""
    name = request.param
    made = classifier(
        embedded.network if name == "embedded" else random_network(name),
        identifier="test",
        title="Test",
        labels=tuple(f"class {index}" for index in range(1000)),
        recipe=Recipe((64, 64)),
        weights_sha256="0" * 64,
        device=torch.device("cpu"),
    )
    return Session(made), LAYERS[name]


def mine(
    session: Session, image: SourceImage, layer: str, method: str, **options: OptionValue
) -> tuple[Values, Tensor]:
    """The raw map, and the input that the peer is given."""
    request = ExplainRequest(CLASS, method, layer, options=tuple(options.items()))
    found = session.explain(image, request)
    return found.heatmap.values, session.input_tensor(image, found.placement)


def raw_of(peer: type, session: Session, picture: Tensor, layer: str) -> Values:
    """pytorch-grad-cam's map before its ReLU, its resizing and its scaling."""
    raw: list[Values] = []

    class Unscaled(peer):  # type: ignore[misc]
        def get_cam_image(self, *arguments: Any, **named: Any) -> Values:
            raw.append(super().get_cam_image(*arguments, **named))
            return raw[-1]

    network = session.classifier.network
    with Unscaled(network, [network.get_submodule(layer)]) as extractor:
        extractor.batch_size = 16
        extractor(picture.clone(), [ClassifierOutputTarget(CLASS)])
    return raw[0][0]


def same(one: Values, other: Values) -> None:
    assert one.shape == other.shape
    assert np.ptp(other) > 0
    assert np.corrcoef(one.ravel(), other.ravel())[0, 1] > 0.9999
    scaled = [(each - each.min()) / np.ptp(each) for each in (one, other)]
    assert np.abs(scaled[0] - scaled[1]).max() < 1e-3


def test_score_cam_is_torchcams(
    subject: tuple[Session, str], photographs: dict[str, SourceImage]
) -> None:
    """torchcam scales a mask before enlarging it and the paper after, which is nearly the same.

    pytorch-grad-cam enlarges masks corner to corner, where cells do not lie.
    """
    session, layer = subject
    values, picture = mine(session, photographs["coffee"], layer, "score-cam")
    network = session.classifier.network
    with torchcam.ScoreCAM(network, layer, batch_size=16) as extractor:
        with torch.no_grad():
            network(picture)
        (theirs,) = extractor(CLASS, normalized=False)
    mapped = np.maximum(values, 0)
    assert np.corrcoef(mapped.ravel(), theirs[0].numpy().ravel())[0, 1] > 0.999


def test_ablation_cam_is_pytorch_grad_cams_times_the_score(
    subject: tuple[Session, str], photographs: dict[str, SourceImage]
) -> None:
    """It divides each weight by the score; with a negative score that turns the map around.

    Where activations can be negative it puts a very low number in place of the paper's 0, so only
    rectified layers are compared.
    """
    session, layer = subject
    if layer != "layer3":
        return
    values, picture = mine(session, photographs["coffee"], layer, "ablation-cam")
    with torch.no_grad():
        score = float(session.classifier.network(picture)[0, CLASS])
    same(values, raw_of(AblationCAM, session, picture, layer) * score)


def test_occlusion_is_captums(
    subject: tuple[Session, str], photographs: dict[str, SourceImage]
) -> None:
    session, layer = subject
    options: dict[str, OptionValue] = {"patch": 16, "stride": 16}
    values, picture = mine(session, photographs["coffee"], layer, "occlusion", **options)
    with torch.no_grad():
        theirs = Occlusion(session.classifier.network).attribute(
            picture, (3, 16, 16), (3, 16, 16), baselines=0.0, target=CLASS
        )
    same(values, theirs[0, 0, 8::16, 8::16].numpy())


def test_fullgrad_goes_with_pytorch_grad_cams(
    random_network: Callable[..., torch.nn.Module],
    subject: tuple[Session, str],
    photographs: dict[str, SourceImage],
) -> None:
    """It scales all channels of a plane together, where the paper scales each channel."""
    session, layer = subject
    values, picture = mine(session, photographs["coffee"], layer, "fullgrad")
    network = session.classifier.network
    with FullGrad(network, []) as peer:
        theirs = peer(picture.clone(), [ClassifierOutputTarget(CLASS)])[0]
    assert values.shape == theirs.shape
    assert np.corrcoef(values.ravel(), theirs.ravel())[0, 1] > 0.8
