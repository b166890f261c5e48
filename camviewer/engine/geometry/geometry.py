"""Maps between source pixels, input pixels and the cells of a layer's grid.

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


@dataclass(frozen=True)
class GridGeometry:
    """Where the cells of a layer's grid look, in source pixels.

    Attributes:
        shape: (h, w) in cells.
        origin: (x, y) of the centre of cell (0, 0).
        pitch: (x, y) distance between the centres of neighbouring cells.
        extent: the part of the picture that the map is drawn over.
        stride: (x, y) in input pixels.
        offset: (x, y) in input pixels: how far from its nominal centre a cell really looks.
        measured: whether ``offset`` was measured on the loaded weights.
    """

    shape: tuple[int, int]
    origin: tuple[float, float]
    pitch: tuple[float, float]
    extent: Box
    stride: tuple[float, float]
    offset: tuple[float, float]
    measured: bool

    def centre(self, row: int, column: int) -> tuple[float, float]:
        """(x, y) of a cell's centre in source pixels."""
        return (
            self.origin[0] + column * self.pitch[0],
            self.origin[1] + row * self.pitch[1],
        )

    def to_grid(self, x: float, y: float) -> tuple[float, float]:
        """Carries source pixels to (column, row), where cell ``i`` covers ``[i, i + 1)``."""
        return (
            (x - self.origin[0]) / self.pitch[0] + 0.5,
            (y - self.origin[1]) / self.pitch[1] + 0.5,
        )

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """(row, column) of the cell whose centre is nearest; None outside the map's extent."""
        if not self.extent.contains(x, y):
            return None
        column, row = self.to_grid(x, y)
        rows, columns = self.shape
        return (
            min(max(int(row), 0), rows - 1),
            min(max(int(column), 0), columns - 1),
        )


@dataclass(frozen=True)
class Registration:
    """The position of a layer's cells in input pixels.

    The nominal centre of cell (i, j) is ``first + (j, i) * stride``; it looks at that plus
    ``offset``.

    Attributes:
        stride: (x, y) in input pixels.
        offset: (x, y) in input pixels, 0 when it is not known.
        measured: whether ``offset`` was measured on the loaded weights.
        first: (x, y) nominal centre of cell (0, 0); half a stride when None.
    """

    stride: tuple[float, float]
    offset: tuple[float, float] = (0.0, 0.0)
    measured: bool = False
    first: tuple[float, float] | None = None

    def of_windows(
        self, size: tuple[int, int], padding: tuple[int, int], margin: tuple[float, float]
    ) -> Registration:
        """Registration of a map whose cells each look at a window of this grid's cells.

        Without padding the first window begins at the first cell, so its centre lies half a
        window into the grid: for VGG16's 7 cells of 32 input pixels at 112 of 224. At the trained
        size the only window takes up the whole input; where the grid's cells fall short of it (as
        AlexNet's do, whose first layer has no padding for the rest), the centre is the input's. A
        window is a part of the input, so where its cells look does not move it.

        Args:
            size: (rows, columns) of cells in a window.
            padding: (rows, columns) of empty cells put around the grid on each side.
            margin: (x, y) input pixels by which the grid falls short of the trained input.
        """
        stride_x, stride_y = self.stride
        half_x, half_y = margin[0] / 2, margin[1] / 2
        first = (
            (size[1] / 2 - padding[1]) * stride_x + half_x,
            (size[0] / 2 - padding[0]) * stride_y + half_y,
        )
        return Registration(self.stride, first=first)

    def nominal(self) -> Registration:
        """The same grid without the measured offset, as other programs draw it."""
        return Registration(self.stride, first=self.first)


def grid_geometry(
    placement: Placement, shape: tuple[int, int], registration: Registration
) -> GridGeometry:
    """Lays a grid of ``shape`` (h, w) cells onto the picture.

    Where the nominal cells cover the whole input the map is drawn over all that the network saw:
    the measured offset moves the values inside it, and the border cells reach to its edge. Where
    they do not (no padding), it is drawn where its cells look and nowhere else.
    """
    rows, columns = shape
    stride_x, stride_y = registration.stride
    first_x, first_y = registration.first or (stride_x / 2, stride_y / 2)
    scale_x, scale_y = placement.scale
    height, width = placement.input_size
    fills = first_x == stride_x / 2 and first_y == stride_y / 2
    fills = fills and columns * stride_x >= width - 1 and rows * stride_y >= height - 1
    shift_x, shift_y = (0.0, 0.0) if fills else registration.offset
    left, top = placement.to_source(
        first_x + shift_x - stride_x / 2, first_y + shift_y - stride_y / 2
    )
    right, bottom = placement.to_source(
        first_x + shift_x + (columns - 0.5) * stride_x, first_y + shift_y + (rows - 0.5) * stride_y
    )
    return GridGeometry(
        shape=shape,
        origin=placement.to_source(
            first_x + registration.offset[0], first_y + registration.offset[1]
        ),
        pitch=(stride_x / scale_x, stride_y / scale_y),
        extent=Box(left, top, right, bottom)
        .intersected(placement.box)
        .intersected(placement.picture),
        stride=registration.stride,
        offset=registration.offset,
        measured=registration.measured,
    )
