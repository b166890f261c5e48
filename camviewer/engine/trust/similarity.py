"""Computes the structural similarity (SSIM) of two maps."""

from __future__ import annotations

import torch
import torch.nn.functional as F  # noqa: N812  (torch's own abbreviation)
from torch import Tensor

_WINDOW = 7
_STEADY = (0.01**2, 0.03**2)


def structural(left: Tensor, right: Tensor) -> float:
    """SSIM of two maps (h, w) in 0 to 1, with a uniform window of 7 pixels, without the edges.

    Wang, Bovik, Sheikh, Simoncelli: Image Quality Assessment, IEEE TIP 2004.
    """
    a, b = left.double()[None, None], right.double()[None, None]

    def mean(values: Tensor) -> Tensor:
        return F.avg_pool2d(values, _WINDOW, stride=1)

    mean_a, mean_b = mean(a), mean(b)
    spread_a, spread_b = mean(a * a) - mean_a**2, mean(b * b) - mean_b**2
    shared = mean(a * b) - mean_a * mean_b
    light, contrast = _STEADY
    above = (2 * mean_a * mean_b + light) * (2 * shared + contrast)
    below = (mean_a**2 + mean_b**2 + light) * (spread_a + spread_b + contrast)
    return float(torch.mean(above / below))
