"""A network is fed what the file holds: no number is lost, and one pixel changes its own place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import nn

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Recipe, ResizeMode, place
from camviewer.engine.geometry.input_scale import InputScale, ScaleKind
from camviewer.engine.network.classifier import Classifier, classifier
from camviewer.engine.network.input_tensor import picture_tensor
from camviewer.engine.network.input_words import input_words
from camviewer.engine.picture.fed_bands import BandsMissingError
from camviewer.engine.picture.source_image import SourceImage, image_from_pixels, read_image
from camviewer.engine.picture.stored_values import BANDS, StoredValues, kept_type
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.session.session import Session

tifffile = pytest.importorskip("tifffile")

RNG = np.random.default_rng(5)
RECIPE = Recipe(input_size=(64, 64), crop_fraction=1.0, step=8)


def picture(array: np.ndarray, **fields: object) -> SourceImage:
    """A picture of bands (H, W, C)."""
    count = array.shape[2]
    stored = StoredValues(kept_type(array), ("",) * count, BANDS, **fields)  # type: ignore[arg-type]
    eye = np.zeros((*array.shape[:2], 3), np.uint8)
    return replace(image_from_pixels(eye, "bands"), stored=stored)


def fed(image: SourceImage, recipe: Recipe) -> torch.Tensor:
    return picture_tensor(image, place(image.size, recipe), recipe)


def small_network(channels: int, classes: int = 3) -> Classifier:
    torch.manual_seed(0)
    network = nn.Sequential(
        nn.Conv2d(channels, 6, 3, padding=1),
        nn.ReLU(),
        nn.Conv2d(6, 8, 3, 2, padding=1),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(8, classes),
    )
    return classifier(
        network,
        identifier="small",
        title="Small",
        labels=tuple(f"class {index}" for index in range(classes)),
        recipe=RECIPE.with_channels(channels),
        weights_sha256=f"{channels}",
        device=torch.device("cpu"),
    )


@pytest.mark.parametrize("bits", [12, 16])
@pytest.mark.parametrize("side", [64, 150])
@pytest.mark.parametrize("suffix", ["tif", "png"])
def test_logits_are_those_of_a_plain_pipeline_that_reads_the_same_file(
    tmp_path: Path, bits: int, side: int, suffix: str
) -> None:
    values = RNG.integers(0, 2**bits, (side, side), dtype=np.uint16)
    path = tmp_path / f"scan.{suffix}"
    Image.fromarray(values).save(path)
    read = tifffile.imread(path) if suffix == "tif" else np.asarray(Image.open(path))
    share = torch.from_numpy(read.astype(np.float32) / (2**bits - 1))[None, None]
    if side != 64:
        share = nn.functional.interpolate(share, (64, 64), mode="bilinear", antialias=True)
    mean, std = (torch.tensor(each).view(3, 1, 1) for each in (RECIPE.mean, RECIPE.std))
    model = small_network(3)
    with torch.no_grad():
        expected = model.network((share.expand(1, 3, -1, -1) - mean) / std)[0]
    verdict = Session(model).verdict(read_image(path))
    assert np.abs(verdict.logits - expected.numpy()).max() < 1e-6


@pytest.mark.parametrize("mode", ["bilinear", "bicubic", "lanczos", "nearest"])
def test_one_hot_pixel_changes_its_own_place_and_nothing_else(mode: str) -> None:
    values = RNG.integers(0, 4096, (256, 256), dtype=np.uint16)
    before = fed(picture(values[..., None]), replace(RECIPE, interpolation=mode))
    values[100, 60] = 65535
    after = fed(picture(values[..., None]), replace(RECIPE, interpolation=mode))
    rows, columns = np.nonzero((before != after).any(1)[0].numpy())
    assert len(rows) > 0 or mode == "nearest"
    assert (np.abs(rows - 25) <= 3).all()
    assert (np.abs(columns - 15) <= 3).all()
    assert float((before - after).abs().max()) < 1.0 / min(RECIPE.std)


def test_large_pictures_are_cropped_first_with_the_same_numbers() -> None:
    image = picture(RNG.integers(0, 4096, (200, 300, 1), dtype=np.uint16))
    recipe = replace(RECIPE, crop_fraction=0.875)
    placement = place(image.size, recipe)
    whole = picture_tensor(image, placement, recipe)
    part = picture_tensor(image, placement, recipe, most_pixels=1)
    assert float((whole - part).abs().mean()) < 0.05
    assert part.shape == whole.shape


@pytest.mark.parametrize(
    ("scale", "expected"),
    [
        (InputScale(ScaleKind.RANGE, 100, 300), [0.0, 0.5, 1.0, 1.0]),
        (InputScale(ScaleKind.RANGE, 100, 300, clipped=False), [0.0, 0.5, 1.0, 2.0]),
        (InputScale(ScaleKind.EXTREMES), [0.0, 0.25, 0.5, 1.0]),
        (InputScale(ScaleKind.DEPTH), [100 / 65535, 200 / 65535, 300 / 65535, 500 / 65535]),
        (InputScale(low=0, high=2000), [0.05, 0.1, 0.15, 0.25]),
        (InputScale(), [100 / 1023, 200 / 1023, 300 / 1023, 500 / 1023]),
    ],
)
def test_the_recipe_says_what_becomes_0_and_1(scale: InputScale, expected: list[float]) -> None:
    values = np.repeat(np.array([100, 200, 300, 500], np.uint16), 4)
    image = picture(np.tile(values, (16, 1))[..., None])
    recipe = Recipe((16, 16), 1.0, 8, mean=(0.0,) * 3, std=(1.0,) * 3, scale=scale)
    assert fed(image, recipe)[0, 0, 0, ::4].tolist() == pytest.approx(expected, abs=1e-6)


def test_holes_are_black_and_bleed_into_nothing() -> None:
    values = np.full((64, 64, 1), 0.5, np.float32)
    values[10, 10], values[20, 20], values[30, 30] = np.nan, -9999.0, np.inf
    image = picture(values, no_data=-9999.0)
    tensor = fed(image, replace(RECIPE, mean=(0.0,) * 3, std=(1.0,) * 3))[0, 0]
    assert (tensor[10, 10], tensor[20, 20], tensor[30, 30]) == (0.0, 0.0, 1.0)
    assert float(tensor[11, 11]) == 0.5
    other = replace(RECIPE, scale=InputScale(no_data=0.5), mean=(0.0,) * 3, std=(1.0,) * 3)
    with_hole = picture(
        np.where(np.arange(64)[None, :, None] < 32, 0.5, 0.75) * np.ones((64, 64, 1))
    )
    assert fed(with_hole, other)[0, 0, 0, [0, 63]].tolist() == [0.0, 0.75]


def test_bands_follow_from_their_number_or_are_asked_for() -> None:
    colours = image_from_pixels(RNG.integers(0, 256, (64, 64, 3), dtype=np.uint8), "photo")
    luma = fed(colours, RECIPE.with_channels(1))[0, 0] * RECIPE.std[0] + RECIPE.mean[0]
    assert (
        np.abs(luma.numpy() * 255 - np.asarray(Image.fromarray(colours.pixels).convert("L"))).max()
        < 1e-4
    )
    grey = fed(picture(RNG.integers(0, 256, (64, 64, 1), dtype=np.uint16)), RECIPE)
    plain = grey[0] * torch.tensor(RECIPE.std).view(3, 1, 1)
    plain += torch.tensor(RECIPE.mean).view(3, 1, 1)
    assert torch.allclose(plain[0], plain[1], atol=1e-6)
    values = RNG.integers(0, 1024, (64, 64, 5), dtype=np.uint16)
    assert fed(picture(values), RECIPE.with_channels(5)).shape == (1, 5, 64, 64)
    with pytest.raises(
        BandsMissingError, match="5 bands, and the model takes 3 channels"
    ) as failure:
        fed(picture(values), RECIPE)
    assert "--bands" in failure.value.hint
    plain_recipe = replace(RECIPE, mean=(0.0,) * 3, std=(1.0,) * 3, bands=(5, 1, 3))
    chosen = fed(picture(values), plain_recipe)[0] * 1023
    assert np.abs(chosen.numpy() - values[..., [4, 0, 2]].transpose(2, 0, 1)).max() < 1e-3
    with pytest.raises(CamviewerError, match="band 6 is to be fed"):
        fed(picture(values), replace(RECIPE, bands=(1, 2, 6)))
    assert "5, 1, 3" in input_words(picture(values), plain_recipe)


def test_colours_that_a_file_names_are_found_among_its_bands() -> None:
    values = RNG.integers(0, 256, (64, 64, 4), dtype=np.uint8)
    image = picture(values)
    named = replace(image.values, bands=("blue", "green", "red", "nir"), stated_range=(0.0, 255.0))
    found = fed(replace(image, stored=named), replace(RECIPE, mean=(0.0,) * 3, std=(1.0,) * 3))
    assert np.abs(found[0].numpy() * 255 - values[..., [2, 1, 0]].transpose(2, 0, 1)).max() < 1e-4


def test_of_a_network_of_two_channels_the_one_that_matters_is_shown() -> None:
    model = small_network(2)
    with torch.no_grad():
        model.network[0].weight[:, 0] = 0.0
    values = RNG.integers(0, 200, (64, 64, 2), dtype=np.uint16)
    values[40:50, 10:20, 1] = 1000
    session = Session(model)
    verdict = session.verdict(picture(values))
    shown = session.explain(picture(values), ExplainRequest(method="cam")).heatmap.values
    other = values.copy()
    other[..., 0] = RNG.integers(0, 200, (64, 64))
    changed = replace(picture(other), sha256="other")
    assert np.abs(session.verdict(changed).logits - verdict.logits).max() < 1e-6
    again = session.explain(changed, ExplainRequest(method="cam")).heatmap.values
    assert np.abs(again - shown).max() < 1e-6
    swapped = replace(model.info.recipe, bands=(2, 1))
    session = Session(replace(model, info=replace(model.info, recipe=swapped)))
    turned = session.verdict(picture(values[..., ::-1]))
    assert np.abs(turned.logits - verdict.logits).max() < 1e-6
    evidence = np.abs(shown - np.median(shown))
    row, column = np.unravel_index(int(evidence.argmax()), evidence.shape)
    assert 38 <= 2 * row <= 52
    assert 8 <= 2 * column <= 22


def test_eight_bit_pictures_are_fed_as_ever() -> None:
    image = image_from_pixels(RNG.integers(0, 256, (90, 120, 3), dtype=np.uint8), "photo")
    recipe = replace(RECIPE, resize_mode=ResizeMode.SHORTER)
    resized = Image.fromarray(image.pixels).resize((85, 64), Image.Resampling.BILINEAR)
    left = round((85 - 64) / 2)
    crop = np.asarray(resized.crop((left, 0, left + 64, 64)), np.float32) / 255
    expected = (
        torch.from_numpy(crop).permute(2, 0, 1) - torch.tensor(RECIPE.mean).view(3, 1, 1)
    ) / (torch.tensor(RECIPE.std).view(3, 1, 1))
    assert torch.equal(fed(image, recipe)[0], expected)
    assert input_words(image, recipe) == ""
