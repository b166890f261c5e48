"""Turns a picture's pixels into the network's input tensor."""

from __future__ import annotations

from math import ceil, floor

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Box, Placement, Recipe
from camviewer.engine.picture.source_image import SourceImage

_FILTERS = {
    "bilinear": (Image.Resampling.BILINEAR, 1.0),
    "bicubic": (Image.Resampling.BICUBIC, 2.0),
    "lanczos": (Image.Resampling.LANCZOS, 3.0),
    "nearest": (Image.Resampling.NEAREST, 1.0),
}

_COLOURS = 3
MOST_PIXELS = 32_000_000
"""Maximum size of a picture that is resized whole and then cropped, in pixels; because the memory
for it grows with the picture."""


def picture_tensor(
    image: SourceImage, placement: Placement, recipe: Recipe, most_pixels: int = MOST_PIXELS
) -> Tensor:
    """The placement's part of the picture, resized with antialiasing and normalised.

    Args:
        image: the picture.
        placement: how the network sees it.
        recipe: of the network.
        most_pixels: pictures with more pixels are cropped before resizing.

    Returns:
        float32 (1, C, h, w) with ``h, w = placement.input_size``.

    Raises:
        CamviewerError: the network takes neither colours nor grey.
    """
    pixels = np.array(_resized(image, placement, recipe, most_pixels), dtype=np.float32)
    tensor = torch.from_numpy(pixels[..., : recipe.channels]).permute(2, 0, 1).div_(255.0)
    mean = torch.tensor(recipe.mean[: recipe.channels]).view(-1, 1, 1)
    std = torch.tensor(recipe.std[: recipe.channels]).view(-1, 1, 1)
    return in_order(tensor.sub_(mean).div_(std).unsqueeze_(0), recipe).contiguous()


def in_order(pictures: Tensor, recipe: Recipe) -> Tensor:
    """Pictures (N, C, h, w) in RGB with their channels as the network takes them, or back again."""
    return pictures.flip(1) if recipe.blue_first else pictures


def as_fed(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], recipe: Recipe) -> Image.Image:
    """A picture in the network's input colours: RGB, with three equal values for grey.

    Raises:
        CamviewerError: the network takes neither colours nor grey.
    """
    picture = Image.fromarray(pixels)
    if recipe.channels == _COLOURS:
        return picture
    if recipe.channels == 1:
        return picture.convert("L").convert("RGB")
    raise CamviewerError(
        f"This network takes {recipe.channels} bands, and the picture is shown in "
        f"{_COLOURS} colours.",
        "Choose a network that takes colours or grey.",
    )


def seen_pixels(
    image: SourceImage, placement: Placement, recipe: Recipe
) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The network's input before normalisation, as uint8 RGB (h, w, 3)."""
    return np.array(_resized(image, placement, recipe))


def _resized(
    image: SourceImage, placement: Placement, recipe: Recipe, most_pixels: int = MOST_PIXELS
) -> Image.Image:
    """The placement's part of the picture in input pixels.

    Smaller pictures are resized and cropped exactly as the recipe says. Pillow chooses by the sizes
    which axis it resizes first and rounds in between, so any short cut can differ by two grey
    levels. For larger pictures one resize from the source box costs far less memory.
    """
    scale_x, scale_y = placement.scale
    width, height = round(image.width * scale_x), round(image.height * scale_y)
    if max(image.width * image.height, width * height) > most_pixels:
        return _resized_part(image, placement, recipe)
    filter_, _ = _FILTERS[recipe.interpolation]
    resized = as_fed(image.pixels, recipe).resize((width, height), filter_)
    left, top = round(placement.box.left * scale_x), round(placement.box.top * scale_y)
    return _on_margin(resized, (-left, -top), placement, recipe)


def _resized_part(image: SourceImage, placement: Placement, recipe: Recipe) -> Image.Image:
    """The same without resizing the parts of the picture that would be cropped off."""
    scale_x, scale_y = placement.scale
    seen = placement.box.intersected(placement.picture)
    left = round((seen.left - placement.box.left) * scale_x)
    top = round((seen.top - placement.box.top) * scale_y)
    size = round(seen.width * scale_x), round(seen.height * scale_y)
    return _on_margin(_resized_box(image, seen, size, recipe), (left, top), placement, recipe)


def _on_margin(
    part: Image.Image, place: tuple[int, int], placement: Placement, recipe: Recipe
) -> Image.Image:
    """Puts a part of the picture into the network's input, with its upper left at ``place``."""
    (left, top), (rows, columns) = place, placement.input_size
    fills = left <= 0 and top <= 0 and part.width + left >= columns and part.height + top >= rows
    if fills:
        return part.crop((-left, -top, columns - left, rows - top))
    whole = Image.new("RGB", (columns, rows), recipe.margin_colour)
    whole.paste(part, place)
    return whole


def _resized_box(
    image: SourceImage, box: Box, size: tuple[int, int], recipe: Recipe
) -> Image.Image:
    """A box within the picture, resized to ``size`` (w, h).

    Pillow's copy takes four bytes per pixel, so it gets only the pixels that the filter reads.
    """
    resample, support = _FILTERS[recipe.interpolation]
    per_x, per_y = box.width / size[0], box.height / size[1]
    reach_x, reach_y = support * max(per_x, 1.0) + 1, support * max(per_y, 1.0) + 1
    left, top = max(floor(box.left - reach_x), 0), max(floor(box.top - reach_y), 0)
    right = min(ceil(box.right + reach_x), image.width)
    bottom = min(ceil(box.bottom + reach_y), image.height)
    part = as_fed(image.pixels[top:bottom, left:right], recipe)
    inner = Box(box.left - left, box.top - top, box.right - left, box.bottom - top)
    return part.resize(
        size,
        resample,
        box=(
            max(inner.left, 0.0),
            max(inner.top, 0.0),
            min(inner.right, float(right - left)),
            min(inner.bottom, float(bottom - top)),
        ),
    )
