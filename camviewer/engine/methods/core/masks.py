"""Turns the channels of a layer into masks of the picture."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import interpolate


def channels_by_range(activations: Tensor) -> Tensor:
    """Indices (n,) of the non-constant channels, sorted by range, the largest first."""
    flat = activations.flatten(1)
    spread = flat.amax(1) - flat.amin(1)
    lively = torch.nonzero(spread > 0).flatten()
    order: Tensor = lively[spread[lively].argsort(descending=True, stable=True)]
    return order


def channel_masks(channels: Tensor, picture: Tensor) -> Tensor:
    """Masks (n, 1, H, W) of channels (n, h, w): enlarged to the picture and scaled to 0 to 1."""
    large = interpolate(channels[:, None], picture.shape[2:], mode="bilinear", align_corners=False)
    low = large.amin((2, 3), keepdim=True)
    spread = large.amax((2, 3), keepdim=True) - low
    return (large - low) / torch.where(spread > 0, spread, 1.0)
