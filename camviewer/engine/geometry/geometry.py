"""Maps between source pixels and input pixels, and says how a picture is fed and placed.

Coordinates are continuous and measured from the upper left corner: pixel ``i`` covers
``[i, i + 1)`` and its centre lies at ``i + 0.5``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.input_scale import AUTOMATIC, InputChoice, InputScale
from camviewer.engine.geometry.input_sizes import enlarged_size, whole_picture_size

RGB_CHANNELS = 3
MOST_CHANNELS = 1024
"""Maximum number of a network's input channels; because no network of pictures takes more."""
DETAILS = (1.0, 1.5, 2.0, 3.0, 4.0)
INTERPOLATIONS = ("bilinear", "bicubic", "lanczos", "nearest")
"""The filters that a recipe may resize with."""


class PlacementMode(StrEnum):
    """Which part of the picture becomes the network's input, and in which shape."""

    CROP = "crop"
    WHOLE = "whole"
    STRETCH = "stretch"


class ResizeMode(StrEnum):
    """How a recipe brings a picture near the input size, before its centre crop.

    ``SHORTER`` makes the shorter side fit and cuts the longer one. ``SQUASH`` makes both sides fit
    and gives up the aspect ratio. ``BORDER`` makes the longer side fit and fills what is missing
    beside the shorter one with the mean colour.
    """

    SHORTER = "shorter"
    SQUASH = "squash"
    BORDER = "border"


@dataclass(frozen=True)
class Recipe:
    """The preprocessing that the network was trained with.

    Attributes:
        input_size: (h, w) in input pixels at detail 1x.
        crop_fraction: the input's share of what the picture is resized to, usually in (0, 1]. A
            larger one leaves a black margin, as VOLO's recipe does.
        step: input sizes are multiples of this (the network's stride).
        flexible: whether the network accepts other input sizes than ``input_size``.
        mean: RGB, or one number a channel, on the scale 0 to 1.
        std: likewise.
        interpolation: ``bilinear``, ``bicubic`` or ``lanczos``, always with antialiasing, or
            ``nearest``.
        resize_mode: how the picture is resized before the crop.
        channels: number of input channels. A network with one channel gets the picture's luma,
            normalised with the first values of ``mean`` and ``std``.
        blue_first: whether the network takes the channels as blue, green, red. ``mean`` and ``std``
            stay those of red, green and blue.
        scale: how stored values become 0 to 1.
        bands: numbers of the picture's bands, from 1, in the order of the network's channels; empty
            for those that follow from the picture: luma, the colours, or one for one.
    """

    input_size: tuple[int, int] = (224, 224)
    crop_fraction: float = 0.875
    step: int = 32
    flexible: bool = True
    mean: tuple[float, ...] = (0.485, 0.456, 0.406)
    std: tuple[float, ...] = (0.229, 0.224, 0.225)
    interpolation: str = "bilinear"
    resize_mode: ResizeMode = ResizeMode.SHORTER
    channels: int = 3
    blue_first: bool = False
    scale: InputScale = AUTOMATIC
    bands: tuple[int, ...] = ()

    @property
    def channel_means(self) -> tuple[float, ...]:
        """The mean of each input channel, on the scale 0 to 1."""
        return self._of_channels(self.mean, 0.0)

    @property
    def channel_stds(self) -> tuple[float, ...]:
        """The standard deviation of each input channel."""
        return self._of_channels(self.std, 1.0)

    def _of_channels(self, values: tuple[float, ...], missing: float) -> tuple[float, ...]:
        """One value a channel; colours say nothing of networks that take other bands."""
        if len(values) == self.channels or self.channels == 1:
            return values[: self.channels]
        return (missing,) * self.channels

    @property
    def margin(self) -> tuple[float, ...]:
        """What each input channel has outside of the picture, on the scale 0 to 1."""
        if self.resize_mode is not ResizeMode.BORDER:
            return (0.0,) * self.channels
        return self.channel_means

    @property
    def margin_colour(self) -> tuple[int, int, int]:
        """Colour outside of the picture, RGB, 0 to 255; of networks that take colours or grey."""
        red, green, blue = (round(255 * value) for value in (self.margin * RGB_CHANNELS)[:3])
        return red, green, blue

    def with_input(self, choice: InputChoice) -> Recipe:
        """The recipe with other bands or another scale, where somebody chose them."""
        return replace(self, bands=choice.bands or self.bands, scale=choice.scale or self.scale)

    def with_channels(self, channels: int) -> Recipe:
        """The recipe of a network with other input channels.

        Means and deviations of colours stay for colours and grey, and go for all others, of which
        nothing is known.
        """
        if channels in (1, RGB_CHANNELS):
            return replace(self, channels=channels)
        zeros, ones = (0.0,) * channels, (1.0,) * channels
        return replace(self, channels=channels, mean=zeros, std=ones)


@dataclass(frozen=True)
class Box:
    """A rectangle in continuous coordinates: ``[left, right) x [top, bottom)``."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def contains(self, x: float, y: float) -> bool:
        """Whether a point lies inside; the right and bottom edges do not."""
        return self.left <= x < self.right and self.top <= y < self.bottom

    def intersected(self, other: Box) -> Box:
        """The part that both boxes share."""
        return Box(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )


@dataclass(frozen=True)
class Placement:
    """How the network sees a picture: an axis-aligned affine map of source to input pixels.

    Attributes:
        mode: crop, whole or stretch.
        detail: how much larger than trained the input is.
        source_size: (H, W) of the picture.
        box: the rectangle that fills the input, in source pixels; it reaches beyond the picture
            when the recipe has a margin.
        input_size: (h, w) in input pixels.
    """

    mode: PlacementMode
    detail: float
    source_size: tuple[int, int]
    box: Box
    input_size: tuple[int, int]

    @property
    def scale(self) -> tuple[float, float]:
        """(x, y): input pixels per source pixel."""
        return self.input_size[1] / self.box.width, self.input_size[0] / self.box.height

    def to_input(self, x: float, y: float) -> tuple[float, float]:
        """Carries a point from source to input pixels."""
        scale_x, scale_y = self.scale
        return (x - self.box.left) * scale_x, (y - self.box.top) * scale_y

    def to_source(self, x: float, y: float) -> tuple[float, float]:
        """Carries a point from input to source pixels."""
        scale_x, scale_y = self.scale
        return x / scale_x + self.box.left, y / scale_y + self.box.top

    @property
    def covers_picture(self) -> bool:
        """Whether the network sees the whole picture."""
        return self.picture.intersected(self.box) == self.picture

    @property
    def picture(self) -> Box:
        """The whole picture."""
        height, width = self.source_size
        return Box(0.0, 0.0, float(width), float(height))


def place(
    source_size: tuple[int, int],
    recipe: Recipe,
    mode: PlacementMode = PlacementMode.CROP,
    detail: float = 1.0,
) -> Placement:
    """Chooses what the network sees of a picture of ``source_size`` (H, W).

    *crop* is the recipe's own resize and centre crop; *whole* keeps the aspect ratio as nearly
    as input sizes in multiples of the network's stride allow; *stretch* fills the trained
    shape with the whole picture.

    Raises:
        CamviewerError: the network only accepts its trained input size.
    """
    if detail <= 0:
        raise CamviewerError(f"Detail {detail:g}x is not a magnification.", "Choose 1x or more.")
    trained = mode is not PlacementMode.WHOLE and detail == 1.0
    if not recipe.flexible and not trained:
        height, width = recipe.input_size
        raise CamviewerError(
            f"This network only accepts pictures of {width} x {height} pixels.",
            "Choose the trained crop or stretch, at detail 1x.",
        )
    height, width = source_size
    everything = Box(0.0, 0.0, float(width), float(height))
    if mode is PlacementMode.CROP:
        input_size = enlarged_size(recipe.input_size, detail, recipe.step)
        box = _centre_crop(source_size, recipe, input_size)
    elif mode is PlacementMode.STRETCH:
        input_size, box = enlarged_size(recipe.input_size, detail, recipe.step), everything
    else:
        shorter = min(recipe.input_size) * detail
        input_size, box = whole_picture_size(source_size, shorter, recipe.step), everything
    return Placement(mode, detail, source_size, box, input_size)


def _centre_crop(source_size: tuple[int, int], recipe: Recipe, input_size: tuple[int, int]) -> Box:
    """The source pixels that the recipe's resize and centre crop leave.

    Rounds as torchvision's and timm's transforms do, so that at 1x the crop is the published
    recipe's to the pixel.
    """
    height, width = source_size
    resized_h, resized_w = _resized_size(source_size, recipe, input_size)
    top, bottom = _centred(resized_h, input_size[0])
    left, right = _centred(resized_w, input_size[1])
    per_x, per_y = width / resized_w, height / resized_h
    return Box(
        left * per_x,
        top * per_y,
        float(width) if right == resized_w else right * per_x,
        float(height) if bottom == resized_h else bottom * per_y,
    )


def _resized_size(
    source_size: tuple[int, int], recipe: Recipe, input_size: tuple[int, int]
) -> tuple[int, int]:
    """(h, w) of the whole picture, resized, before the crop."""
    height, width = source_size
    # timm rounds the size before the crop down, torchvision publishes it as a number; both agree
    # for every crop fraction in use.
    target_h, target_w = (int(side / recipe.crop_fraction + 1e-6) for side in input_size)
    if recipe.resize_mode is ResizeMode.SQUASH:
        return target_h, target_w
    if recipe.resize_mode is ResizeMode.BORDER:
        ratio = max(height / target_h, width / target_w)
        return max(round(height / ratio), 1), max(round(width / ratio), 1)
    if target_h != target_w:
        ratio = min(height / target_h, width / target_w)
        return max(round(height / ratio), 1), max(round(width / ratio), 1)
    if height <= width:
        return target_h, max(int(target_h * width / height), 1)
    return max(int(target_w * height / width), 1), target_w


def _centred(length: int, wanted: int) -> tuple[int, int]:
    """Start and end of a centred interval of ``wanted`` pixels; a longer one sticks out."""
    spare = length - wanted
    start = round(spare / 2.0) if spare >= 0 else -(-spare // 2)
    return start, start + wanted
