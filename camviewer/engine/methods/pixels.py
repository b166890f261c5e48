"""Attributes a score to input pixels by plain gradients, integrated or averaged over noise.

Maps have a cell for each input pixel: the sum over the input's channels, whatever their number.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch

from camviewer.engine.methods.core.input_gradients import (
    PASS_WITH_GRADIENT,
    input_gradient,
    over_channels,
    pixel_method,
)
from camviewer.engine.methods.core.noise import NOISE_SEED, noisy
from camviewer.engine.methods.core.probe import Probe
from camviewer.engine.methods.core.registry import ClassMap, Step
from camviewer.engine.results.messages import Cost, MethodOption
from camviewer.engine.results.notes import Note, NoteKind, Severity

_GOLDEN = 0.6180339887
_INCOMPLETE = 0.05
"""Minimum difference between the sum over pixels and the score's rise, as a share of the rise, that
is reported in a note."""


@pixel_method(
    "input-x-gradient",
    title="Input × gradient",
    summary="Each pixel's value times what the score gains by raising it.",
    citation=(
        "Shrikumar, Greenside, Shcherbina, Kundaje: Not Just a Black Box: Learning Important "
        "Features Through Propagating Activation Differences, 2016"
    ),
    cost=Cost.FAST,
    unit="logit",
)
def input_x_gradient(probe: Probe, class_index: int) -> ClassMap:
    """M(x, y) = sum over channels c of v_c(x, y) d score / d v_c(x, y), v the normalised input."""
    (gradient,) = input_gradient(probe, class_index)
    return over_channels(probe.picture[0] * gradient)


@pixel_method(
    "integrated-gradients",
    title="Integrated gradients",
    summary="Each pixel's share of the score's rise between the mean colour and the picture.",
    citation="Sundararajan, Taly, Yan: Axiomatic Attribution for Deep Networks, ICML 2017",
    cost=Cost.FAST,
    unit="logit",
    options=(MethodOption("steps", "Steps", 50, "Points on the way.", 2, 1000),),
    passes=lambda effort: PASS_WITH_GRADIENT * float(effort.options["steps"]),
)
def integrated_gradients(probe: Probe, class_index: int, *, steps: int) -> Iterator[Step]:
    """M(x, y) = sum over channels c of v_c(x, y) integral over a in 0 to 1 of d score(a v) / d v_c.

    The way begins at 0, the mean colour of the training set. The integral is a Gauss-Legendre sum,
    as in captum. The sum over all pixels is score(v) - score(0), up to the error of that sum, which
    is named where it exceeds a twentieth.
    """
    picture = probe.picture
    places, weights = np.polynomial.legendre.leggauss(steps)
    # Points from all over the way come first, so that a map that is stopped early is a rough one.
    order = sorted(range(steps), key=lambda number: (number * _GOLDEN) % 1.0)
    summed, done = torch.zeros_like(picture[0]), 0.0
    for number, step in enumerate(order, start=1):
        share = float(places[step] + 1.0) / 2.0
        (gradient,) = input_gradient(probe, class_index, share * picture)
        summed += float(weights[step]) / 2.0 * gradient
        done += float(weights[step]) / 2.0
        attributed = picture[0] * summed / done
        notes = _incomplete(probe, class_index, float(attributed.sum())) if number == steps else ()
        yield number / steps, over_channels(attributed, notes)


def _incomplete(probe: Probe, class_index: int, total: float) -> tuple[Note, ...]:
    """A note if the pixels do not add up to the score's rise."""
    ends = torch.cat([probe.picture, torch.zeros_like(probe.picture)])
    found = torch.cat([s for _, s in probe.scores(2, lambda rows: ends[rows], class_index)])
    rise = float(found[0] - found[1])
    if abs(total - rise) <= _INCOMPLETE * max(abs(rise), 1e-6):
        return ()
    text = f"Pixels add up to {total:.3g}, not to the score's rise of {rise:.3g}: take more steps."
    return (Note(NoteKind.METHOD, text, Severity.WARNING),)


@pixel_method(
    "smoothgrad",
    title="SmoothGrad",
    summary="What the score gains by raising a pixel, averaged over noisy copies of the picture.",
    citation=(
        "Smilkov, Thorat, Kim, Viégas, Wattenberg: SmoothGrad: removing noise by adding noise, 2017"
    ),
    cost=Cost.FAST,
    unit="gradient",
    options=(
        MethodOption("samples", "Samples", 50, "Noisy copies of the picture.", 1, 1000),
        MethodOption(
            "deviation", "Noise", 0.15, "Of the noise, as a share of the input's range.", 0.0, 1.0
        ),
        NOISE_SEED,
    ),
    passes=lambda effort: PASS_WITH_GRADIENT * float(effort.options["samples"]),
)
def smoothgrad(
    probe: Probe, class_index: int, *, samples: int, deviation: float, seed: int
) -> Iterator[Step]:
    """M(x, y) = sum over channels c of the mean over noise n of d score(v + n) / d v_c(x, y).

    n is normal with a deviation that is a share of max v - min v, as in the paper. Its figures show
    sizes of gradients; this map keeps their signs.
    """
    picture, generator = probe.picture, probe.generator(seed)
    spread = deviation * float(picture.max() - picture.min())
    summed = torch.zeros_like(picture[0])
    for number in range(1, samples + 1):
        (gradient,) = input_gradient(probe, class_index, noisy(picture, spread, generator))
        summed += gradient
        yield number / samples, over_channels(summed / number)
