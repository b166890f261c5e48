"""Supplies batches for the two phases: stored features, or pictures with augmentation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import exp, log
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import RGB_CHANNELS, Recipe, place
from camviewer.engine.network.fed_values import FedValues
from camviewer.engine.network.input_tensor import normalised, seen_values, stacked
from camviewer.engine.training.data_set import LabelledPicture
from camviewer.engine.training.features import UsablePictures, read_whole
from camviewer.engine.training.split import PictureSplit

_MEASURED_TOGETHER = 64
_KEPT_BYTES = 1_000_000_000
"""Maximum memory for decoded pictures, in bytes."""
_SMALLEST_CROP = 0.4
_MOST_STRETCH = 4 / 3
_LIGHT = 0.15
_LARGEST = 255.0


class FeatureLessons:
    """Batches of stored features.

    Args:
        pictures: the pictures with their features.
        split: the split into training and validation.
        batch: batch size.
        seed: seed of order and mirroring.
        flips: whether to mirror half of the pictures at random.
    """

    def __init__(
        self, pictures: UsablePictures, split: PictureSplit, batch: int, seed: int, *, flips: bool
    ) -> None:
        self._pictures, self._split = pictures, split
        self._batch, self._seed, self._flips = batch, seed, flips
        self._labels = torch.tensor(pictures.labels)

    @property
    def steps(self) -> int:
        """Batches of an epoch."""
        return -(-len(self._split.training) // self._batch)

    def training(self, epoch: int) -> Iterator[tuple[Tensor, Tensor]]:
        """Batches of features and labels (N,), the same for equal epochs."""
        random = np.random.default_rng([self._seed, epoch])
        order = random.permutation(self._split.training)
        mirrored = random.random(len(order)) < 0.5 if self._flips else np.zeros(len(order), bool)
        for start in range(0, len(order), self._batch):
            chosen = order[start : start + self._batch].tolist()
            flips = mirrored[start : start + self._batch].tolist()
            yield self._pictures.batch(chosen, flips), self._labels[chosen]

    def validation(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Batches of features and labels (N,), nothing mirrored."""
        for chosen in _chunks(self._split.validation, _MEASURED_TOGETHER):
            yield self._pictures.batch(chosen, [False] * len(chosen)), self._labels[chosen]

    def sample(self, most: int) -> Tensor:
        """Features of some training pictures, to find their scale."""
        chosen = self._split.training[:: -(-len(self._split.training) // most)]
        return self._pictures.batch(chosen, [False] * len(chosen))


class PictureLessons:
    """Batches of pictures, for training through the whole network.

    Training pictures have a random crop (at least 40% of the area), mirroring and brightness;
    validation pictures follow the recipe.

    Args:
        pictures: the usable pictures.
        split: the split into training and validation.
        batch: batch size.
        seed: seed of order and augmentation.
        flips: whether to mirror half of the pictures at random.
        recipe: preprocessing of the network.
        device: where the network runs.
    """

    def __init__(
        self,
        pictures: UsablePictures,
        split: PictureSplit,
        batch: int,
        seed: int,
        *,
        flips: bool,
        recipe: Recipe,
        device: torch.device,
    ) -> None:
        self._pictures, self._split = pictures, split
        self._batch, self._seed, self._flips = batch, seed, flips
        self._recipe, self._device = recipe, device
        self._labels = torch.tensor(pictures.labels)
        self._kept: dict[tuple[int, bool], NDArray[Any]] = {}
        self._kept_bytes = 0

    @property
    def steps(self) -> int:
        """Batches of an epoch."""
        return -(-len(self._split.training) // self._batch)

    def training(self, epoch: int) -> Iterator[tuple[Tensor, Tensor]]:
        """Batches of pictures (N, 3, h, w) and labels (N,); for an epoch always the same."""
        order = np.random.default_rng([self._seed, epoch]).permutation(self._split.training)
        yield from self._batches(order.tolist(), self._batch, epoch)

    def validation(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Batches of pictures (N, 3, h, w) and labels (N,)."""
        yield from self._batches(self._split.validation, min(self._batch, 16), None)

    def _batches(
        self, order: Sequence[int], size: int, epoch: int | None
    ) -> Iterator[tuple[Tensor, Tensor]]:
        def seen(index: int) -> NDArray[Any]:
            if epoch is None:
                return self._kept_pixels(index, whole=False)
            random = np.random.default_rng([self._seed, epoch, index])
            return self._varied(self._kept_pixels(index, whole=True), random)

        with ThreadPoolExecutor(2) as pool:
            chunks = list(_chunks(order, size))
            coming = [pool.submit(seen, index) for index in chunks[0]]
            for number, chunk in enumerate(chunks):
                waiting = coming
                following = chunks[number + 1] if number + 1 < len(chunks) else []
                coming = [pool.submit(seen, index) for index in following]
                pixels = np.stack([future.result() for future in waiting])
                yield self._normalised(pixels), self._labels[chunk].to(self._device)

    def _normalised(self, pixels: NDArray[Any]) -> Tensor:
        fed = torch.from_numpy(pixels).to(self._device)
        return normalised(fed.permute(0, 3, 1, 2).float().div_(_LARGEST), self._recipe)

    def _kept_pixels(self, index: int, *, whole: bool) -> NDArray[Any]:
        """Values of the recipe's crop, or of the whole picture at that scale.

        Returns:
            uint8 (H, W, C), or float32 from 0 to 255 for pictures of more than eight bits.
        """
        key = (index, whole)
        if key in self._kept:
            return self._kept[key]
        pixels = self._read(self._pictures.pictures[index], whole=whole)
        if self._kept_bytes + pixels.nbytes <= _KEPT_BYTES:
            self._kept[key] = pixels
            self._kept_bytes += pixels.nbytes
        return pixels

    def _read(self, picture: LabelledPicture, *, whole: bool) -> NDArray[Any]:
        try:
            image = read_whole(picture)
        except CamviewerError as error:
            raise CamviewerError(
                f"{picture.name} could be read at first and cannot any more.",
                "Leave the pictures where they are until the training is done.",
            ) from error
        if not whole:
            return seen_values(image, place(image.size, self._recipe), self._recipe)
        shorter = round(min(self._recipe.input_size) / min(self._recipe.crop_fraction, 1.0))
        scale = shorter / min(image.size)
        size = (max(round(image.width * scale), shorter), max(round(image.height * scale), shorter))
        size = (min(size[0], 3 * shorter), min(size[1], 3 * shorter))
        fed = FedValues(image, self._recipe)
        resized = tuple(each.resize(size, Image.Resampling.BICUBIC) for each in fed.images())
        values = stacked(resized, self._recipe.channels)
        return values if fed.is_eight_bit else values * np.float32(_LARGEST)

    def _varied(self, pixels: NDArray[Any], random: np.random.Generator) -> NDArray[Any]:
        height, width = pixels.shape[:2]
        area = random.uniform(_SMALLEST_CROP, 1.0) * height * width
        stretch = exp(random.uniform(-log(_MOST_STRETCH), log(_MOST_STRETCH)))
        crop_w = min(round((area * stretch) ** 0.5), width)
        crop_h = min(round((area / stretch) ** 0.5), height)
        left = int(random.integers(0, width - crop_w + 1))
        top = int(random.integers(0, height - crop_h + 1))
        rows, columns = self._recipe.input_size
        box = (left, top, left + crop_w, top + crop_h)
        resized = tuple(
            image.resize((columns, rows), Image.Resampling.BILINEAR, box=box)
            for image in _images(pixels)
        )
        varied: NDArray[Any] = stacked(resized, pixels.shape[2]).astype(np.float32)
        if self._flips and random.random() < 0.5:
            varied = varied[:, ::-1]
        contrast, light = 1 + random.uniform(-_LIGHT, _LIGHT, 2)
        mean = varied.mean()
        varied = ((varied - mean) * contrast + mean) * light
        varied = varied.clip(0.0, _LARGEST)
        return varied.round().astype(np.uint8) if pixels.dtype == np.uint8 else varied


def _images(pixels: NDArray[Any]) -> tuple[Image.Image, ...]:
    """Values (H, W, C) as one image in mode RGB, or as one a channel."""
    if pixels.dtype == np.uint8 and pixels.shape[2] == RGB_CHANNELS:
        return (Image.fromarray(pixels),)
    planes = (np.ascontiguousarray(pixels[..., channel]) for channel in range(pixels.shape[2]))
    return tuple(Image.fromarray(plane) for plane in planes)


def _chunks(order: Sequence[int], size: int) -> Iterator[list[int]]:
    for start in range(0, len(order), size):
        yield list(order[start : start + size])
