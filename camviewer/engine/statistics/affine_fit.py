"""Looks for any preprocessing that fits, to tell an unusual one from pictures of another kind.

Another mean or deviation moves and stretches what the first normalisation is fed, in one way for
all its channels. Pictures of another kind change some channels and leave others: edges, say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from camviewer.engine.statistics.check_result import IN_USE, Convention
from camviewer.engine.statistics.layer_fit import FirstNormalisation, Moments

_LEAST_STD = 1e-4
"""Smallest deviation that is proposed, on the scale 0 to 1."""


@dataclass(frozen=True)
class AffineFit:
    """The mean and deviation that fit best.

    Attributes:
        convention: with these numbers.
        divergence: at the first normalisation, in nats.
    """

    convention: Convention
    divergence: float


def fitted_convention(
    first: FirstNormalisation,
    raw: Tensor,
    start: Convention,
    fed: Callable[[Tensor, Convention], Tensor],
) -> AffineFit:
    """The mean of each channel and the common factor of the deviations that fit best.

    Args:
        first: the network's first normalisation.
        raw: pictures (N, C, h, w), RGB from 0 to 1.
        start: whose deviations are stretched.
        fed: what the network is fed of pictures by a convention.
    """
    found = _together(first.moments(fed(raw, start)))
    mean, variance = first.remembered
    stretch = float((variance / found.square.clamp_min(1e-12)).sqrt().median())
    # What one more in each input channel does to the mean of each channel of the layer.
    zero = torch.zeros_like(raw[:1])
    nothing = _together(first.moments(zero)).mean
    channels = raw.shape[1]
    ones = [_one_in(zero, channel) for channel in range(channels)]
    answers = torch.stack([_together(first.moments(one)).mean - nothing for one in ones], 1)
    missing = mean - (nothing + (found.mean - nothing) * stretch)
    weight = variance.clamp_min(1e-12).rsqrt()
    shift = torch.linalg.lstsq(answers * weight[:, None], (missing * weight)[:, None]).solution
    convention = _moved(start, stretch, shift.flatten().tolist())
    divergence = first.divergence(_together(first.moments(fed(raw, convention))))
    return AffineFit(convention, divergence)


def _together(moments: list[Moments]) -> Moments:
    total = moments[0]
    for each in moments[1:]:
        total = total + each
    return total


def _one_in(zero: Tensor, channel: int) -> Tensor:
    one = zero.clone()
    one[:, channel] = 1.0
    return one


def _moved(start: Convention, stretch: float, shifts: list[float]) -> Convention:
    """What stretches and shifts the input of a convention so."""
    shifts = shifts * 3 if len(shifts) == 1 else shifts
    shifts = shifts[::-1] if start.blue_first else shifts
    stds = [max(std / stretch, _LEAST_STD) for std in start.std]
    means = [mean - shift * std for mean, shift, std in zip(start.mean, shifts, stds, strict=True)]
    red, green, blue = means
    red_std, green_std, blue_std = stds
    return Convention(IN_USE, (red, green, blue), (red_std, green_std, blue_std), start.blue_first)
