"""Makes the images that are resized for a network from a picture's stored values."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from camviewer.engine.geometry.geometry import RGB_CHANNELS, Recipe
from camviewer.engine.picture.fed_bands import LUMA, LUMA_WEIGHTS, fed_bands
from camviewer.engine.picture.input_range import InputRange
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.picture.stored_values import RGB, known_values

_BYTE = 255.0
_EVERYTHING = slice(None)


class FedValues:
    """The images that are resized for a network: one of 8-bit colours, or one for each channel.

    Bytes on their own scale stay bytes, so that they are resized exactly as the usual pipelines
    resize them. All other values are floating point from 0 to 1 before they are resized.

    Args:
        image: the picture.
        recipe: of the network.

    Raises:
        CamviewerError: the network takes bands that the picture does not have, or that are to be
            chosen.
    """

    def __init__(self, image: SourceImage, recipe: Recipe) -> None:
        self._values, self._recipe = image.values.with_no_data(recipe.scale.no_data), recipe
        self._bands = fed_bands(self._values, recipe.channels, recipe.bands, image.name)
        self._range = image.input_range(recipe.scale)

    @property
    def range(self) -> InputRange:
        """The stored values that are fed as 0 and 1."""
        return self._range

    @property
    def bands(self) -> tuple[int, ...]:
        """Indices of the bands of each channel; three for one channel mean luma."""
        return self._bands

    @cached_property
    def is_eight_bit(self) -> bool:
        """Whether the images are of bytes."""
        return (
            self._values.is_eight_bit
            and (self._range.low, self._range.high) == (0.0, _BYTE)
            and not (self._values.inverted or self._values.missing)
        )

    @property
    def largest(self) -> float:
        """What stands for 1 in the images."""
        return _BYTE if self.is_eight_bit else 1.0

    @property
    def margins(self) -> tuple[Any, ...]:
        """The colour outside of the picture, for each image that is fed."""
        if not self.is_eight_bit:
            return tuple(map(float, self._recipe.margin))
        if self._is_colour:
            return (self._recipe.margin_colour,)
        return tuple(round(_BYTE * value) for value in self._recipe.margin)

    def images(
        self, rows: slice = _EVERYTHING, columns: slice = _EVERYTHING
    ) -> tuple[Image.Image, ...]:
        """The images of a part of the picture: one in mode RGB, or one a channel in L or F."""
        part = self._values.array[rows, columns]
        if not self.is_eight_bit:
            return tuple(Image.fromarray(share) for share in self._channel_shares(part))
        if self._is_colour:
            picture = Image.fromarray(np.ascontiguousarray(part))
            is_grey = self._recipe.channels == 1
            return (picture.convert("L").convert("RGB") if is_grey else picture,)
        planes = {
            band: Image.fromarray(np.ascontiguousarray(part[..., band]))
            for band in set(self._bands)
        }
        return tuple(planes[band] for band in self._bands)

    @property
    def _is_colour(self) -> bool:
        is_usual = self._recipe.channels in (1, RGB_CHANNELS)
        return self._values.colour == RGB and is_usual and self._bands == LUMA

    def _channel_shares(self, part: NDArray[Any]) -> list[NDArray[np.float32]]:
        """float32 (h, w) of each channel."""
        shares = {band: self._shares(part[..., band]) for band in dict.fromkeys(self._bands)}
        if self._recipe.channels == 1 and len(self._bands) == RGB_CHANNELS:
            luma = np.zeros(part.shape[:2], np.float32)
            for band, weight in zip(self._bands, LUMA_WEIGHTS, strict=True):
                luma += np.float32(weight) * shares[band]
            return [luma]
        return [shares[band] for band in self._bands]

    def _shares(self, plane: NDArray[Any]) -> NDArray[np.float32]:
        """Values (h, w) as shares of the range, holes as 0."""
        low, high = self._range.low, self._range.high
        fits = np.isfinite(np.float32(high) - np.float32(low))
        share: NDArray[Any] = plane.astype(np.float32 if fits else np.float64)
        share -= share.dtype.type(low)
        share /= share.dtype.type((high - low) or 1.0)
        if plane.dtype.kind == "f":
            np.nan_to_num(share, copy=False, nan=0.0, posinf=1.0, neginf=0.0)
        if self._recipe.scale.clipped:
            np.clip(share, 0.0, 1.0, out=share)
        if self._values.inverted:
            np.subtract(1.0, share, out=share)
        known = known_values(plane, self._values.missing)
        if known is not None:
            share[~known & ~np.isposinf(plane)] = 0.0
        return share.astype(np.float32, copy=False)
