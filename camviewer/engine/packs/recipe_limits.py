"""What a network is fed: the ranges of a recipe, and how a picture looks under it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import RGB_CHANNELS, Recipe
from camviewer.engine.geometry.input_scale import require_scale
from camviewer.engine.packs.manifest import CROP_FRACTIONS, INPUT_SIDES, MEANS, STDS
from camviewer.engine.picture.value_histogram import ValueHistogram


@dataclass(frozen=True, eq=False)
class Preview:
    """What a network sees of a picture under a recipe, and what it says of it.

    Attributes:
        pixels: uint8 RGB (h, w, 3): the input's numbers turned back into colours by the mean and
            deviation that the network was published with. With these it is the picture as resized
            and cropped; with others its colours are off as much as they are for the network.
        low: the smallest number that the network is fed.
        high: the largest.
        mean: of all its numbers.
        deviation: of all its numbers.
        top: (class index, probability 0 to 1), most probable first.
        histogram: of the picture's stored values, with the range that is fed.
        words: which values and bands are fed; empty for 8-bit colours as they are.
    """

    pixels: NDArray[np.uint8]
    low: float
    high: float
    mean: float
    deviation: float
    top: tuple[tuple[int, float], ...]
    histogram: ValueHistogram
    words: str


def require_recipe(recipe: Recipe, published: Recipe) -> None:
    """Checks that a recipe can be carried out, as far as that is known without the network.

    Args:
        recipe: that is wanted.
        published: the network's own.

    Raises:
        CamviewerError: a value cannot be, or the network only accepts its own input size.
    """
    height, width = recipe.input_size
    if recipe.input_size != published.input_size and not published.flexible:
        height, width = published.input_size
        raise CamviewerError(
            f"This network only accepts pictures of {width} x {height} pixels.",
            "Leave the input size as it was.",
        )
    low, high = INPUT_SIDES
    if not (low <= height <= high and low <= width <= high):
        raise CamviewerError(
            f"The input cannot be {width} x {height} pixels.", f"Choose {low} to {high}."
        )
    low_share, high_share = CROP_FRACTIONS
    if not low_share <= recipe.crop_fraction <= high_share:
        raise CamviewerError(
            f"The crop cannot be {recipe.crop_fraction:g} of the picture.",
            f"Choose {low_share:g} to {high_share:g}.",
        )
    require_scale(recipe.scale)
    if recipe.bands and len(recipe.bands) != recipe.channels:
        raise CamviewerError(
            f"{len(recipe.bands)} bands are chosen for {recipe.channels} channels.",
            "Choose one band for each channel.",
        )
    for values in (recipe.mean, recipe.std):
        if len(values) not in (RGB_CHANNELS, recipe.channels):
            raise CamviewerError(
                f"{len(values)} numbers are given for {recipe.channels} channels.",
                "Give one number for each channel.",
            )
    if not all(MEANS[0] <= value <= MEANS[1] for value in recipe.mean):
        raise CamviewerError(
            "A mean is too far from the values of a picture, which are 0 to 1.",
            "Divide values of 0 to 255 by 255.",
        )
    if not all(STDS[0] <= value <= STDS[1] for value in recipe.std):
        raise CamviewerError(
            "A standard deviation cannot be zero or negative.",
            f"Choose {STDS[0]:g} or more for red, green and blue.",
        )
