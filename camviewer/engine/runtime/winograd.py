"""Wide 3x3 convolutions by Winograd's transform, which needs a fifth of the multiplications.

PyTorch brings NNPACK's kernels along but calls them on no processor that oneDNN knows. oneDNN's
own convolutions are direct ones; on a VGG the transformed ones take two thirds of their time.

Paper: Lavin, Gray: Fast Algorithms for Convolutional Neural Networks, CVPR 2016.
"""

from __future__ import annotations

import math
import platform
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import torch
from torch import Tensor, nn

from camviewer.engine.layers import outputs_watched

_FEWEST_CHANNELS = 64
_FEWEST_CELLS = 28 * 28
"""Below that, transforming the weights takes longer than is won."""
_TILE = 6
"""Cells along an edge that are transformed at once, to 8 x 8 numbers."""
_MOST_BYTES, _MOST_BYTES_OF_A_PICTURE = 75_000_000, 50_000_000
"""With and without the transformed weights; NNPACK keeps the room that it once took."""


class WinogradConvolution(nn.Module):
    """A convolution that is transformed where the picture is large enough for that to pay.

    Its output differs from the direct one by some 1e-6 of its size.

    Args:
        direct: one for which ``can_be_transformed`` holds; it is shared, not changed.
    """

    def __init__(self, direct: nn.Conv2d) -> None:
        super().__init__()
        self.direct = direct

    def forward(self, pictures: Tensor) -> Tensor:
        """(N, K, h, w) of (N, C, h, w), one picture after the other: the transforms are large."""
        count, cells = len(pictures), pictures.shape[2] * pictures.shape[3]
        if count == 0 or cells < _FEWEST_CELLS or torch.is_autocast_enabled("cpu"):
            return self.direct(pictures)  # type: ignore[no-any-return]
        if not _fits(self.direct, pictures.shape):
            return self._channels_last(pictures)
        if count == 1:
            return self._transformed(pictures)
        found = pictures.new_empty((count, self.direct.out_channels, *pictures.shape[2:]))
        for at in range(count):
            found[at : at + 1] = self._transformed(pictures[at : at + 1])
        return found

    def _channels_last(self, pictures: Tensor) -> Tensor:
        """Directly; in this layout oneDNN needs no copies of its own."""
        pictures, weight = (
            tensor.contiguous(memory_format=torch.channels_last)
            for tensor in (pictures, self.direct.weight)
        )
        return nn.functional.conv2d(pictures, weight, self.direct.bias, padding=1)

    def _transformed(self, picture: Tensor) -> Tensor:
        weight, bias = self.direct.weight, self.direct.bias
        return torch._nnpack_spatial_convolution(picture.contiguous(), weight, bias, [1, 1])


def _fits(convolution: nn.Conv2d, shape: torch.Size) -> bool:
    """Whether a picture of a batch of this shape, (N, C, h, w), takes little enough memory."""
    tiles = math.ceil(shape[2] / _TILE) * math.ceil(shape[3] / _TILE)
    channels_in, channels_out = convolution.in_channels, convolution.out_channels
    bytes_of_a_tile = 4 * (_TILE + 2) ** 2
    picture = bytes_of_a_tile * tiles * (channels_in + channels_out)
    weights = bytes_of_a_tile * channels_in * channels_out
    return picture <= _MOST_BYTES_OF_A_PICTURE and picture + weights <= _MOST_BYTES


def is_available() -> bool:
    """Whether this processor and this build of PyTorch have the kernels, and they were measured."""
    nnpack = getattr(torch.backends, "nnpack", None)
    return (
        platform.machine().lower() in {"x86_64", "amd64"}
        and nnpack is not None
        and hasattr(torch, "_nnpack_spatial_convolution")
        and bool(nnpack.is_available())
    )


def can_be_transformed(module: nn.Module) -> bool:
    """Whether a module is a convolution that the transform is made for."""
    return (
        isinstance(module, nn.Conv2d)
        and module.kernel_size == (3, 3)
        and module.stride == module.dilation == module.padding == (1, 1)
        and module.groups == 1
        and module.padding_mode == "zeros"
        and module.weight.dtype == torch.float32
        and min(module.in_channels, module.out_channels) >= _FEWEST_CHANNELS
    )


@contextmanager
def convolutions_watched(network: nn.Module) -> Iterator[dict[str, torch.Size]]:
    """Notes the shapes (N, K, h, w) that the convolutions put out in a pass, by dotted name."""
    shapes: dict[str, torch.Size] = {}

    def see(name: str, output: Tensor) -> None:
        if isinstance(network.get_submodule(name), nn.Conv2d):
            shapes[name] = output.shape

    with outputs_watched(network, see):
        yield shapes


def transforms_pay(network: nn.Module, outputs: Mapping[str, torch.Size]) -> bool:
    """Whether most of what a network multiplies, it multiplies in convolutions to be transformed.

    In other networks the change of the memory's layout in between takes what the transform wins.

    Args:
        network: any.
        outputs: what ``convolutions_watched`` has noted.
    """
    if not is_available():
        return False
    every = transformed = 0
    for name, shape in outputs.items():
        convolution = network.get_submodule(name)
        work = shape.numel() * convolution.weight[0].numel()  # type: ignore[index]
        every += work
        if can_be_transformed(convolution) and shape[2] * shape[3] >= _FEWEST_CELLS:
            transformed += work
    return 2 * transformed > every
