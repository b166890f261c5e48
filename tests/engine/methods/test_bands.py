"""A network of two bands of which only the second matters: every method says so."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.methods import find_method
from camviewer.engine.picture.source_image import SourceImage, image_from_values
from camviewer.engine.results.messages import ExplainRequest, OptionValues
from camviewer.engine.results.targets import Output
from camviewer.engine.session.session import Session
from tests.engine.conftest import as_classifier
from tests.engine.trial_networks import EVERY, quick

SIDE, CLASS = 64, 1
_OPTIONS: dict[str, OptionValues] = {
    "shapley-cam": (("utility", "score"),),  # the others are no sums of scores
}
_WITHOUT_PLACE = {"dff", "channel", "expected-grad-cam"}
"""Two show parts of the activations, and not what a class is made of; the third weighs channels by
what a blurred picture lacks, which has the same mean brightness."""


class SecondBand(nn.Module):
    """Class 1 is how bright the second band is; the first band has no weight."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv2d(2, 6, 3, stride=2, padding=1)
        self.second = nn.Conv2d(6, 8, 3, stride=2, padding=1)
        self.pool, self.head = nn.AdaptiveAvgPool2d(1), nn.Linear(8, 3)
        torch.manual_seed(0)
        with torch.no_grad():
            for layer in (self.first, self.second):
                layer.weight.uniform_(0.0, 0.3)
                layer.bias.fill_(-0.05)
            self.first.weight[:, 0] = 0.0
            self.head.weight.uniform_(-0.1, 0.1)
            self.head.weight[CLASS] = torch.linspace(0.5, 1.5, 8)

    def forward(self, pictures: Tensor) -> Tensor:
        """(N, 3)."""
        cells = torch.relu(self.second(torch.relu(self.first(pictures))))
        scores: Tensor = self.head(self.pool(cells).flatten(1))
        return scores


def scene(first: np.ndarray) -> SourceImage:
    """The second band has a square at the right; the first band is given."""
    second = np.zeros((SIDE, SIDE), np.uint16)
    second[24:40, 40:56] = 1023
    return image_from_values(np.stack([first, second], axis=2), "scene")


def at_the_left() -> np.ndarray:
    band = np.zeros((SIDE, SIDE), np.uint16)
    band[24:40, 8:24] = 1023
    return band


def test_every_method_shows_the_band_that_matters(subtests: pytest.Subtests) -> None:
    recipe = Recipe((SIDE, SIDE), 1.0, 8, mean=(0.0, 0.0), std=(1.0, 1.0), channels=2)
    session = Session(as_classifier(SecondBand().eval(), labels=3, recipe=recipe))
    noise = np.random.default_rng(0).integers(0, 1024, (SIDE, SIDE), dtype=np.uint16)
    one, other = scene(at_the_left()), scene(noise)
    tried = 0
    for name in EVERY:
        method = find_method(name)
        layer = None if not session.refusal(method, session.info.default_layer) else "second"
        if session.refusal(method, layer or session.info.default_layer):
            continue
        options = _OPTIONS.get(name, quick(method.info))
        request = ExplainRequest(CLASS, name, layer=layer, options=options)
        with subtests.test(name):
            found = session.explain(one, request)
            values = found.heatmap.values
            again = session.explain(other, request).heatmap.values
            assert np.allclose(values, again, atol=1e-5 * np.abs(values).max())
            if name in _WITHOUT_PLACE:
                continue
            xs = np.array([found.heatmap.geometry.centre(0, x)[0] for x in range(values.shape[1])])
            evidence = np.clip(values, 0.0, None).sum(0)
            assert evidence[xs > SIDE / 2].sum() > evidence[xs < SIDE / 2].sum()
            target = replace(request, class_index=None, target=Output(CLASS))
            if not session.refusal(method, layer or session.info.default_layer, target.target):
                of_output = session.explain(one, target).heatmap.values
                assert np.allclose(of_output, values, atol=1e-5 * np.abs(values).max())
        tried += 1
    assert tried > 30
