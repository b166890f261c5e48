"""A picture reaches the network as torchvision's own pipeline would bring it there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image
from torchvision.transforms import InterpolationMode, v2

from camviewer.engine.geometry.geometry import PlacementMode, Recipe, place
from camviewer.engine.network.embedded import RECIPE
from camviewer.engine.network.input_tensor import picture_tensor, seen_values
from camviewer.engine.picture.source_image import SourceImage, image_from_pixels

ODD_SIZES = [  # height and width
    (301, 451),
    (427, 640),
    (1000, 333),
    (97, 613),
    (223, 225),
    (257, 255),
    (31, 17),
    (5, 7),
    (1, 1),
    (2, 1),
    (3, 2000),
    (900, 11),
]


def torchvisions(recipe: Recipe) -> v2.Compose:
    filters = {"bicubic": InterpolationMode.BICUBIC, "bilinear": InterpolationMode.BILINEAR}
    return v2.Compose(
        [
            v2.Resize(
                int(recipe.input_size[0] / recipe.crop_fraction),
                filters[recipe.interpolation],
                antialias=True,
            ),
            v2.CenterCrop(recipe.input_size[0]),
            v2.ToImage(),
            v2.ToDtype(torch.float32, scale=True),
            v2.Normalize(recipe.mean, recipe.std),
        ]
    )


def resized(photograph: SourceImage, size: tuple[int, int]) -> SourceImage:
    image = Image.fromarray(photograph.pixels).resize((size[1], size[0]), Image.Resampling.LANCZOS)
    return image_from_pixels(np.asarray(image), "resized")


@pytest.mark.parametrize("recipe", [RECIPE, Recipe()], ids=["bicubic", "bilinear"])
@pytest.mark.parametrize("size", ODD_SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", ["chelsea", "rocket"])
def test_the_crop_is_torchvisions_to_one_grey_level(
    photographs: dict[str, SourceImage], name: str, size: tuple[int, int], recipe: Recipe
) -> None:
    image = resized(photographs[name], size)
    ours = picture_tensor(image, place(image.size, recipe), recipe)
    theirs = torchvisions(recipe)(Image.fromarray(image.pixels))[None]
    std = torch.tensor(recipe.std).view(1, 3, 1, 1)
    assert ours.shape == theirs.shape
    assert float(((ours - theirs) * std).abs().max()) <= 1 / 255 + 1e-6


@pytest.mark.parametrize("name", ["chelsea", "coffee", "rocket", "astronaut"])
def test_a_photograph_of_its_own_size_is_hardly_ever_off_by_even_that(
    photographs: dict[str, SourceImage], name: str
) -> None:
    image = photographs[name]
    ours = picture_tensor(image, place(image.size, RECIPE), RECIPE)
    theirs = torchvisions(RECIPE)(Image.fromarray(image.pixels))[None]
    std = torch.tensor(RECIPE.std).view(1, 3, 1, 1)
    assert float(((ours - theirs) * std).abs().mean()) < 0.01 / 255


@pytest.mark.parametrize("mode", [PlacementMode.WHOLE, PlacementMode.STRETCH])
@pytest.mark.parametrize("detail", [1.0, 1.5])
def test_the_whole_picture_is_one_resize_of_it(
    photographs: dict[str, SourceImage], mode: PlacementMode, detail: float
) -> None:
    image = photographs["chelsea"]
    placement = place(image.size, RECIPE, mode, detail)
    resize = v2.Resize(placement.input_size, InterpolationMode.BICUBIC, antialias=True)
    expected = np.asarray(resize(Image.fromarray(image.pixels)))
    assert np.array_equal(seen_values(image, placement, RECIPE), expected)


def test_normalisation_uses_the_recipes_mean_and_deviation() -> None:
    grey = image_from_pixels(np.full((40, 60, 3), 127, np.uint8), "grey")
    tensor = picture_tensor(grey, place(grey.size, RECIPE), RECIPE)
    assert tensor.shape == (1, 3, 224, 224)
    assert tensor.dtype == torch.float32
    assert float(tensor.abs().max()) < 1e-6


def test_red_stays_red() -> None:
    red = image_from_pixels(np.full((40, 60, 3), (255, 0, 0), np.uint8), "red")
    tensor = picture_tensor(red, place(red.size, RECIPE), RECIPE)[0]
    assert tensor[:, 100, 100].tolist() == pytest.approx([1.0, -127 / 128, -127 / 128])


def test_the_pictures_own_pixels_are_left_alone(photographs: dict[str, SourceImage]) -> None:
    image = photographs["coffee"]
    before = image.pixels.copy()
    picture_tensor(image, place(image.size, RECIPE), RECIPE).zero_()
    assert np.array_equal(image.pixels, before)


def test_blue_comes_first_where_the_recipe_says_so(photographs: dict[str, SourceImage]) -> None:
    recipe = Recipe(mean=(0.4, 0.5, 0.6), std=(0.1, 0.2, 0.3))
    cat = photographs["chelsea"]
    placement = place(cat.size, recipe)
    red_first = picture_tensor(cat, placement, recipe)
    blue_first = picture_tensor(cat, placement, replace(recipe, blue_first=True))
    assert torch.equal(blue_first, red_first[:, [2, 1, 0]])
    assert not torch.equal(blue_first, red_first)
