"""Measures the offset between the nominal centre of a layer's cells and where they really look.

Padding of strided convolutions shifts a grid, and training undoes part of the shift. The offset is
therefore measured on the loaded weights. It is the centroid of the squared input gradients of a
central cell, over random pictures with the spectrum of photographs (1/f). The spectrum matters:
with EfficientNet-Lite0's weights it gives (+2, +5.5) px, which agrees with photographs that are
pasted at known positions; smoother noise gives 2 px less.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import torch
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.network.grid_layers import GridLayer, fixed_batch, grid_layers, grid_stride
from camviewer.engine.network.interruption import interruptible
from camviewer.engine.network.out_of_memory import is_out_of_memory
from camviewer.engine.support.cancellation import Cancellation

_SAMPLES = 64
_FEWEST = 12
"""Minimum number of samples with a gradient for an offset; because fewer do not tell the
scatter."""
_PRECISE = 0.5
"""Standard error of both axes, in input pixels, at which the measurement ends."""
_SCATTERED = 1 / 8
"""Maximum standard error, in strides; because a less certain offset would be worse than none."""
_FARTHEST = 2.0
"""Maximum plausible offset, in strides."""
_BLOCK = 8
"""Number of samples that are drawn together and share one contrast normalisation."""
_AT_ONCE = 2
"""Maximum number of pictures in a pass; because a request of the user must not wait long."""
_CELLS = 9
"""Minimum width of the grid, in cells, if the network allows it; because the border must be far
from the central cell."""
_CONTRAST = 0.5
"""Standard deviation of the random pictures, on the scale of normalised input."""


@dataclass(frozen=True)
class Offset:
    """A measured offset of a layer's grid.

    Attributes:
        x: input pixels, positive to the right.
        y: input pixels, positive downwards.
        error_x: standard error of ``x``.
        error_y: standard error of ``y``.
        samples: number of random pictures that had a gradient.
    """

    x: float
    y: float
    error_x: float
    error_y: float
    samples: int


class OffsetUnknownError(CamviewerError):
    """A layer's offset cannot be measured; maps on the layer keep their nominal centres.

    Attributes:
        lasting: whether another attempt would fail as well.
    """

    def __init__(self, message: str, *, lasting: bool = True) -> None:
        super().__init__(message)
        self.lasting = lasting


@torch.enable_grad()
def measure_offset(
    network: nn.Module,
    layer: str,
    recipe: Recipe,
    *,
    samples: int = _SAMPLES,
    precise: float = _PRECISE,
    seed: int = 0,
    cancelled: threading.Event | None = None,
) -> Offset:
    """Measures how far from its nominal centre the central cell of a layer looks.

    Samples whose gradient is zero or not finite are left out. The samples are the same for every
    network and every batch size.

    Args:
        network: in eval mode with frozen parameters.
        layer: dotted name of a layer with a grid.
        recipe: has the input sizes that the network accepts.
        samples: maximum number of random pictures; a network with a fixed batch size gets whole
            batches.
        precise: standard error of both axes, in input pixels, that ends the measurement once a
            dozen samples had a gradient.
        seed: seed of the random pictures and channel sums.
        cancelled: polled inside each pass.

    Raises:
        Cancelled: told to stop.
        OffsetUnknownError: too few samples have a gradient, they scatter too much, or the network
            does not run with this input.
    """
    device = next(network.parameters()).device
    height, width = recipe.input_size
    if recipe.flexible:
        height, width = max(height, _CELLS * recipe.step), max(width, _CELLS * recipe.step)
    found = _grid_layer(
        network, layer, torch.zeros((1, recipe.channels, height, width), device=device)
    )
    stride = grid_stride(network, layer, recipe, (height, width))
    generator = torch.Generator().manual_seed(seed)
    drawn = _samples((height, width), recipe.channels, found.shape[0], generator)
    passes = _Passes(network, found, Cancellation(cancelled))
    fewest = min(_FEWEST, samples)
    points, count = torch.empty((0, 2), dtype=torch.float64), 0
    while count < samples and not _are_precise(points, fewest, precise):
        batch = list(islice(drawn, passes.at_once))
        points = torch.cat((points, passes.centroids(batch)))
        count += len(batch)
    if len(points) < max(fewest, 2):
        raise OffsetUnknownError(
            f"only {len(points)} of {count} random pictures have a gradient there, and "
            f"{fewest} are needed."
        )
    rows, columns = found.layout.grid
    centre = ((columns // 2 + 0.5) * stride[0], (rows // 2 + 0.5) * stride[1])
    return _believed(points, centre, stride, slack_of((height, width), found.layout.grid, stride))


def is_sound(
    offset: tuple[float, float], stride: tuple[float, float], slack: tuple[float, float]
) -> bool:
    """Whether an offset is plausible.

    Args:
        offset: (x, y) in input pixels.
        stride: (x, y) of the grid.
        slack: see ``slack_of``.
    """
    bounds = (_FARTHEST * each + more for each, more in zip(stride, slack, strict=True))
    # Comparisons with NaN are false.
    return all(abs(value) <= bound for value, bound in zip(offset, bounds, strict=True))


def slack_of(
    input_size: tuple[int, int], grid: tuple[int, int], stride: tuple[float, float]
) -> tuple[float, float]:
    """(x, y): input pixels that an unpadded network's grid does not cover."""
    height, width = input_size
    return max(width - grid[1] * stride[0], 0.0), max(height - grid[0] * stride[1], 0.0)


def _believed(
    points: Tensor,
    centre: tuple[float, float],
    stride: tuple[float, float],
    slack: tuple[float, float],
) -> Offset:
    """The mean of the centroids (N, 2), relative to the cell's nominal centre.

    Raises:
        OffsetUnknownError: they scatter too much, or their mean is implausible.
    """
    mean, (error_x, error_y) = points.mean(0), _errors(points)
    offset = Offset(
        x=float(mean[0]) - centre[0],
        y=float(mean[1]) - centre[1],
        error_x=error_x,
        error_y=error_y,
        samples=len(points),
    )
    too_much = tuple(max(each * _SCATTERED, 2 * _PRECISE) for each in stride)
    if error_x > too_much[0] or error_y > too_much[1]:
        raise OffsetUnknownError(
            f"over {len(points)} random pictures it scatters too much (standard error "
            f"{max(error_x, error_y):.1f} pixels)."
        )
    if not is_sound((offset.x, offset.y), stride, slack):
        raise OffsetUnknownError(
            f"its cells would look {offset.x:+.0f}, {offset.y:+.0f} pixels away, which is more "
            "than two cells."
        )
    return offset


def _are_precise(points: Tensor, fewest: int, precise: float) -> bool:
    return len(points) >= max(fewest, 2) and max(_errors(points)) < precise


def _errors(points: Tensor) -> tuple[float, float]:
    """Standard errors (x, y) of the mean of (N, 2)."""
    error = points.std(0) / len(points) ** 0.5
    return float(error[0]), float(error[1])


def _grid_layer(network: nn.Module, layer: str, example: Tensor) -> GridLayer:
    for found in grid_layers(network, example):
        if found.name == layer:
            return found
    height, width = example.shape[2:]
    raise OffsetUnknownError(
        f"it puts out no grid of several cells for random pictures of {width} x {height} pixels."
    )


@dataclass(frozen=True, eq=False)
class _Sample:
    """A random picture (3, h, w), and channel weights (C,) of the differentiated sum."""

    picture: Tensor
    signs: Tensor


def _samples(
    input_size: tuple[int, int], bands: int, channels: int, generator: torch.Generator
) -> Iterator[_Sample]:
    """Yields samples without end, for a number of input bands and a number of channels."""
    height, width = input_size
    while True:
        noise = _natural_noise(_BLOCK, height, width, generator)
        pictures = noise[:, [band % noise.shape[1] for band in range(bands)]]
        signs = torch.randn((_BLOCK, channels), generator=generator)
        yield from map(_Sample, pictures, signs)


class _Passes:
    """Runs samples through a network in batches that it accepts."""

    def __init__(self, network: nn.Module, layer: GridLayer, cancellation: Cancellation) -> None:
        self._network, self._layer, self._cancellation = network, layer, cancellation
        self._fixed = fixed_batch(network)
        self.at_once = self._fixed or _AT_ONCE

    def centroids(self, samples: list[_Sample]) -> Tensor:
        """Centroids (n, 2) of the central cell for samples with a gradient, float64 on the CPU.

        Raises:
            Cancelled: told to stop.
            OffsetUnknownError: the network does not run with this input.
        """
        try:
            with interruptible(self._cancellation):
                return self._together(samples)
        except (RuntimeError, ValueError, TypeError, IndexError, KeyError) as error:
            if self._fixed is None and len(samples) > 1:  # it may take only one at a time
                self.at_once = 1
                return torch.cat([self.centroids([sample]) for sample in samples])
            if is_out_of_memory(error):
                raise
            words = " ".join(str(error).split())[:120]
            raise OffsetUnknownError(
                f"the network gave no gradients for random pictures ({words}).", lasting=False
            ) from error

    def _together(self, samples: list[_Sample]) -> Tensor:
        self._cancellation.check()
        device = next(self._network.parameters()).device
        pictures = torch.stack([sample.picture for sample in samples]).to(device)
        pictures.requires_grad_()
        output = _output(self._network, pictures, self._layer.name)
        if len(output) != len(samples):
            raise ValueError(f"{len(output)} outputs of {len(samples)} pictures")
        activations = self._layer.layout.to_grid(output)
        rows, columns = activations.shape[2:]
        cell = activations[:, :, rows // 2, columns // 2]
        signs = torch.stack([sample.signs for sample in samples]).to(cell)
        (gradient,) = torch.autograd.grad((cell * signs).sum(), pictures)
        return _centroids(gradient)


def _centroids(gradient: Tensor) -> Tensor:
    """Centroids (n, 2), float64 (x, y) in pixels, of squared gradients (N, 3, h, w).

    Gradients that are zero or not finite are left out.
    """
    largest = gradient.abs().amax((1, 2, 3))
    gradient = gradient[torch.isfinite(largest) & (largest > 0)].cpu().double()
    # Scaling first, because squares of small numbers would underflow.
    energy = (gradient / gradient.abs().amax((1, 2, 3), keepdim=True)).square().sum(1)
    height, width = energy.shape[1:]
    total = energy.sum((1, 2))
    x = (energy.sum(1) * (torch.arange(width) + 0.5)).sum(1) / total
    y = (energy.sum(2) * (torch.arange(height) + 0.5)).sum(1) / total
    return torch.stack((x, y), 1)


def _natural_noise(count: int, height: int, width: int, generator: torch.Generator) -> Tensor:
    """(N, 3, h, w): noise with the amplitude spectrum of photographs, 1 / frequency."""
    noise = torch.randn((count, 3, height, width), generator=generator)
    frequency = torch.hypot(torch.fft.fftfreq(height)[:, None], torch.fft.fftfreq(width)[None])
    frequency[0, 0] = 1 / max(height, width)
    pictures: Tensor = torch.fft.ifft2(torch.fft.fft2(noise) / frequency).real
    return pictures / pictures.std() * _CONTRAST


class _Reached(Exception):  # noqa: N818  (leaves the pass once the layer has been seen)
    """Ends a pass at the tapped layer, because the tail network is not needed."""


def _output(network: nn.Module, pictures: Tensor, layer: str) -> Tensor:
    """The output of a layer, with the graph back to the pictures."""
    tapped: list[Tensor] = []

    def tap(_module: nn.Module, _inputs: object, output: Tensor) -> None:
        tapped.append(output)
        raise _Reached

    handle = network.get_submodule(layer).register_forward_hook(tap)
    try:
        network(pictures)
    except _Reached:
        return tapped[0]
    finally:
        handle.remove()
    raise RuntimeError(f"layer {layer} was not reached")
