"""Reads networks that score every pixel: the class scores are means over pixels."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import interpolate

from camviewer.engine.network.module_copies import copy_sharing_tensors


class PixelMean:
    """A forward hook that makes class scores (N, K) of scores of pixels (N, K, h, w).

    Args:
        weight: (H, W), >= 0 with a sum above 0: how much each pixel counts, resized to the scores'
            own size; None for all pixels alike.
    """

    def __init__(self, weight: Tensor | None = None) -> None:
        self._weight = weight

    def __call__(self, _module: nn.Module, _inputs: object, output: Tensor) -> Tensor:
        """(N, K) of (N, K, h, w)."""
        if self._weight is None:
            return output.mean((2, 3))
        weight = resized(self._weight.to(output), (output.shape[2], output.shape[3]))
        return (output * weight).sum((2, 3)) / weight.sum()


def resized(weight: Tensor, size: tuple[int, int]) -> Tensor:
    """A weight of pixels (H, W) at another size (h, w); each gets the mean of what it covers."""
    if tuple(weight.shape) == size:
        return weight
    smaller = size[0] <= weight.shape[0] and size[1] <= weight.shape[1]
    mode = "area" if smaller else "nearest-exact"
    return interpolate(weight[None, None], size, mode=mode)[0, 0]


def with_pixel_mean(network: nn.Module, weight: Tensor | None = None) -> nn.Module:
    """A copy that puts out means over pixels, (N, K); it shares the network's parameters.

    Args:
        network: puts out (N, K, h, w).
        weight: of the pixels, see ``PixelMean``.
    """
    copied = copy_sharing_tensors(network)
    copied.register_forward_hook(PixelMean(weight))
    return copied


def pixels_won(scores: Tensor, class_index: int) -> Tensor:
    """(h, w) of 0 and 1: the pixels where a class scores highest; above 0 of a single class.

    Args:
        scores: (K, h, w).
        class_index: the class.
    """
    if len(scores) == 1:
        return (scores[0] > 0.0).to(scores.dtype)
    return (scores.argmax(0) == class_index).to(scores.dtype)


@torch.no_grad()
def pixel_scores(network: nn.Module, picture: Tensor) -> Tensor:
    """The scores of pixels (K, h, w) of a picture (1, 3, h, w)."""
    found: Tensor = network(picture)[0]
    return found
