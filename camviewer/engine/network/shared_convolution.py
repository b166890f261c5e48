"""Applies linear layers as convolutions that share their weights, to compute class maps.

A linear layer on the flattened n x n cells of a grid is a convolution with an n x n kernel
(Sermanet et al.: OverFeat, ICLR 2014; Long, Shelhamer, Darrell: Fully Convolutional Networks,
CVPR 2015). On a larger grid it scores every window of n x n cells, as if the network had seen
that window's part of the picture alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812  (torch's own name for it)

_WINDOWS_AT_ONCE = 128
"""Maximum number of windows that are unfolded together; because VGG's take 100 kB each."""


class SharedConv2d(nn.Conv2d):
    """A convolution without padding whose weights are a view of another layer's weights.

    It multiplies the unfolded windows by the weights in place. A library's convolution reorders the
    weights first, which for VGG16 means a copy of 411 MB in every pass.

    Args:
        weight: (K, C, n, m); it is not copied.
        bias: (K,) or None.
    """

    def __init__(self, weight: Tensor, bias: Tensor | None) -> None:
        classes, channels, height, width = weight.shape
        kernel = (height, width)
        super().__init__(channels, classes, kernel, bias=bias is not None, device="meta")
        self.weight = nn.Parameter(weight, requires_grad=False)
        if bias is not None:
            self.bias = nn.Parameter(bias, requires_grad=False)

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002  (torch's own name)
        """(N, K, h - n + 1, w - m + 1) from (N, C, h, w)."""
        height, width = cast("tuple[int, int]", self.kernel_size)
        count, _, rows, columns = input.shape
        rows, columns = rows - height + 1, columns - width + 1
        weight = self.weight.flatten(1)
        strip = max(_WINDOWS_AT_ONCE // columns, 1)
        scores = []
        for top in range(0, rows, strip):
            bottom = min(top + strip, rows)
            windows = F.unfold(input[:, :, top : bottom + height - 1], (height, width))
            scored = F.linear(windows.transpose(1, 2), weight, self.bias)
            scores.append(scored.transpose(1, 2).reshape(count, -1, bottom - top, columns))
        return scores[0] if len(scores) == 1 else torch.cat(scores, 2)


class ChannelNorm(nn.Module):
    """A batch normalisation of features, in eval mode, on every cell of a grid.

    Args:
        norm: the layer whose parameters are shared.
    """

    def __init__(self, norm: nn.BatchNorm1d | nn.BatchNorm2d) -> None:
        super().__init__()
        self.norm = norm

    def forward(self, grid: Tensor) -> Tensor:
        """(N, C, h, w), normalised channel by channel."""
        norm = self.norm
        return F.batch_norm(
            grid, norm.running_mean, norm.running_var, norm.weight, norm.bias, eps=norm.eps
        )


@dataclass(frozen=True, eq=False)
class ConvolutionalHead:
    """The end of a network as convolutions.

    Attributes:
        layer: dotted name of the layer whose grid is the input.
        rectified: whether a ReLU that is no module of its own comes first.
        window: (rows, columns) of cells that one class score needs.
        grid: (h, w) of the layer at the trained input size.
        stages: (N, C, h, w) in, class scores (N, K, h - rows + 1, w - columns + 1) out.
        linear: dotted name of the linear layer whose input is the flattened window.
        exact: whether the score at the trained size is the network's own.
    """

    layer: str
    rectified: bool
    window: tuple[int, int]
    grid: tuple[int, int]
    stages: nn.Sequential
    linear: str
    exact: bool

    @torch.no_grad()
    def class_maps(self, activations: Tensor, *, pad: bool = False) -> Tensor:
        """Class scores of every window, (K, h, w), from the layer's activations (C, h, w).

        A grid that is smaller than a window is pooled to its size, as the network itself does.

        Args:
            activations: (C, h, w).
            pad: whether to put half a window of zeros around the grid, so that every position of
                the picture is in the middle of a window.
        """
        grid = activations.relu() if self.rectified else activations
        if pad:
            rows, columns = self.padding
            grid = F.pad(grid, (columns, columns, rows, rows))
        rows, columns = (
            max(side, window) for side, window in zip(grid.shape[1:], self.window, strict=True)
        )
        if (rows, columns) != grid.shape[1:]:
            grid = F.adaptive_avg_pool2d(grid, (rows, columns))
        scores: Tensor = self.stages(grid[None])
        return scores[0]

    @property
    def padding(self) -> tuple[int, int]:
        """(rows, columns): half a window."""
        return self.window[0] // 2, self.window[1] // 2
