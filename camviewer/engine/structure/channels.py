"""Makes thumbnails of the channels of a layer for a picture, sorted and ready to colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812  (torch's own name for it)

from camviewer.engine.errors import CamviewerError
from camviewer.engine.network.forward import Forward
from camviewer.engine.results.without_classes import NO_CLASS
from camviewer.engine.structure.module_tree import ChannelOrder, ChannelSheet, ChannelWish

if TYPE_CHECKING:
    from camviewer.engine.picture.source_image import SourceImage
    from camviewer.engine.session.session import Session

_LONGEST_SIDE = 56
"""Maximum side of a thumbnail, in cells; larger grids are averaged down."""


def channel_sheet(session: Session, image: SourceImage, wish: ChannelWish) -> ChannelSheet:
    """All channels of a layer, sorted.

    Raises:
        CamviewerError: the layer does not exist, or its output is not finite.
    """
    forward = session.pass_of(image, wish.layer, wish.mode, wish.detail)
    weights, meaning = _weights(forward, wish.class_index)
    return sheet_of(forward.activations, weights, meaning, wish)


def sheet_of(activations: Tensor, weights: Tensor, meaning: str, wish: ChannelWish) -> ChannelSheet:
    """Sorted thumbnails of the channels, with their weights for the class.

    Args:
        activations: (C, h, w).
        weights: (C,).
        meaning: what a weight is, in words.
        wish: order and scale.
    """
    means = activations.mean((1, 2))
    keys = {ChannelOrder.MEAN: means, ChannelOrder.WEIGHT: weights}.get(wish.order)
    count, height, width = activations.shape
    order = torch.arange(count) if keys is None else keys.cpu().argsort(descending=True)
    sorted_ = activations.cpu().float()[order]
    lows, highs = sorted_.amin((1, 2)), sorted_.amax((1, 2))
    ends = torch.maximum(lows.abs(), highs.abs()) if wish.signed else highs.clamp_min(0.0)
    if wish.shared:
        ends = ends.max().expand_as(ends)
    return ChannelSheet(
        wish=wish,
        shape=(count, height, width),
        channels=order.numpy().astype(np.int32),
        places=_places(_reduced(sorted_), ends, signed=wish.signed),
        lows=lows.numpy(),
        highs=highs.numpy(),
        ends=ends.numpy().copy(),
        means=means.cpu().float()[order].numpy(),
        weights=weights.detach().cpu().float()[order].numpy(),
        weight_meaning=meaning,
    )


def _weights(forward: Forward, class_index: int) -> tuple[Tensor, str]:
    """The weight of each channel for a class, (C,), and what a weight is, in words."""
    if class_index == NO_CLASS:
        return torch.zeros(len(forward.activations)), "no weight, for want of classes:"
    if forward.head is not None:
        return forward.head.weight[class_index], "class weight"
    try:
        return forward.mean_gradients(class_index), "mean gradient"
    except CamviewerError:  # the class score does not depend on this layer
        return torch.zeros(len(forward.activations)), "no weight for the class:"


def _reduced(grids: Tensor) -> Tensor:
    _, height, width = grids.shape
    share = min(_LONGEST_SIDE / max(height, width), 1.0)
    if share == 1.0:
        return grids
    size = max(round(height * share), 1), max(round(width * share), 1)
    return F.adaptive_avg_pool2d(grids, size)


def _places(
    grids: Tensor, ends: Tensor, *, signed: bool
) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The index of each value in a table of 256 colours that ends at ``ends``."""
    shares = grids / torch.where(ends > 0, ends, 1.0)[:, None, None]
    if signed:
        shares = (shares + 1) / 2
    return shares.clamp(0, 1).mul(255).round().to(torch.uint8).numpy()
