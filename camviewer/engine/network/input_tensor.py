"""Turns a picture's stored values into the network's input tensor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil, floor
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from camviewer.engine.geometry.geometry import Box, Placement, Recipe
from camviewer.engine.network.fed_values import FedValues
from camviewer.engine.picture.source_image import SourceImage

FILTERS = {
    "bilinear": (Image.Resampling.BILINEAR, 1.0),
    "bicubic": (Image.Resampling.BICUBIC, 2.0),
    "lanczos": (Image.Resampling.LANCZOS, 3.0),
    "nearest": (Image.Resampling.NEAREST, 1.0),
}

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
        CamviewerError: the network takes bands that the picture does not have.
        BandsMissingError: the bands are to be chosen.
    """
    fed = FedValues(image, recipe)
    resized = _resized(image, fed, placement, recipe, most_pixels)
    # One plane after the other in memory, all that follows takes a quarter of the time.
    planes = np.ascontiguousarray(resized.transpose(2, 0, 1)).astype(np.float32)
    shares = torch.from_numpy(planes).div_(fed.largest)
    return normalised(shares.unsqueeze_(0), recipe).contiguous()


def normalised(shares: Tensor, recipe: Recipe) -> Tensor:
    """Shares of the value range (N, C, h, w) as the network takes them; changes them in place."""
    mean = torch.tensor(recipe.channel_means, device=shares.device).view(-1, 1, 1)
    std = torch.tensor(recipe.channel_stds, device=shares.device).view(-1, 1, 1)
    return in_order(shares.sub_(mean).div_(std), recipe)


def in_order(pictures: Tensor, recipe: Recipe) -> Tensor:
    """Pictures (N, C, h, w) in RGB with their channels as the network takes them, or back again."""
    return pictures.flip(1) if recipe.blue_first else pictures


def seen_values(image: SourceImage, placement: Placement, recipe: Recipe) -> NDArray[Any]:
    """The network's input before normalisation (h, w, C): uint8, or float32 from 0 to 255."""
    fed = FedValues(image, recipe)
    values = _resized(image, fed, placement, recipe, MOST_PIXELS)
    return values if fed.is_eight_bit else values * np.float32(255.0)


def stacked(images: tuple[Image.Image, ...], channels: int) -> NDArray[Any]:
    """The channels (h, w, C) of one image of colours, or of one image a channel."""
    if len(images) == 1 and images[0].mode == "RGB":
        return np.array(images[0])[..., :channels]
    return np.stack([np.asarray(image) for image in images], axis=-1)


def _resized(
    image: SourceImage, fed: FedValues, placement: Placement, recipe: Recipe, most_pixels: int
) -> NDArray[Any]:
    """The placement's part of the picture in input pixels (h, w, C), of uint8 or float32.

    Smaller pictures are resized and cropped exactly as the recipe says. Pillow chooses by the sizes
    which axis it resizes first and rounds in between, so any short cut can differ by two grey
    levels. For larger pictures one resize from the source box costs far less memory.
    """
    scale_x, scale_y = placement.scale
    size = round(image.width * scale_x), round(image.height * scale_y)
    if max(image.width * image.height, size[0] * size[1]) > most_pixels:
        return _resized_part(image, fed, placement, recipe)
    filter_, _ = FILTERS[recipe.interpolation]
    place = round(-placement.box.left * scale_x), round(-placement.box.top * scale_y)
    resized = (whole.resize(size, filter_) for whole in fed.images())
    return _on_margin(resized, place, fed, placement, recipe)


def _resized_part(
    image: SourceImage, fed: FedValues, placement: Placement, recipe: Recipe
) -> NDArray[Any]:
    """The same without resizing the parts of the picture that would be cropped off."""
    scale_x, scale_y = placement.scale
    seen = placement.box.intersected(placement.picture)
    left = round((seen.left - placement.box.left) * scale_x)
    top = round((seen.top - placement.box.top) * scale_y)
    size = round(seen.width * scale_x), round(seen.height * scale_y)
    parts = _resized_box(image, fed, seen, size, recipe)
    return _on_margin(parts, (left, top), fed, placement, recipe)


def _on_margin(
    parts: Iterable[Image.Image],
    place: tuple[int, int],
    fed: FedValues,
    placement: Placement,
    recipe: Recipe,
) -> NDArray[Any]:
    """Puts a part of the picture into the network's input, with its upper left at ``place``."""
    (left, top), (rows, columns) = place, placement.input_size
    made = []
    for part, margin in zip(parts, fed.margins, strict=True):
        right, bottom = part.width + left, part.height + top
        if left <= 0 and top <= 0 and right >= columns and bottom >= rows:
            made.append(part.crop((-left, -top, columns - left, rows - top)))
            continue
        whole = Image.new(part.mode, (columns, rows), margin)
        whole.paste(part, place)
        made.append(whole)
    return stacked(tuple(made), recipe.channels)


def _resized_box(
    image: SourceImage, fed: FedValues, box: Box, size: tuple[int, int], recipe: Recipe
) -> Iterator[Image.Image]:
    """A box within the picture, resized to ``size`` (w, h).

    Pillow's copy takes four bytes per pixel, so it gets only the pixels that the filter reads.
    """
    resample, support = FILTERS[recipe.interpolation]
    per_x, per_y = box.width / size[0], box.height / size[1]
    reach_x, reach_y = support * max(per_x, 1.0) + 1, support * max(per_y, 1.0) + 1
    left, top = max(floor(box.left - reach_x), 0), max(floor(box.top - reach_y), 0)
    right = min(ceil(box.right + reach_x), image.width)
    bottom = min(ceil(box.bottom + reach_y), image.height)
    inner = Box(box.left - left, box.top - top, box.right - left, box.bottom - top)
    for part in fed.images(slice(top, bottom), slice(left, right)):
        yield part.resize(
            size,
            resample,
            box=(
                max(inner.left, 0.0),
                max(inner.top, 0.0),
                min(inner.right, float(right - left)),
                min(inner.bottom, float(bottom - top)),
            ),
        )
