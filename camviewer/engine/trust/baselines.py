"""Makes baselines for removed pixels: a blurred picture, the mean colour, or black."""

from __future__ import annotations

import torch
import torch.nn.functional as F  # noqa: N812  (torch's own abbreviation)
from torch import Tensor

from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.network.input_tensor import in_order
from camviewer.engine.trust.messages import Baseline

_BLUR = 1 / 16
"""Sigma of the blur, as a share of the input's shorter side: 14 of 224 pixels."""

_REACH = 3.0
"""Radius of the blur's kernel, in sigmas."""


def baseline_picture(picture: Tensor, baseline: Baseline, recipe: Recipe) -> Tensor:
    """A baseline (C, h, w), without the evidence that a map should find.

    Args:
        picture: (C, h, w), normalised by the recipe.
        baseline: which one.
        recipe: defines the value of black after normalising.
    """
    if baseline is Baseline.BLUR:
        return blurred(picture)
    if baseline is Baseline.MEAN:
        return picture.mean((1, 2), keepdim=True).expand_as(picture)
    black = [
        -mean / std for mean, std in zip(recipe.channel_means, recipe.channel_stds, strict=True)
    ]
    colour = picture.new_tensor(black)[None, :, None, None]
    return in_order(colour, recipe)[0].expand_as(picture)


def blurred(picture: Tensor) -> Tensor:
    """(C, h, w) under a Gaussian of a sixteenth of the shorter side, edges repeated."""
    sigma = min(picture.shape[1:]) * _BLUR
    reach = max(int(_REACH * sigma), 1)
    offsets = torch.arange(-reach, reach + 1, device=picture.device, dtype=picture.dtype)
    bell = torch.exp(-0.5 * (offsets / sigma) ** 2)
    bell = bell / bell.sum()
    planes = F.pad(picture[:, None], (reach, reach, reach, reach), mode="replicate")
    planes = F.conv2d(planes, bell[None, None, :, None])
    return F.conv2d(planes, bell[None, None, None, :])[:, 0]
