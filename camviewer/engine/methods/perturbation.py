"""Methods that weigh a layer's channels by what happens when they are shown or taken away."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor
from torch.nn.functional import interpolate

from camviewer.engine.messages import Cost
from camviewer.engine.methods.probe import Probe
from camviewer.engine.methods.registry import (
    ClassMap,
    Effort,
    Group,
    Needs,
    Step,
    method,
    weighted_sum,
)


def _one_pass_a_channel(effort: Effort) -> float:
    return effort.channels


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
    """M = sum_k a_k f_k, a = softmax over channels of score(x * H_k) - score(0).

    H_k is f_k, enlarged to the input and brought to 0 to 1; a channel that is the same in every
    cell has none and weighs nothing.
    """
    activations = probe.forward.activations
    flat = activations.flatten(1)
    low, high = flat.amin(1), flat.amax(1)
    lively = torch.nonzero(high > low).flatten()
    order = lively[(high - low)[lively].argsort(descending=True)]
    scores = torch.empty(len(order), dtype=activations.dtype, device=activations.device)

    def masked(numbers: range) -> Tensor:
        chosen = order[numbers.start : numbers.stop]
        small = activations[chosen, None]
        large = interpolate(small, probe.picture.shape[2:], mode="bilinear", align_corners=False)
        low = large.amin((2, 3), keepdim=True)
        spread = large.amax((2, 3), keepdim=True) - low
        return probe.picture * (large - low) / spread

    for numbers, found in probe.scores(len(order), masked, class_index):
        scores[numbers.start : numbers.stop] = found
        known = order[: numbers.stop]
        weights = scores[: numbers.stop].softmax(0)
        yield numbers.stop / len(order), weighted_sum(weights, activations[known])
    if not len(order):
        yield 1.0, ClassMap(torch.zeros_like(activations[0]), 0.0)
