"""Averages gradients over noisy copies of the picture: Smooth Grad-CAM++, Expected Grad-CAM."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor
from torch.nn.functional import avg_pool2d, pad

from camviewer.engine.methods.core.noise import NOISE_SEED, noisy
from camviewer.engine.methods.core.probe import Probe
from camviewer.engine.methods.core.registry import Effort, Group, Needs, Step, method, weighted_sum
from camviewer.engine.results.messages import Cost, MethodOption

_GRADIENT_PASS = 2.0
"""Cost of a pass with a gradient, in passes without one."""


def _a_gradient_each(effort: Effort) -> float:
    return _GRADIENT_PASS * float(effort.options["samples"])


@method(
    "smooth-grad-cam++",
    title="Smooth Grad-CAM++",
    summary="Grad-CAM++ with gradients averaged over noisy copies of the picture.",
    citation=(
        "Omeiza, Speakman, Cintas, Weldemariam: Smooth Grad-CAM++: An Enhanced Inference Level "
        "Visualization Technique for Deep Convolutional Neural Network Models, 2019"
    ),
    cost=Cost.FAST,
    needs=Needs.GRADIENTS,
    unit="logit",
    group=Group.GRADIENT,
    options=(
        MethodOption("samples", "Samples", 16, "Noisy copies of the picture.", 1, 1000),
        MethodOption("deviation", "Noise", 0.3, "Of the noise, in normalised input.", 0.0, 10.0),
        NOISE_SEED,
    ),
    passes=_a_gradient_each,
    probes=True,
)
def smooth_grad_cam_plus_plus(
    probe: Probe, class_index: int, *, samples: int, deviation: float, seed: int
) -> Iterator[Step]:
    """M = sum_k w_k f_k, w_k = sum_xy a_k relu(D1), a_k = D2 / (2 D2 + D3 sum_xy f_k).

    Dp is the mean over noisy pictures of g_k^p. As in Grad-CAM++ the score is thought of as
    exp(logit), whose derivatives are powers of g_k times one factor for all; the numerator is
    D2 as there (the paper prints D1, which its own derivation does not give).
    """
    activations, generator = probe.forward.activations, probe.generator(seed)
    total = activations.sum((1, 2), keepdim=True)
    sums = [torch.zeros_like(activations) for _ in range(3)]
    passes = probe.passes(samples, lambda _number: noisy(probe.picture, deviation, generator))
    for number, forward in enumerate(passes, start=1):
        gradient = forward.gradients(class_index)
        sums = [each + gradient**power for power, each in enumerate(sums, start=1)]
        first, second, third = (each / number for each in sums)
        below = 2 * second + third * total
        share = torch.where(below != 0, second / torch.where(below != 0, below, 1.0), 0.0)
        yield number / samples, weighted_sum((share * first.relu()).sum((1, 2)), activations)


@method(
    "expected-grad-cam",
    title="Expected Grad-CAM",
    summary=(
        "Grad-CAM with gradients averaged on the way from blurred, noisy copies. "
        "Which copies is this program's choice."
    ),
    citation=(
        "after Buono, Mashhadi, Rahat, Tiwari, Byttner: Expected Grad-CAM: Towards gradient "
        "faithfulness, 2024, and Buono et al.: Not All CAMs Are Complete: Completeness as the Key "
        "to Faithfulness, TMLR 2026; the reference pictures and their smoothing are this "
        "program's choice"
    ),
    cost=Cost.FAST,
    needs=Needs.GRADIENTS,
    unit="logit",
    group=Group.GRADIENT,
    options=(
        MethodOption("samples", "Samples", 16, "Points on the way.", 1, 1000),
        MethodOption("deviation", "Noise", 0.3, "Of the noise, in normalised input.", 0.0, 10.0),
        MethodOption("blur", "Blur", 31, "Side of the blur in input pixels, odd.", 1, 255),
        NOISE_SEED,
    ),
    passes=lambda effort: 2 * _a_gradient_each(effort),
    probes=True,
)
def expected_grad_cam(
    probe: Probe, class_index: int, *, samples: int, deviation: float, blur: int, seed: int
) -> Iterator[Step]:
    """M = sum_k w_k f_k, w_k = mean over cells of E[(f_k(x) - f_k(x')) g_k(x' + a (x - x'))].

    x' is the blurred picture with normal noise; a is uniform in 0 to 1. The paper asks for a
    smoothed expectation of perturbed integrated gradients, and this is one. The distribution of
    x' and the blur kernel are our choice and were not compared with the authors' code.
    """
    activations, generator = probe.forward.activations, probe.generator(seed)
    smooth = _blurred(probe.picture, blur)
    sums = activations.new_zeros(len(activations))

    def points() -> Iterator[Tensor]:
        for _ in range(samples):
            reference = noisy(smooth, deviation, generator)
            yield reference
            way = float(torch.rand((), generator=generator))
            yield reference + way * (probe.picture - reference)

    inputs = points()
    passes = probe.passes(2 * samples, lambda _: next(inputs))
    for number in range(1, samples + 1):
        difference = activations - next(passes).activations
        gradient = next(passes).gradients(class_index)
        sums += (difference * gradient).mean((1, 2))
        yield number / samples, weighted_sum(sums / number, activations)


def _blurred(picture: Tensor, side: int) -> Tensor:
    """Mean over a square of ``side`` pixels (the next odd number), edges repeated."""
    reach = min(side // 2, *(length - 1 for length in picture.shape[2:]))
    padded = pad(picture, (reach, reach, reach, reach), mode="replicate")
    return avg_pool2d(padded, 2 * reach + 1, stride=1)
