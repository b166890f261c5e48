"""Weights channels by the score of the picture under each channel's mask: Score-CAM and others."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import torch
from torch import Tensor

from camviewer.engine.methods.core.masks import channel_masks, channels_by_range
from camviewer.engine.methods.core.noise import NOISE_SEED, noisy
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
"""Multiplier of the seed; because consecutive seeds must not share noise. It is a prime."""


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

    H_k is f_k, enlarged to the input size and scaled to 0 to 1; constant channels have no mask and
    get no weight. The paper subtracts score(0) from every score, which softmax cancels.
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
        NOISE_SEED,
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

    def noisy_mask(mask: Tensor, number: int) -> Tensor:
        # Each mask has its own generator, so the noise does not depend on the batch size.
        generator = probe.generator((seed * _PRIME + number) % 2**32)
        return noisy(mask, deviation, generator)

    return _masked_scores(probe, class_index, samples, noisy_mask)


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

    The factors n/N are those of the first author's published code. The paper prints the sum of the
    factors before n in place of n/N, which ends at 4.5 times the masked picture for N = 10, far
    outside the range of pictures.
    """
    return _masked_scores(
        probe, class_index, samples, lambda mask, number: mask * (number % samples + 1) / samples
    )


def _masked_scores(
    probe: Probe, class_index: int, samples: int, change: Callable[[Tensor, int], Tensor]
) -> Iterator[Step]:
    """Maps of the channels evaluated up to now; those with the widest range come first."""
    activations = probe.forward.activations
    order = channels_by_range(activations)
    if not len(order):
        yield 1.0, ClassMap(torch.zeros_like(activations[0]), 0.0)
        return
    total = torch.zeros(len(order), dtype=activations.dtype, device=activations.device)
    count = len(order) * samples

    def masked(numbers: range) -> Tensor:
        # All samples of a channel are consecutive, so a partial map can follow each channel.
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
