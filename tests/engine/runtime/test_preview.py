"""A recipe that is tried: what the network sees of the picture then, and what it says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import timm
import torch
from PIL import Image

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Recipe, ResizeMode, place
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.embedded import RECIPE
from camviewer.engine.network.input_tensor import seen_values
from camviewer.engine.packs.recipe_limits import Preview
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.runtime.recipe_preview import preview
from camviewer.engine.session.session import Session


def tried(
    classifier: Classifier, image: SourceImage, recipe: Recipe, activation: str = "softmax"
) -> Preview:
    return preview(classifier, image, recipe, activation=activation, published=RECIPE)


def test_under_its_own_recipe_the_picture_looks_as_resized_and_says_the_verdict(
    embedded: Classifier, session: Session, photographs: dict[str, SourceImage]
) -> None:
    cat = photographs["chelsea"]
    seen = tried(embedded, cat, RECIPE)
    pixels = seen_values(cat, place(cat.size, RECIPE), RECIPE)
    assert np.abs(seen.pixels.astype(int) - pixels.astype(int)).max() <= 1
    verdict = session.verdict(cat)
    assert [index for index, _ in seen.top] == list(verdict.top(3))
    assert seen.top[0][1] == pytest.approx(float(verdict.probabilities.max()), rel=1e-4)


def test_another_recipe_is_what_timm_feeds_the_network_and_what_it_answers(
    embedded: Classifier, photographs: dict[str, SourceImage]
) -> None:
    cat = photographs["chelsea"]
    recipe = replace(
        RECIPE,
        input_size=(256, 256),
        crop_fraction=1.0,
        mean=(0.5, 0.4, 0.3),
        resize_mode=ResizeMode.BORDER,
    )
    theirs = timm.data.create_transform(
        input_size=(3, 256, 256),
        crop_pct=1.0,
        crop_mode="border",
        interpolation="bicubic",
        mean=recipe.mean,
        std=recipe.std,
    )(Image.fromarray(cat.pixels))
    with torch.no_grad():
        expected = embedded.network(theirs[None])[0].sigmoid()
    seen = tried(embedded, cat, recipe, "sigmoid")
    assert seen.pixels.shape == (256, 256, 3)
    assert [index for index, _ in seen.top] == expected.topk(3).indices.tolist()
    assert [share for _, share in seen.top] == pytest.approx(expected.topk(3).values, rel=1e-3)
    numbers = (float(theirs.min()), float(theirs.max()), float(theirs.mean()), float(theirs.std()))
    assert (seen.low, seen.high, seen.mean, seen.deviation) == pytest.approx(numbers, abs=1e-4)


def test_a_mean_that_the_network_does_not_know_darkens_what_it_sees(
    embedded: Classifier, photographs: dict[str, SourceImage]
) -> None:
    cat = photographs["chelsea"]
    usual = tried(embedded, cat, RECIPE)
    dark = tried(embedded, cat, replace(RECIPE, mean=(0.9, RECIPE.mean[1], RECIPE.mean[2])))
    red, green = (dark.pixels[..., k].mean() - usual.pixels[..., k].mean() for k in (0, 1))
    assert red < -60
    assert green == 0


def test_sizes_that_the_network_cannot_take_are_refused_in_a_sentence(
    embedded: Classifier, photographs: dict[str, SourceImage]
) -> None:
    fixed = replace(RECIPE, flexible=False)
    other = replace(RECIPE, input_size=(192, 192))
    with pytest.raises(CamviewerError) as failure:
        preview(embedded, photographs["chelsea"], other, activation="softmax", published=fixed)
    assert failure.value.message == "This network only accepts pictures of 224 x 224 pixels."
    with pytest.raises(CamviewerError):
        tried(embedded, photographs["chelsea"], replace(RECIPE, std=(0.0, 1.0, 1.0)))
