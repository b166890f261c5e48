"""Explains by changing a layer's activations and measuring the change of the class score."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor

from camviewer.engine.methods.core.masks import channels_by_range
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

_GAUSSIAN = ((1, 2, 1), (2, 4, 2), (1, 2, 1))
"""The 3 x 3 kernel of the paper; it is divided by 4, so that the centre has weight 1."""


def _one_pass_a_channel(effort: Effort) -> float:
    return effort.from_the_layer(effort.channels)


def _one_pass_a_cell(effort: Effort) -> float:
    return effort.from_the_layer(effort.cells)


@method(
    "ablation-cam",
    title="Ablation-CAM",
    summary="Weighs each channel by how much the score falls without it.",
    citation=(
        "Desai, Ramaswamy: Ablation-CAM: Visual Explanations for Deep Convolutional Network via "
        "Gradient-free Localization, WACV 2020"
    ),
    cost=Cost.SLOW,
    needs=Needs.ACTIVATIONS,
    unit="logit",
    group=Group.PERTURBATION,
    passes=_one_pass_a_channel,
    probes=True,
)
def ablation_cam(probe: Probe, class_index: int) -> Iterator[Step]:
    """M = sum_k (y - y_k) f_k, y_k the score with channel k set to 0.

    The paper divides all weights by y. This version does not, because the quotient loses its
    meaning when y is near 0 or negative. Only the tail network runs, and it is skipped for a
    channel of zeros.
    """
    activations = probe.forward.activations
    alive = torch.nonzero(activations.flatten(1).abs().amax(1) > 0).flatten()
    strength = activations[alive].abs().flatten(1).sum(1)
    order = alive[strength.argsort(descending=True, stable=True)]
    whole = probe.score_from_layer(activations, class_index)
    weights = torch.zeros(len(activations), dtype=whole.dtype, device=whole.device)
    if not len(order):
        yield 1.0, weighted_sum(weights, activations)

    def without(numbers: range) -> Tensor:
        changed = activations.repeat(len(numbers), 1, 1, 1)
        changed[torch.arange(len(numbers)), order[numbers.start : numbers.stop]] = 0.0
        return changed

    for numbers, scores in probe.scores_from_layer(len(order), without, class_index):
        weights[order[numbers.start : numbers.stop]] = whole - scores
        yield numbers.stop / len(order), weighted_sum(weights, activations)


@method(
    "recipro-cam",
    title="Recipro-CAM",
    summary="Keeps one cell of the layer at a time and looks at the score.",
    citation="Byun, Lee: Recipro-CAM: Fast gradient-free visual explanations, 2022",
    cost=Cost.FAST,
    needs=Needs.ACTIVATIONS,
    unit="logit",
    group=Group.PERTURBATION,
    options=(
        MethodOption(
            "soft", "Soft", True, "Keep half of the neighbouring cells as well, as the paper does."
        ),
    ),
    passes=_one_pass_a_cell,
    probes=True,
)
def recipro_cam(probe: Probe, class_index: int, *, soft: bool) -> Iterator[Step]:
    """M(i, j) = score(f * G_ij) - score(0), G_ij a 3 x 3 Gaussian with 1 in cell (i, j).

    score(0) is the score with all activations set to 0, the same for all cells. Without ``soft``
    G_ij is 1 in its cell and 0 elsewhere.
    """
    activations = probe.forward.activations
    rows, columns = activations.shape[1:]
    kernel = torch.tensor(_GAUSSIAN if soft else ((0, 0, 0), (0, 4, 0), (0, 0, 0))) / 4.0
    kernel = kernel.to(activations)
    ground = probe.score_from_layer(torch.zeros_like(activations), class_index)
    values = ground.new_zeros(rows * columns)

    def kept(numbers: range) -> Tensor:
        masks = activations.new_zeros((len(numbers), rows + 2, columns + 2))
        for mask, cell in zip(masks, numbers, strict=True):
            row, column = divmod(cell, columns)
            mask[row : row + 3, column : column + 3] = kernel
        return activations * masks[:, None, 1:-1, 1:-1]

    for numbers, scores in probe.scores_from_layer(rows * columns, kept, class_index):
        values[numbers.start : numbers.stop] = scores - ground
        shown = values.reshape(rows, columns).clone()
        yield numbers.stop / len(values), ClassMap(shown, float(values.abs().max()))


@method(
    "opti-cam",
    title="Opti-CAM",
    summary="Searches the mix of channels that, shown alone, scores highest.",
    citation=(
        "Zhang, Torres, Sicre, Avrithis, Ayache: Opti-CAM: Optimizing saliency maps for "
        "interpretability, CVIU 2024"
    ),
    cost=Cost.SLOW,
    needs=Needs.GRADIENTS,
    unit="logit",
    group=Group.PERTURBATION,
    options=(
        MethodOption("steps", "Steps", 50, "Of the search; the paper takes 100.", 1, 1000),
        MethodOption("rate", "Rate", 0.1, "How far a step goes.", 0.001, 10.0),
    ),
    passes=lambda effort: 3.0 * effort.options["steps"],
    probes=True,
)
def opti_cam(probe: Probe, class_index: int, *, steps: int, rate: float) -> Iterator[Step]:
    """M = sum_k softmax(u)_k f_k, u = argmax score(x * H(M)) by Adam from u = 0.

    H enlarges a map to the input size and scales it to 0 to 1. Constant channels do not change
    H(M) and are left out, because rounding alone would decide their weight in M.
    """
    activations = probe.forward.activations
    activations = activations[channels_by_range(activations)]
    if not len(activations):
        yield 1.0, ClassMap(torch.zeros_like(probe.forward.activations[0]), 0.0)
        return
    with torch.enable_grad():
        mix = activations.new_zeros(len(activations)).requires_grad_()
        optimiser = torch.optim.Adam([mix], lr=rate)
    best, best_score = weighted_sum(mix.detach().softmax(0), activations), -torch.inf
    for step in range(steps):
        with torch.enable_grad():
            found = (mix.softmax(0)[:, None, None] * activations).sum(0)
            score = probe.score_of_masked(found, class_index)
            optimiser.zero_grad()
            (-score).backward(inputs=[mix])  # type: ignore[no-untyped-call]
        if float(score.detach()) > best_score and not probe.is_flat(found):
            best = weighted_sum(mix.detach().softmax(0), activations)
            best_score = float(score.detach())
        optimiser.step()
        yield (step + 1) / steps, best
