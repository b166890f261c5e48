"""Poly-CAM: maps of several resolutions, each sharpened by the next finer one."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor
from torch.nn.functional import interpolate

from camviewer.engine.forward import Forward
from camviewer.engine.messages import Cost, MethodOption
from camviewer.engine.methods.masks import channel_masks, liveliest_channels
from camviewer.engine.methods.probe import Probe
from camviewer.engine.methods.registry import ClassMap, Effort, Group, Needs, Step, method

_TINY = 1e-12
_VARIANTS = ("both", "plus", "minus")


def _guessed_passes(effort: Effort) -> float:
    """Finer layers have about half the channels of the coarser one behind them."""
    levels, variant = int(effort.options["levels"]), effort.options["variant"]
    channels = effort.channels * sum(0.5**level for level in range(levels))
    return channels * (2.0 if variant == "both" else 1.0)


@method(
    "poly-cam",
    title="Poly-CAM",
    summary="A coarse Score-CAM, sharpened step by step by finer layers.",
    citation=(
        "Englebert, Cornu, De Vleeschouwer: Poly-CAM: High resolution class activation map for "
        "convolutional neural networks, ICPR 2022"
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
            "Weighed by the score when shown (plus), when hidden (minus), or both.",
            choices=_VARIANTS,
        ),
    ),
    passes=_guessed_passes,
    probes=True,
)
def poly_cam(probe: Probe, class_index: int, *, levels: int, variant: str) -> Iterator[Step]:
    """P_L = S_L; P_l = LN(S_l) * up(P_l+1); S = relu(sum_k w_k f_k), from the last grid to finer.

    w+ = relu(score(x * H_k) - score(0)), w- = relu(score(x) - score(x * (1 - H_k))); *both* adds
    them up. LN divides S_l by itself at the next coarser grid's resolution. The paper explains
    the probability; here it is the score that was chosen.
    """
    coarsest_first = last_layers_of_grids(probe)[:levels]
    forwards = probe.forwards(coarsest_first)
    signs = {"plus": (1,), "minus": (-1,), "both": (1, -1)}[variant]
    orders = {name: liveliest_channels(forwards[name].activations) for name in coarsest_first}
    count = max(sum(len(order) for order in orders.values()) * len(signs), 1)
    done, coarser = 0, None
    for name in coarsest_first:
        summed, size = None, forwards[name].activations.shape[1:]
        for sign in signs:
            for summed_now in _weighted(probe, forwards[name], orders[name], class_index, sign):
                done += summed_now[0]
                known = summed_now[1] if summed is None else summed + summed_now[1]
                yield min(done / count, 0.999), _shown(probe, name, _combined(known, coarser))
            summed = known
        assert summed is not None  # noqa: S101  (a layer has at least one step)
        coarser = _combined(summed, coarser)
        assert coarser.shape == size  # noqa: S101
    if coarser is not None:
        yield 1.0, _shown(probe, coarsest_first[-1], coarser)


def _weighted(
    probe: Probe, forward: Forward, order: Tensor, class_index: int, sign: int
) -> Iterator[tuple[int, Tensor]]:
    """(channels done now, sum over channels so far of w_k f_k)."""
    activations = forward.activations
    summed = torch.zeros_like(activations[0])
    if not len(order):
        yield 0, summed
        return
    ground = probe.picture if sign < 0 else torch.zeros_like(probe.picture)
    (_, before), *_ = probe.scores(1, lambda _: ground, class_index)

    def masked(numbers: range) -> Tensor:
        masks = channel_masks(activations[order[numbers.start : numbers.stop]], probe.picture)
        return probe.picture * (masks if sign > 0 else 1.0 - masks)

    for numbers, scores in probe.scores(len(order), masked, class_index):
        weights = (sign * (scores - before)).relu()
        chosen = activations[order[numbers.start : numbers.stop]]
        summed = summed + (weights[:, None, None] * chosen).sum(0)
        yield len(numbers), summed


def _combined(summed: Tensor, coarser: Tensor | None) -> Tensor:
    """A layer's sum, or that sum made local and laid over the coarser map."""
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
    lies = probe.surroundings.registration(layer, probe.placement, (rows, columns))
    return ClassMap(values, float(values.abs().max()), lies)


def last_layers_of_grids(probe: Probe) -> list[str]:
    """The last layer of each grid size, the coarsest first, from the tapped layer's on."""
    tapped = probe.forward.activations.shape[1:]
    grids = dict(probe.surroundings.layer_grids(probe.placement))
    found: dict[tuple[int, int], str] = {}
    for name, grid in grids.items():
        found[grid] = _outermost(name, grids)
    found[tapped[0], tapped[1]] = probe.forward.layer
    finer = [grid for grid in found if grid[0] * grid[1] >= tapped[0] * tapped[1]]
    finer.sort(key=lambda grid: grid[0] * grid[1])
    return [found[grid] for grid in finer]


def _outermost(name: str, grids: dict[str, tuple[int, int]]) -> str:
    """The outermost module that ends in this one's grid: with its shortcut added, for example."""
    parent = name.rpartition(".")[0]
    return _outermost(parent, grids) if parent and grids.get(parent) == grids[name] else name
