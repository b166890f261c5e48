"""Compares both orders of the input channels by how sure of itself a network is."""

from __future__ import annotations

from math import inf, sqrt
from statistics import fmean, stdev

import torch
from torch import Tensor, nn

from camviewer.engine.statistics.check_result import OrderFit
from camviewer.engine.support.cancellation import Cancellation

_FEWEST_PICTURES = 4
_DECISIVE = 4.6
"""Minimum t statistic of the paired difference; chance gives more for four pictures in one of a
hundred cases, and more rarely for more pictures."""


def compare_orders(
    network: nn.Module, pictures: Tensor, *, blue_first: bool, cancellation: Cancellation
) -> OrderFit | None:
    """How sure a network is of its most probable class, on the same pictures in both orders.

    Args:
        network: in eval mode, with class scores of which one holds.
        pictures: (N, 3, h, w) as the network is fed them now.
        blue_first: whether their channels are blue, green, red.
        cancellation: polled before each pass.

    Returns:
        None when it gives no scores of two or more classes, or there are fewer than four pictures.

    Raises:
        Cancelled: told to stop.
    """
    if len(pictures) < _FEWEST_PICTURES:
        return None
    orders = (pictures.flip(1), pictures) if blue_first else (pictures, pictures.flip(1))
    confidences = []
    for fed in orders:
        cancellation.check()
        with torch.no_grad():
            scores = network(fed)
        if not isinstance(scores, Tensor) or scores.dim() != 2 or scores.shape[1] < 2:
            return None
        confidences.append(scores.float().softmax(1).amax(1).tolist())
    red, blue = confidences
    gains = [after - before for before, after in zip(red, blue, strict=True)]
    return OrderFit(fmean(red), fmean(blue), len(gains), _t(gains))


def prefers(order: OrderFit, *, blue_first: bool) -> bool:
    """Whether a network is surer of itself with one order beyond what chance explains."""
    return (order.t if blue_first else -order.t) > _DECISIVE


def _t(gains: list[float]) -> float:
    gain, spread = fmean(gains), stdev(gains)
    if spread == 0.0:
        return 0.0 if gain == 0.0 else (inf if gain > 0 else -inf)
    return gain * sqrt(len(gains)) / spread
