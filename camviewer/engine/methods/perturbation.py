"""Methods that weigh a layer's channels by what happens when only they are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import torch
from torch import Tensor

from camviewer.engine.methods.core.masks import channel_masks, channels_by_range
from camviewer.engine.methods.core.probe import Probe
from camviewer.engine.methods.core.registry import (
    ClassMap,
    Effort,
    Group,
    Needs,
    Step,
    method,
    weighted_sum,
)
from camviewer.engine.results.messages import Cost, MethodOption

_PRIME = 1_000_003
"""Keeps the noise of neighbouring seeds apart: torch's source takes 32 bits."""


def _one_pass_a_channel(effort: Effort) -> float:
    return effort.channels


def _samples_a_channel(effort: Effort) -> float:
    return float(effort.channels * effort.options["samples"])


@method(
    "score-cam",
    title="Score-CAM",
    summary="Shows the network only what a channel sees, and weighs channels by the score.",
    citation=(
        "Wang, Wang, Du, Yang, Zhang, Ding, Mardziel, Hu: Score-CAM: Score-Weighted Visual "
        "Explanations for Convolutional Neural Networks, CVPR Workshops 2020"
    ),
    cost=Cost.SLOW,
    needs=Needs.ACTIVATIONS,
    unit="logit",
    group=Group.PERTURBATION,
    passes=_one_pass_a_channel,
    probes=True,
)
def score_cam(probe: Probe, class_index: int) -> Iterator[Step]:
    """M = sum_k a_k f_k, a = softmax over channels of score(x * H_k).

    H_k is f_k, enlarged to the input and brought to 0 to 1; a channel that is the same in every
    cell has none and weighs nothing. The paper takes score(0) off, the same for all channels,
    which softmax does not see.
    """
    return _masked_scores(probe, class_index, 1, lambda mask, _number: mask)


@method(
    "ss-cam",
    title="SS-CAM",
    summary="Score-CAM averaged over noise, so that single pixels decide less.",
    citation=(
        "Wang, Naidu, Michael, Kundu: SS-CAM: Smoothed Score-CAM for Sharper Visual Feature "
        "Localization, 2020"
    ),
    cost=Cost.SLOW,
    needs=Needs.ACTIVATIONS,
    unit="logit",
    group=Group.PERTURBATION,
    options=(
        MethodOption("samples", "Samples", 5, "Noisy masks of each channel.", 1, 100),
        MethodOption(
            "deviation", "Noise", 0.5, "Of the noise, next to the masks' 0 to 1.", 0.0, 10.0
        ),
        MethodOption("seed", "Seed", 0, "Of the noise.", 0, 2**31 - 1),
    ),
    passes=_samples_a_channel,
    probes=True,
)
def ss_cam(
    probe: Probe, class_index: int, *, samples: int, deviation: float, seed: int
) -> Iterator[Step]:
    """M = sum_k a_k f_k, a = softmax over channels of mean over n of score(x * (H_k + e_kn)).

    The noise e is normal, added to the mask of every pixel (the paper's first variant).
    """

    def noisy(mask: Tensor, number: int) -> Tensor:
        # A source of its own for each mask: the noise does not depend on the batches.
        generator = probe.generator((seed * _PRIME + number) % 2**32)
        return mask + deviation * torch.randn(mask.shape, generator=generator).to(mask)

    return _masked_scores(probe, class_index, samples, noisy)


@method(
    "is-cam",
    title="IS-CAM",
    summary="Score-CAM that lets each channel's view come in step by step.",
    citation=(
        "Naidu, Ghosh, Maurya, Nayak, Kundu: IS-CAM: Integrated Score-CAM for axiomatic-based "
        "explanations, 2020"
    ),
    cost=Cost.SLOW,
    needs=Needs.ACTIVATIONS,
    unit="logit",
    group=Group.PERTURBATION,
    options=(MethodOption("samples", "Steps", 10, "From the empty picture to the mask.", 1, 100),),
    passes=_samples_a_channel,
    probes=True,
)
def is_cam(probe: Probe, class_index: int, *, samples: int) -> Iterator[Step]:
    """M = sum_k a_k f_k, a = softmax over channels of mean over n = 1..N of score(x * H_k n/N).

    The steps n/N are those of the first author's published code. The paper prints the sum of the
    steps before n in place of n/N, which for N = 10 ends at 4.5 times the masked picture: brighter
    than white, and nothing that a network has learnt to look at.
    """
    return _masked_scores(
        probe, class_index, samples, lambda mask, number: mask * (number % samples + 1) / samples
    )


def _masked_scores(
    probe: Probe, class_index: int, samples: int, change: Callable[[Tensor, int], Tensor]
) -> Iterator[Step]:
    """Channels weighed by the softmax of their masks' mean scores, the liveliest first."""
    activations = probe.forward.activations
    order = channels_by_range(activations)
    if not len(order):
        yield 1.0, ClassMap(torch.zeros_like(activations[0]), 0.0)
        return
    total = torch.zeros(len(order), dtype=activations.dtype, device=activations.device)
    count = len(order) * samples

    def masked(numbers: range) -> Tensor:
        # All samples of a channel follow each other, so that a map can be made after each.
        chosen = [number // samples for number in numbers]
        first, last = chosen[0], chosen[-1]
        masks = channel_masks(activations[order[first : last + 1]], probe.picture)
        each = [
            change(masks[channel - first], number)
            for channel, number in zip(chosen, numbers, strict=True)
        ]
        return probe.picture * torch.stack(each)

    for numbers, found in probe.scores(count, masked, class_index):
        channels = torch.arange(numbers.start, numbers.stop, device=total.device) // samples
        total.index_add_(0, channels, found / samples)
        done = numbers.stop // samples
        if done:
            weights = total[:done].softmax(0)
            yield numbers.stop / count, weighted_sum(weights, activations[order[:done]])
