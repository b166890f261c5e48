"""Computes wide 3x3 convolutions by Winograd's transform, with a quarter of the multiplications.

oneDNN, which runs torch's convolutions on the CPU, has direct ones only. For tiles of 4 x 4 cells

    Y = A^T ((G w G^T) * (B^T x B)) A,

summed over the channels as one matrix product for each of the 36 numbers of a transformed tile.

Paper: Lavin, Gray: Fast Algorithms for Convolutional Neural Networks, CVPR 2016.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn.functional import pad

from camviewer.engine.network.module_copies import replace_module

_FEWEST_PAIRS = 128 * 256
"""Minimum product of input and output channels; because the transforms take longer than they save
for fewer."""
_FEWEST_CELLS, _MOST_CELLS = 28 * 28, 64 * 64
"""Minimum and maximum number of cells, for the same reason."""

_MOST_BYTES = 96 * 2**20
"""Maximum memory of all transformed weights of a network, in bytes."""

_TILE, _NUMBERS = 4, 6
"""Output cells along the edge of a tile, and values along the edge of a transformed tile."""
_OF_PICTURE = torch.tensor(
    [
        [4.0, 0.0, -5.0, 0.0, 1.0, 0.0],
        [0.0, -4.0, -4.0, 1.0, 1.0, 0.0],
        [0.0, 4.0, -4.0, -1.0, 1.0, 0.0],
        [0.0, -2.0, -1.0, 2.0, 1.0, 0.0],
        [0.0, 2.0, -1.0, -2.0, 1.0, 0.0],
        [0.0, 4.0, 0.0, -5.0, 0.0, 1.0],
    ]
)
_OF_WEIGHTS = torch.tensor(
    [
        [1 / 4, 0.0, 0.0],
        [-1 / 6, -1 / 6, -1 / 6],
        [-1 / 6, 1 / 6, -1 / 6],
        [1 / 24, 1 / 12, 1 / 6],
        [1 / 24, -1 / 12, 1 / 6],
        [0.0, 0.0, 1.0],
    ],
    dtype=torch.float64,
)
_BACK = torch.tensor(
    [
        [1.0, 1.0, 1.0, 1.0, 1.0, 0.0],
        [0.0, 1.0, -1.0, 2.0, -2.0, 0.0],
        [0.0, 1.0, 1.0, 4.0, 4.0, 0.0],
        [0.0, 1.0, -1.0, 8.0, -8.0, 1.0],
    ]
)
"""B^T, G and A^T of the paper's F(4 x 4, 3 x 3)."""

_PICTURE_PLANE = torch.kron(_OF_PICTURE, _OF_PICTURE)
_WEIGHTS_PLANE = torch.kron(_OF_WEIGHTS, _OF_WEIGHTS)
_BACK_PLANE = torch.kron(_BACK, _BACK)
"""The transforms for both axes at once, as Kronecker products."""


class WinogradConvolution(nn.Module):
    """A convolution that uses the transform for grids that are large enough.

    Its output differs from the direct one by about 1e-6 of its size. The transformed weights are
    kept and take four times the memory of the weights.

    Args:
        direct: a convolution for which ``can_be_transformed`` holds; it is shared, not changed.
    """

    def __init__(self, direct: nn.Conv2d) -> None:
        super().__init__()
        self.direct = direct
        self._weights: Tensor | None = None

    @property
    def was_needed(self) -> bool:
        """Whether there was a grid that needs the transform."""
        return self._weights is not None

    def forward(self, pictures: Tensor) -> Tensor:
        """(N, K, h, w) of (N, C, h, w)."""
        count, cells = len(pictures), pictures.shape[2] * pictures.shape[3]
        fits = count > 0 and _FEWEST_CELLS <= cells <= _MOST_CELLS
        if not fits or torch.is_autocast_enabled("cpu"):
            return self.direct(pictures)  # type: ignore[no-any-return]
        if self._weights is None:
            self._weights = _transformed_weights(self.direct.weight)
        return _convolved(pictures, self._weights, self.direct.bias)


def _transformed_weights(weights: Tensor) -> Tensor:
    """(36, C, K) of (K, C, 3, 3)."""
    matrix = _WEIGHTS_PLANE.to(weights)
    flat = weights.detach().permute(2, 3, 1, 0).reshape(9, -1)
    return (matrix @ flat).view(_NUMBERS**2, weights.shape[1], weights.shape[0])


def _convolved(pictures: Tensor, weights: Tensor, bias: Tensor | None) -> Tensor:
    """The convolution in steps, each of which frees the memory of the one before."""
    count, channels, height, width = pictures.shape
    rows, columns = math.ceil(height / _TILE), math.ceil(width / _TILE)
    transformed = (_PICTURE_PLANE @ _tiles(pictures, rows, columns)).view(_NUMBERS**2, -1, channels)
    products = torch.bmm(transformed, weights)
    del transformed
    found = _BACK_PLANE @ products.view(_NUMBERS**2, -1)
    del products
    found = found.view(_TILE, _TILE, count, rows, columns, -1).permute(2, 3, 0, 4, 1, 5)
    found = found.reshape(count, _TILE * rows, _TILE * columns, -1)[:, :height, :width]
    return (found if bias is None else found + bias).permute(0, 3, 1, 2)


def _tiles(pictures: Tensor, rows: int, columns: int) -> Tensor:
    """The overlapping tiles of 6 x 6 cells, (36, N * rows * columns * C)."""
    below = _TILE * rows + 1 - pictures.shape[2]
    right = _TILE * columns + 1 - pictures.shape[3]
    # Channels last, with the zero padding of the direct convolution.
    padded = pad(pictures.permute(0, 2, 3, 1), (0, 0, 1, right, 1, below))
    tiles = padded.unfold(1, _NUMBERS, _TILE).unfold(2, _NUMBERS, _TILE)
    return tiles.permute(4, 5, 0, 1, 2, 3).reshape(_NUMBERS**2, -1)


def transform(network: nn.Module) -> None:
    """Replaces suitable convolutions by transformed ones.

    It starts with the first ones, which have the most cells, and goes on until the memory limit.

    Args:
        network: a copy whose modules nothing else uses; its tensors may be shared.
    """
    left = _MOST_BYTES
    for name, module in tuple(network.named_modules()):
        if isinstance(module, nn.Conv2d) and can_be_transformed(module):
            left -= _bytes_of(module)
            if left < 0:
                return
            replace_module(network, name, WinogradConvolution(module))


def _bytes_of(module: nn.Conv2d) -> int:
    return _NUMBERS**2 * module.in_channels * module.out_channels * module.weight.element_size()


def can_be_transformed(module: nn.Module) -> bool:
    """Whether a module is a convolution that the transform supports."""
    return (
        isinstance(module, nn.Conv2d)
        and module.kernel_size == (3, 3)
        and module.stride == module.dilation == module.padding == (1, 1)
        and module.groups == 1
        and module.padding_mode == "zeros"
        and module.weight.dtype == torch.float32
        and module.in_channels * module.out_channels >= _FEWEST_PAIRS
    )
