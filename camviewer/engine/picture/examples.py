"""Makes a picture of noise to try a network with before the user opens one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PIL import Image

from camviewer.engine.geometry.geometry import RGB_CHANNELS, Recipe
from camviewer.engine.picture.source_image import SourceImage, image_from_pixels
from camviewer.engine.picture.stored_values import BANDS, StoredValues, kept_type

_SIDE = 256
"""Length of a side, in pixels."""


def example_picture(recipe: Recipe, size: tuple[int, int] = (_SIDE, _SIDE)) -> SourceImage:
    """A picture (H, W) of noise, always the same, with the bands that a network takes."""
    small = np.random.default_rng(0).integers(0, 256, (8, 8, 3), dtype=np.uint8)
    noise = Image.fromarray(small).resize((size[1], size[0]), Image.Resampling.NEAREST)
    example = image_from_pixels(np.asarray(noise), "example")
    count = max((*recipe.bands, recipe.channels))
    if count in (1, RGB_CHANNELS):
        return example
    values = kept_type(example.pixels[..., np.arange(count) % RGB_CHANNELS])
    return replace(example, stored=StoredValues(values, ("",) * count, BANDS, (0.0, 255.0)))
