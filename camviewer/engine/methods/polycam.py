"""Implements Poly-CAM, which sharpens a coarse map by the maps of ever finer layers."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor
from torch.nn.functional import interpolate

from camviewer.engine.methods.core.masks import channel_masks, channels_by_range
from camviewer.engine.methods.core.probe import Probe
from camviewer.engine.methods.core.registry import ClassMap, Effort, Group, Needs, Step, method
from camviewer.engine.network.forward import Forward
from camviewer.engine.results.messages import Cost, MethodOption

_TINY = 1e-12
_VARIANTS = ("both", "plus", "minus")


def _guessed_passes(effort: Effort) -> float:
    """Estimates the passes: a finer layer has about half the channels of the next coarser one."""
    levels, variant = int(effort.options["levels"]), effort.options["variant"]
    channels = effort.channels * sum(0.5**level for level in range(levels))
    return channels * (2.0 if variant == "both" else 1.0)


@method(
    "poly-cam",
    title="Poly-CAM",
    summary="A coarse Score-CAM, sharpened step by step by finer layers.",
    citation=(
        "Englebert, Cornu, De Vleeschouwer: Poly-CAM: High resolution class activation map for "
        "convolutional neural networks, Machine Vision and Applications 2024 "
        "(doi 10.1007/s00138-024-01567-7; arXiv:2204.13359, 2022)"
    ),
    cost=Cost.SLOW,
    needs=Needs.ACTIVATIONS,
    unit="",
    group=Group.SEVERAL_LAYERS,
    fixed_layer="last of each grid",
    options=(
        MethodOption("levels", "Grids", 2, "How many grids, from the coarsest on.", 1, 5),
        MethodOption(
            "variant",
            "Channels",
            "plus",
            "Weighed by the score when shown (plus), when hidden (minus), or both together.",
            choices=_VARIANTS,
        ),
    ),
    passes=_guessed_passes,
    probes=True,
)
def poly_cam(probe: Probe, class_index: int, *, levels: int, variant: str) -> Iterator[Step]:
    """P_L = S_L; P_l = LN(S_l) * up(P_l+1); S = relu(sum_k w_k f_k), from the last grid to finer.

    w_k = relu(t_k): *plus* has t+ = score(x * H_k) - score(0), *minus* has
    t- = score(x) - score(x * (1 - H_k)), and *both* has t+ + t-, of which either may be negative.
    LN divides S_l by its copy at the resolution of the next coarser grid. The authors explain the
    probability without score(0). This version explains the chosen score and subtracts score(0),
    as Score-CAM does, because a logit may be negative. Partial maps of *both* use t+ for channels
    whose t- is not known yet.
    """
    coarsest_first = last_layers_of_grids(probe)[:levels]
    forwards = probe.forwards(coarsest_first)
    signs = {"plus": (1,), "minus": (-1,), "both": (1, -1)}[variant]
    orders = {name: channels_by_range(forwards[name].activations) for name in coarsest_first}
    count = max(sum(len(order) for order in orders.values()) * len(signs), 1)
    done, coarser = 0, None
    for name in coarsest_first:
        summed = torch.zeros_like(forwards[name].activations[0])
        for just_done, summed in _sums(probe, forwards[name], orders[name], class_index, signs):
            done += just_done
            yield min(done / count, 0.999), _shown(probe, name, _combined(summed, coarser))
        coarser = _combined(summed, coarser)
    if coarser is not None:
        yield 1.0, _shown(probe, coarsest_first[-1], coarser)


def _sums(
    probe: Probe, forward: Forward, order: Tensor, class_index: int, signs: tuple[int, ...]
) -> Iterator[tuple[int, Tensor]]:
    """(channels done now, sum over channels of w_k f_k with the terms known so far)."""
    if not len(order):
        return
    activations = forward.activations
    terms = activations.new_zeros(len(activations))
    for sign in signs:
        for channels, found in _terms(probe, activations, order, class_index, sign):
            terms[channels] += found
            summed = terms.relu() @ activations.flatten(1)
            yield len(channels), summed.reshape(activations.shape[1:])


def _terms(
    probe: Probe, activations: Tensor, order: Tensor, class_index: int, sign: int
) -> Iterator[tuple[Tensor, Tensor]]:
    """Channels, and what each adds when it alone is shown (1), or takes away when hidden (-1)."""
    ground = probe.picture if sign < 0 else torch.zeros_like(probe.picture)
    (_, before), *_ = probe.scores(1, lambda _: ground, class_index)

    def masked(numbers: range) -> Tensor:
        masks = channel_masks(activations[order[numbers.start : numbers.stop]], probe.picture)
        return probe.picture * (masks if sign > 0 else 1.0 - masks)

    for numbers, scores in probe.scores(len(order), masked, class_index):
        yield order[numbers.start : numbers.stop], sign * (scores - before)


def _combined(summed: Tensor, coarser: Tensor | None) -> Tensor:
    """A layer's sum; with a coarser map, the locally normalised sum times the enlarged map."""
    positive = summed.relu()
    if coarser is None:
        return positive
    size = positive.shape
    smooth = _resized(_resized(positive, coarser.shape), size)
    return (positive / smooth.clamp_min(_TINY)) * _resized(coarser, size).relu()


def _resized(values: Tensor, size: torch.Size) -> Tensor:
    return interpolate(values[None, None], size, mode="bilinear", align_corners=False)[0, 0]


def _shown(probe: Probe, layer: str, values: Tensor) -> ClassMap:
    rows, columns = values.shape
    registration = probe.context.registration(layer, probe.placement, (rows, columns))
    return ClassMap(values, float(values.abs().max()), registration)


def last_layers_of_grids(probe: Probe) -> list[str]:
    """The last layer of each grid size, coarsest first, starting at the tapped layer."""
    tapped = probe.forward.activations.shape[1:]
    grids = dict(probe.context.layer_grids(probe.placement))
    found: dict[tuple[int, int], str] = {}
    for name, grid in grids.items():
        found[grid] = _outermost(name, grids)
    found[tapped[0], tapped[1]] = probe.forward.layer
    finer = [grid for grid in found if grid[0] * grid[1] >= tapped[0] * tapped[1]]
    finer.sort(key=lambda grid: grid[0] * grid[1])
    return [found[grid] for grid in finer]


def _outermost(name: str, grids: dict[str, tuple[int, int]]) -> str:
    """The outermost module that ends in this one's grid, for example the whole residual block."""
    parent = name.rpartition(".")[0]
    return _outermost(parent, grids) if parent and grids.get(parent) == grids[name] else name
