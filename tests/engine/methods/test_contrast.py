"""Finer-CAM and the difference map say what tells classes apart, by their formulas."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError
from camviewer.engine.methods import find_method
from camviewer.engine.methods.contrast import nearest_classes
from camviewer.engine.network import forward as passes
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.forward import Forward
from camviewer.engine.network.scores import Score
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest, ScoreKind
from camviewer.engine.session.session import Session
from tests.engine.small_networks import bent_network

TIGER_CAT, TABBY = 282, 281
Values = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@pytest.fixture
def network() -> nn.Sequential:
    return bent_network(6)


@pytest.fixture
def forward(network: nn.Sequential) -> Forward:
    picture = torch.rand((1, 3, 11, 11), generator=torch.Generator().manual_seed(1)).double()
    return passes.run(network, picture, "1")


def by_loops(forward: Forward, network: nn.Sequential, shares: dict[int, float]) -> Values:
    """Grad-CAM of a weighted sum of logits, class by class and channel by channel."""
    activations = forward.activations.numpy()
    values = np.zeros(activations.shape[1:])
    for class_index, share in shares.items():
        features = forward.activations[None].clone().requires_grad_()
        network[2:](features)[0, class_index].backward()
        for gradient, channel in zip(features.grad[0].numpy(), activations, strict=True):
            values += share * gradient.mean() * channel
    return values


def test_finer_cam_takes_away_the_mean_of_the_named_classes(
    forward: Forward, network: nn.Sequential
) -> None:
    found = find_method("finer-cam").explain(forward, 2, versus="0, 4", count=3, strength=0.6)
    expected = by_loops(forward, network, {2: 1.0, 0: -0.3, 4: -0.3})
    assert np.abs(found.values.numpy() - expected).max() < 1e-12
    assert found.versus == (0, 4)


def test_finer_cam_without_names_takes_the_classes_of_the_nearest_logits(forward: Forward) -> None:
    logits = forward.logits.numpy()
    others = sorted((c for c in range(6) if c != 2), key=lambda c: abs(logits[c] - logits[2]))
    found = find_method("finer-cam").explain(forward, 2, versus="", count=2, strength=0.6)
    assert found.versus == tuple(others[:2])
    named = " ".join(str(other) for other in others[:2])
    same = find_method("finer-cam").explain(forward, 2, versus=named, count=5, strength=0.6)
    assert torch.equal(found.values, same.values)


def test_finer_cam_of_no_strength_is_grad_cam(forward: Forward) -> None:
    finer = find_method("finer-cam").explain(forward, 2, versus="", count=3, strength=0.0)
    assert torch.allclose(finer.values, find_method("grad-cam").explain(forward, 2).values)


def test_the_difference_is_that_of_two_grad_cams(forward: Forward) -> None:
    grad_cam = find_method("grad-cam")
    found = find_method("difference").explain(forward, 2, versus="5")
    expected = grad_cam.explain(forward, 2).values - grad_cam.explain(forward, 5).values
    assert torch.allclose(found.values, expected, atol=1e-12)
    turned = find_method("difference").explain(forward, 5, versus="2")
    assert torch.allclose(found.values, -turned.values, atol=1e-12)


def test_the_difference_of_another_score_is_that_of_its_grad_cams(forward: Forward) -> None:
    scored = forward.scored(Score(ScoreKind.LOG_PROBABILITY))
    grad_cam = find_method("grad-cam")
    found = find_method("difference").explain(scored, 2, versus="5")
    expected = grad_cam.explain(scored, 2).values - grad_cam.explain(scored, 5).values
    assert torch.allclose(found.values, expected, atol=1e-12)


def test_below_a_pooled_head_the_difference_adds_up_to_that_of_the_logits(
    embedded: Classifier, seen: Callable[..., Tensor]
) -> None:
    assert embedded.head is not None
    forward = passes.run(embedded.network, seen("chelsea"), "head", embedded.head)
    found = find_method("difference").explain(forward, TIGER_CAT, versus=str(TABBY))
    bias = embedded.head.bias[TIGER_CAT] - embedded.head.bias[TABBY]
    gap = forward.logits[TIGER_CAT] - forward.logits[TABBY]
    assert float(found.values.mean() + bias) == pytest.approx(float(gap), rel=1e-4)


@pytest.mark.parametrize(
    ("method", "versus", "words"),
    [
        ("finer-cam", "7", "no class 7"),
        ("finer-cam", "tabby", "no class tabby"),
        ("finer-cam", "-1", "no class -1"),
        ("difference", "2", "cannot be compared with itself"),
        ("difference", "1, 3", "more were named"),
    ],
)
def test_classes_that_cannot_be_compared_are_refused(
    forward: Forward, method: str, versus: str, words: str
) -> None:
    options = {"count": 3, "strength": 0.6} if method == "finer-cam" else {}
    with pytest.raises(CamviewerError, match=words):
        find_method(method).explain(forward, 2, versus=versus, **options)


def test_a_model_of_one_class_has_none_to_compare_with() -> None:
    with pytest.raises(CamviewerError, match="one class only"):
        nearest_classes(torch.zeros(1), 0, 3)


def test_the_map_says_with_which_classes_it_compared(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    request = ExplainRequest(TIGER_CAT, "difference", options=(("versus", str(TABBY)),))
    explanation = session.explain(photographs["chelsea"], request)
    assert explanation.versus == (TABBY,)
    assert explanation.facts == ("against tabby",)
    assert dict(explanation.request.options)["versus"] == str(TABBY)
