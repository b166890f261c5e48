"""Where a layer's cells really look: the measured offset from their nominal centres.

Padding of strided convolutions shifts a grid and training undoes part of it, so the offset is
measured on the loaded weights: the centroid of the squared input gradients of a central cell,
over random pictures whose spectrum falls off as that of photographs does (1/f). The spectrum
matters: with EfficientNet-Lite0's weights it gives (+2, +5.5) px, which is where pasted
photographs come out too; smoother noise gives 2 px less.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from camviewer.engine.errors import Cancelled
from camviewer.engine.geometry import Recipe
from camviewer.engine.layers import grid_stride
from camviewer.engine.layouts import layout_of

_SAMPLES = 64
_BATCH = 8
_AT_ONCE = 2
"""So many pictures of a batch run together: what the user asks in between must not wait long."""
_CELLS = 9
"""The grid is at least this wide where the network allows, so that its border is far away."""
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
    """

    x: float
    y: float
    error_x: float
    error_y: float


@torch.enable_grad()
def measure_offset(
    network: nn.Module,
    layer: str,
    recipe: Recipe,
    *,
    samples: int = _SAMPLES,
    seed: int = 0,
    cancelled: threading.Event | None = None,
) -> Offset:
    """Measures how far from its nominal centre the central cell of a layer looks.

    Args:
        network: in eval mode with frozen parameters.
        layer: dotted name of a layer with a grid.
        recipe: tells which input sizes the network accepts.
        samples: number of random pictures.
        seed: of the random pictures and channel sums.
        cancelled: polled between batches.

    Raises:
        Cancelled: told to stop.
    """
    device = next(network.parameters()).device
    generator = torch.Generator().manual_seed(seed)
    height, width = recipe.input_size
    if recipe.flexible:
        height, width = max(height, _CELLS * recipe.step), max(width, _CELLS * recipe.step)
    stride_x, stride_y = grid_stride(network, layer, recipe, (height, width))
    centroids: list[Tensor] = []
    for start in range(0, samples, _BATCH):
        batch = _natural_noise(min(_BATCH, samples - start), height, width, generator)
        signs: list[Tensor] = []
        for pictures in torch.split(batch, _AT_ONCE):
            if cancelled is not None and cancelled.is_set():
                raise Cancelled
            pictures = pictures.to(device).requires_grad_(True)  # noqa: PLW2901
            output = _output(network, pictures, layer)
            layout = layout_of(output, (height, width))
            activations = output if layout is None else layout.to_grid(output)
            rows, columns = activations.shape[2:]
            cell = activations[:, :, rows // 2, columns // 2]
            if not signs:
                drawn = torch.randn((len(batch), cell.shape[1]), generator=generator)
                signs = list(torch.split(drawn, _AT_ONCE))
            channel_sum = (cell * signs.pop(0).to(cell)).sum()
            (gradient,) = torch.autograd.grad(channel_sum, pictures)
            centroids.append(_centroids(gradient.square().sum(1)).cpu())
    points = torch.cat(centroids).double()
    mean, error = points.mean(0), points.std(0) / len(points) ** 0.5
    return Offset(
        x=float(mean[0]) - (columns // 2 + 0.5) * stride_x,
        y=float(mean[1]) - (rows // 2 + 0.5) * stride_y,
        error_x=float(error[0]),
        error_y=float(error[1]),
    )


def _centroids(energy: Tensor) -> Tensor:
    """(N, 2): x and y of the centre of mass of each (N, h, w) plane, in pixels."""
    height, width = energy.shape[1:]
    total = energy.sum((1, 2)).clamp_min(1e-30)
    x = (energy.sum(1) * (torch.arange(width, device=energy.device) + 0.5)).sum(1) / total
    y = (energy.sum(2) * (torch.arange(height, device=energy.device) + 0.5)).sum(1) / total
    return torch.stack((x, y), 1)


def _natural_noise(count: int, height: int, width: int, generator: torch.Generator) -> Tensor:
    """(N, 3, h, w): noise with the amplitude spectrum of photographs, 1 / frequency."""
    noise = torch.randn((count, 3, height, width), generator=generator)
    frequency = torch.hypot(torch.fft.fftfreq(height)[:, None], torch.fft.fftfreq(width)[None])
    frequency[0, 0] = 1 / max(height, width)
    pictures: Tensor = torch.fft.ifft2(torch.fft.fft2(noise) / frequency).real
    return pictures / pictures.std() * _CONTRAST


class _Reached(Exception):  # noqa: N818  (leaves the pass once the layer has been seen)
    """The tapped layer has put out its activations; the rest of the network is not needed."""


def _output(network: nn.Module, pictures: Tensor, layer: str) -> Tensor:
    """What a layer puts out, with the graph back to the pictures."""
    tapped: list[Tensor] = []

    def tap(_module: nn.Module, _inputs: object, output: Tensor) -> None:
        tapped.append(output)
        raise _Reached

    handle = network.get_submodule(layer).register_forward_hook(tap)
    try:
        with torch.enable_grad():
            network(pictures)
    except _Reached:
        return tapped[0]
    finally:
        handle.remove()
    raise RuntimeError(f"layer {layer} was not reached")
