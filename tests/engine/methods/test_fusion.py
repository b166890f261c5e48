"""Maps of several layers in one are the product, the mean or the most of the layers' shares."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import nn

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.methods.core.resampling import sampled
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest, Explanation
from camviewer.engine.session.session import Session
from tests.engine.hooks import hooks_on

LAYERS = ("head", "blocks.4", "blocks.2")
CLASS = 285


def explained(session: Session, image: SourceImage, method: str, **options: str) -> Explanation:
    return session.explain(image, ExplainRequest(CLASS, method, options=tuple(options.items())))


def shares(session: Session, image: SourceImage, base: str, *, from_lowest: bool) -> torch.Tensor:
    """The layers' maps, each made by a pass of its own."""

    def share(values: np.ndarray) -> torch.Tensor:  # type: ignore[type-arg]
        positive = np.maximum(values, 0)
        low = positive.min() if from_lowest else 0.0
        return torch.from_numpy((positive - low) / max(positive.max() - low, 1e-30))

    maps = [session.explain(image, ExplainRequest(CLASS, base, layer)).heatmap for layer in LAYERS]
    onto = maps[-1].geometry
    return torch.stack([sampled(share(one.values), one.geometry, onto) for one in maps])


@pytest.mark.parametrize(
    ("method", "options", "fused"),
    [
        ("refine-cam", {"base": "grad-cam++"}, lambda s: s.prod(0)),
        ("refine-cam", {"base": "layercam"}, lambda s: s.prod(0)),
        ("layer-fusion", {"base": "layercam", "how": "mean"}, lambda s: s.mean(0)),
        ("layer-fusion", {"base": "grad-cam", "how": "max"}, lambda s: s.amax(0)),
    ],
)
def test_one_pass_gives_what_a_pass_for_each_layer_gives(
    session: Session,
    photographs: dict[str, SourceImage],
    method: str,
    options: dict[str, str],
    fused: Callable[[torch.Tensor], torch.Tensor],
) -> None:
    image = photographs["chelsea"]
    session.verdict(image)
    found = explained(session, image, method, layers=", ".join(LAYERS), **options)
    assert found.passes == 1
    of_lowest = method == "refine-cam"
    expected = fused(shares(session, image, options["base"], from_lowest=of_lowest)).numpy()
    assert found.heatmap.values.shape == (28, 28)
    assert np.abs(found.heatmap.values - expected).max() < 1e-3
    assert found.heatmap.high <= 1.0
    assert found.heatmap.low >= 0.0


def test_without_names_the_last_layers_of_the_coarsest_grids_are_taken(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    found = explained(session, photographs["chelsea"], "refine-cam")
    assert found.facts == (" × ".join(LAYERS),)


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        ("head", "Only one layer"),
        ("head, nowhere", "no layer called nowhere"),
        (",".join(f"blocks.{i}" for i in range(13)), "13 layers were chosen"),
    ],
)
def test_layers_that_cannot_be_fused_are_refused(
    session: Session, photographs: dict[str, SourceImage], layers: str, words: str
) -> None:
    with pytest.raises(CamviewerError, match=words):
        explained(session, photographs["chelsea"], "layer-fusion", layers=layers)


def test_no_hook_remains_on_any_layer(
    session: Session, embedded: Classifier, photographs: dict[str, SourceImage]
) -> None:
    explained(session, photographs["coffee"], "refine-cam")
    assert hooks_on(embedded.network) == 0


def test_the_offset_of_every_layer_that_was_fused_is_measured(
    classifier_of: Callable[..., Classifier], photographs: dict[str, SourceImage]
) -> None:
    """One after the other, until none is wanted; then every grid lies where its cells look."""
    torch.manual_seed(0)
    network = nn.Sequential(
        nn.Conv2d(3, 6, 3, stride=2),
        nn.ReLU(),
        nn.Conv2d(6, 8, 3, stride=2, padding=1),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(8, 4),
    )
    recipe = Recipe(input_size=(32, 32), step=4)
    session = Session(classifier_of(network.eval().requires_grad_(False), 4, recipe))
    request = ExplainRequest(1, "layer-fusion", options=(("layers", "1, 3"),))
    place = session.explain(photographs["rocket"], request).layer.name
    assert place == "several layers"
    measured = 0
    while session.wants_offset(place):
        session.measure_offset(place)
        measured += 1
    assert measured == 2
    assert not session.wants_offset("1")
    assert not session.wants_offset("3")
    again = session.explain(photographs["rocket"], request)
    assert again.heatmap.geometry.measured
