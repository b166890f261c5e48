"""Averages the maps of enlarged, mirrored or shifted copies of a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import torch
from torch import Tensor

from camviewer.engine.geometry.cell_grid import GridGeometry, Registration, grid_geometry
from camviewer.engine.geometry.geometry import Box, Placement, place
from camviewer.engine.methods.core.probe import Probe
from camviewer.engine.methods.core.registry import (
    ClassMap,
    Effort,
    Group,
    Needs,
    Step,
    find_method,
    method,
)
from camviewer.engine.methods.core.resampling import sampled
from camviewer.engine.network import forward as passes
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.forward import Forward
from camviewer.engine.results.messages import Cost, MethodOption

_BASES = ("grad-cam", "grad-cam++", "hirescam", "xgrad-cam", "layercam", "grad-cam-elementwise")
_BASE = MethodOption("base", "Maps by", _BASES[0], "How each single map is made.", choices=_BASES)
_DETAILS = (1.0, 1.5, 2.0, 3.0)


def _scaled_passes(effort: Effort) -> float:
    largest = float(effort.options["largest"])
    pixels = sum(detail**2 for detail in _DETAILS if detail <= largest)
    return pixels * (2 if effort.options["flips"] else 1)


def _one_size_only(classifier: Classifier) -> str:
    recipe = classifier.info.recipe
    if recipe.flexible:
        return ""
    height, width = recipe.input_size
    return f"this network only accepts pictures of {width} x {height} pixels."


@method(
    "multi-scale",
    title="Multi-scale CAM",
    summary="The picture at several sizes, each with its own map, averaged: finer and steadier.",
    citation=(
        "After the test-time augmentation of Ahn, Kwak: Learning Pixel-level Semantic Affinity "
        "with Image-level Supervision, CVPR 2018"
    ),
    cost=Cost.FAST,
    needs=Needs.GRADIENTS,
    unit="logit",
    group=Group.INPUT,
    options=(
        _BASE,
        MethodOption(
            "largest",
            "Up to",
            "2",
            "The largest size: 1, 1.5, 2 and 3 times the trained one are taken up to it.",
            choices=("1.5", "2", "3"),
        ),
        MethodOption("flips", "Mirrored too", False, "Each size once more, mirrored."),
    ),
    passes=_scaled_passes,
    refuses=_one_size_only,
    probes=True,
)
def multi_scale(
    probe: Probe, class_index: int, *, base: str, largest: str, flips: bool
) -> Iterator[Step]:
    """M(p) = mean over sizes s of M_s(p), for every place p of the picture.

    Each M_s is resampled to the cells of the finest grid and multiplied by the number of its own
    cells, as in CAM, which makes the values of different sizes comparable.
    """
    placements = [
        _enlarged(probe, detail) for detail in reversed(_DETAILS) if detail <= float(largest)
    ]
    wanted = [(placement, mirror) for placement in placements for mirror in (False, True)]
    wanted = [item for item in wanted if flips or not item[1]]
    average = _Average()
    for done, (placement, mirror) in enumerate(wanted, start=1):
        probe.cancellation.check()
        forward, geometry = _pass_at(probe, placement, mirror=mirror)
        class_map = _per_cell(base, forward, class_index)
        if mirror:
            class_map = replace(class_map, values=class_map.values.flip(1))
        average.add(class_map, geometry)
        yield done / len(wanted), average.so_far()


def _enlarged(probe: Probe, detail: float) -> Placement:
    placement = probe.placement
    recipe = probe.classifier.info.recipe
    return place(placement.source_size, recipe, placement.mode, placement.detail * detail)


def _pass_at(probe: Probe, placement: Placement, *, mirror: bool) -> tuple[Forward, GridGeometry]:
    """A pass in another placement, and the geometry of its map after mirroring it back."""
    layer = probe.forward.layer
    if not mirror:
        forward = probe.forward_at(placement)
        grid = forward.activations.shape[1], forward.activations.shape[2]
        return forward, probe.context.geometry(layer, placement, grid)
    forward = passes.run(
        probe.classifier.network,
        probe.context.tensor(placement).flip(3),
        layer,
        probe.classifier.head,
        probe.context.layout(layer, placement.input_size),
    ).scored(probe.score)
    probe.count_passes(1)
    grid = forward.activations.shape[1], forward.activations.shape[2]
    registration = probe.context.registration(layer, placement, grid)
    return forward, grid_geometry(placement, grid, mirrored(registration, placement, grid))


def mirrored(
    registration: Registration, placement: Placement, grid: tuple[int, int]
) -> Registration:
    """Registration of a map that was made from a mirrored input and then mirrored back."""
    stride_x, stride_y = registration.stride
    first_x, first_y = registration.first or (stride_x / 2, stride_y / 2)
    offset_x, offset_y = registration.offset
    last = placement.input_size[1] - first_x - (grid[1] - 1) * stride_x
    return replace(registration, first=(last, first_y), offset=(-offset_x, offset_y))


def _shifted_passes(effort: Effort) -> float:
    return float(int(effort.options["steps"]) ** 2)


@method(
    "shift-average",
    title="Shift-averaged CAM",
    summary="The picture moved by fractions of a cell, the maps laid back and averaged: steady.",
    citation=(
        "Cycle spinning: Coifman, Donoho: Translation-Invariant De-Noising, 1995, applied to CAM"
    ),
    cost=Cost.FAST,
    needs=Needs.GRADIENTS,
    unit="logit",
    group=Group.INPUT,
    options=(
        _BASE,
        MethodOption(
            "steps", "Steps a cell", 4, "Moves along each axis; their square is run.", 2, 8
        ),
    ),
    passes=_shifted_passes,
    probes=True,
)
def shift_average(probe: Probe, class_index: int, *, base: str, steps: int) -> Iterator[Step]:
    """M(p) = mean over shifts d of M_d(p), d = i / n of the stride along each axis.

    M_d is the map of the picture shifted by d, shifted back by d. The result has n x n values for
    each cell of a single map.
    """
    forward, placement = probe.forward, probe.placement
    grid = forward.activations.shape[1], forward.activations.shape[2]
    registration = probe.context.registration(forward.layer, placement, grid)
    fine = grid_geometry(placement, (grid[0] * steps, grid[1] * steps), _finer(registration, steps))
    margin = max(round(registration.stride[0] / 2), 1), max(round(registration.stride[1] / 2), 1)
    padded = probe.context.tensor_with_margin(placement, margin)
    shifts = [
        (_moves(registration.stride[0], steps)[i], _moves(registration.stride[1], steps)[j])
        for j in _centre_first(steps)
        for i in _centre_first(steps)
    ]

    def moved(number: int) -> Tensor:
        x, y = shifts[number]
        left, top = margin[0] + x, margin[1] + y
        height, width = placement.input_size
        return padded[:, :, top : top + height, left : left + width]

    average = _Average(fine)
    for number, found in enumerate(probe.passes(len(shifts), moved)):
        x, y = shifts[number]
        left, top = placement.to_source(x, y)
        right, bottom = placement.to_source(
            x + placement.input_size[1], y + placement.input_size[0]
        )
        there = replace(placement, box=Box(left, top, right, bottom))
        average.add(_per_cell(base, found, class_index), grid_geometry(there, grid, registration))
        yield (number + 1) / len(shifts), average.so_far()


def _finer(registration: Registration, steps: int) -> Registration:
    """A grid of ``steps`` x ``steps`` cells in place of each one."""
    (stride_x, stride_y), first = registration.stride, registration.first
    first_x, first_y = first or (stride_x / 2, stride_y / 2)
    return replace(
        registration,
        stride=(stride_x / steps, stride_y / steps),
        first=(
            first_x - stride_x / 2 + stride_x / steps / 2,
            first_y - stride_y / 2 + stride_y / steps / 2,
        ),
    )


def _moves(stride: float, steps: int) -> list[int]:
    """Shifts of the picture in input pixels, evenly spaced over one cell and centred on 0."""
    return [round((i - (steps - 1) / 2) * stride / steps) for i in range(steps)]


def _centre_first(steps: int) -> list[int]:
    return sorted(range(steps), key=lambda i: abs(i - (steps - 1) / 2))


class _Average:
    """The mean of maps, resampled to the grid of the first one or to another grid."""

    def __init__(self, onto: GridGeometry | None = None) -> None:
        self._onto = onto
        self._maps: list[Tensor] = []
        self._terms = 0.0

    def add(self, class_map: ClassMap, geometry: GridGeometry) -> None:
        self._onto = self._onto or geometry
        self._maps.append(sampled(class_map.values, geometry, self._onto))
        self._terms = max(self._terms, class_map.terms)

    def so_far(self) -> ClassMap:
        return ClassMap(torch.stack(self._maps).mean(0), self._terms, self._onto)


def _per_cell(base: str, forward: Forward, class_index: int) -> ClassMap:
    """A map times the number of its cells, which is CAM's scale and comparable between grids."""
    class_map = find_method(base).explain(forward, class_index)
    cells = class_map.values.numel()
    return replace(class_map, values=class_map.values * cells, terms=class_map.terms * cells)
