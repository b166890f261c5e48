"""The card of a map: what it says, how it grows, and what it leaves out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from camviewer.engine.errors import Cancelled
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.picture.source_image import SourceImage, image_from_pixels
from camviewer.engine.results.messages import ExplainRequest, Explanation
from camviewer.engine.session.session import Session
from camviewer.engine.trust.assessment import assess
from camviewer.engine.trust.messages import Baseline, Subject, TrustCard, TrustOptions
from camviewer.engine.trust.words import warnings
from tests.engine.hooks import hooks_on


@pytest.fixture(scope="module")
def bright_box(classifier_of: Callable[..., Any]) -> tuple[Session, SourceImage, Explanation]:
    """A network that sees brightness cell by cell, a picture with a white box, and its CAM."""

    class Network(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.features = nn.AvgPool2d(16)
            self.pool = nn.AdaptiveAvgPool2d(1)
            self.linear = nn.Linear(3, 2)
            self.linear.weight.data = torch.tensor([[30.0] * 3, [0.0] * 3])
            self.linear.bias.data = torch.tensor([-6.0, 0.0])

        def forward(self, pictures: Tensor) -> Tensor:
            logits: Tensor = self.linear(self.pool(self.features(pictures)).flatten(1))
            return logits

    recipe = Recipe(
        input_size=(96, 96), crop_fraction=1.0, step=16, mean=(0.0,) * 3, std=(1.0,) * 3
    )
    session = Session(classifier_of(Network(), labels=2, recipe=recipe))
    pixels = np.zeros((96, 96, 3), np.uint8)
    pixels[16:48, 48:80] = 255
    image = image_from_pixels(pixels, "box")
    return session, image, session.explain(image, ExplainRequest(class_index=0))


def finished(cards: Iterator[TrustCard]) -> TrustCard:
    *_, last = cards
    return last


def test_a_card_says_that_an_exact_map_beats_chance(bright_box) -> None:
    session, image, explanation = bright_box

    card = finished(assess(session, image, explanation, TrustOptions(steps=10)))

    assert card.finished
    assert card.cut == ()
    assert card.probability == pytest.approx(1 / (1 + np.exp(-(90 * 4 / 36 - 6))), abs=1e-4)
    for name in ("deletion-black", "insertion-black", "deletion-mean"):
        measure = card.measure(name)
        assert measure is not None
        assert set(measure.values) == set(Subject)
        assert measure.beats_references
    stable = card.measure("stability")
    assert stable is not None
    assert stable.values[Subject.MAP] > 0.75
    assert card.contrast is not None
    assert card.contrast.correlation == 0.0


def test_a_card_grows_while_it_is_made_and_says_what_its_time_did_not_allow(bright_box) -> None:
    session, image, explanation = bright_box
    cards = list(assess(session, image, explanation, TrustOptions(steps=10)))
    shares = [card.share_done for card in cards]
    counts = [len(card.measures) for card in cards]

    assert shares == sorted(shares)
    assert counts == sorted(counts)
    assert [card.finished for card in cards] == [False] * (len(cards) - 1) + [True]


def test_a_card_says_what_its_time_did_not_allow(bright_box) -> None:
    session, image, explanation = bright_box

    card = finished(assess(session, image, explanation, TrustOptions(budget=0.0)))

    assert card.finished
    assert card.measures == ()
    assert card.probability > 0.9
    assert "did not suffice for: curves with the blurred picture" in " ".join(card.cut)


def test_two_classes_with_nearly_the_same_map_are_told(classifier_of, photographs) -> None:
    class Twins(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.features = nn.AvgPool2d(32)
            self.pool = nn.AdaptiveAvgPool2d(1)
            self.linear = nn.Linear(3, 3)
            self.linear.weight.data = torch.tensor([[2.0] * 3, [1.9] * 3, [-1.0, 2.0, -1.0]])
            self.linear.bias.data = torch.tensor([9.0, 9.0, 0.0])

        def forward(self, pictures: Tensor) -> Tensor:
            logits: Tensor = self.linear(self.pool(self.features(pictures)).flatten(1))
            return logits

    session = Session(classifier_of(Twins(), labels=3))
    options = TrustOptions(2, 2, 1, baselines=(Baseline.BLACK,), road_fractions=(0.5,))

    def said(class_index: int) -> str:
        explanation = session.explain(photographs["rocket"], ExplainRequest(class_index))
        card = finished(
            assess(session, photographs["rocket"], explanation, replace(options, budget=99))
        )
        return " ".join(warnings(card, lambda share: f"{share:.0%}"))

    assert "nearly the same (correlation 1.00)" in said(0)
    assert said(2) == ""


def test_a_method_that_needs_other_placements_keeps_its_other_numbers(session, photographs) -> None:
    image = photographs["coffee"]
    explanation = session.explain(image, ExplainRequest(method="multi-scale"))
    options = TrustOptions(600, 2, 1, baselines=(Baseline.BLACK,), road_fractions=(0.5,))
    card = finished(assess(session, image, explanation, options))

    assert card.measure("deletion-black") is not None
    assert card.measure("stability") is None
    assert "stability" in " ".join(card.cut)


def test_the_random_map_is_the_mean_of_several_with_their_spread(bright_box) -> None:
    session, image, explanation = bright_box
    card = finished(assess(session, image, explanation, TrustOptions(steps=10, random_maps=3)))
    measure = card.measure("deletion-blur")

    assert measure is not None
    assert measure.spread is not None
    low, high = measure.spread
    assert low < measure.values[Subject.RANDOM] < high


def test_the_same_seed_gives_the_same_card(bright_box) -> None:
    session, image, explanation = bright_box
    options = TrustOptions(steps=10, random_maps=1, baselines=(Baseline.BLACK,), seed=7)
    first, second = (finished(assess(session, image, explanation, options)) for _ in range(2))

    assert [m.values for m in first.measures] == [m.values for m in second.measures]


def test_a_cancelled_card_leaves_no_hook_and_the_map_as_it_was(cat_map, photographs) -> None:
    session, explanation = cat_map
    told = threading.Event()
    cards = assess(session, photographs["chelsea"], explanation, TrustOptions(), told)
    next(cards)
    told.set()

    with pytest.raises(Cancelled):
        next(cards)
    assert hooks_on(session.classifier.network) == 0
    again = session.explain(photographs["chelsea"], explanation.request)
    assert np.array_equal(again.heatmap.values, explanation.heatmap.values)
