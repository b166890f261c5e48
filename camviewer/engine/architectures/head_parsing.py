"""Reads a head of linear layers and normalisations from the names and shapes of its tensors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from camviewer.engine.architectures.body_match import modules_of, natural
from camviewer.engine.architectures.network_changes import (
    ACTIVATIONS,
    HeadKind,
    HeadLayer,
)

Shapes = Mapping[str, tuple[int, ...]]
Leaves = Mapping[str, tuple[int, ...]]

_MOST_SHUFFLED = 8
"""Maximum number of modules that are tried in other orders than the file's."""
_STATISTICS = {"running_mean", "running_var"}
_MATRIX, _CONVOLUTION = 2, 4


@dataclass(frozen=True)
class ParsedHead:
    """A head, and which tensors it is made of.

    Attributes:
        layers: in the order of running.
        modules: the checkpoint's module of each layer, empty for an activation.
    """

    layers: tuple[HeadLayer, ...]
    modules: tuple[str, ...]

    @property
    def classes(self) -> int:
        """How many numbers it puts out."""
        return self.layers[-1].outputs


@dataclass(frozen=True)
class _Step:
    module: str
    layer: HeadLayer


def parse_head(shapes: Shapes, width: int) -> ParsedHead | None:
    """The head that takes ``width`` features and uses every tensor; None when there is none.

    Dropout and activations have no tensors. Where the numbering has room for one between two
    linear layers, or there is no numbering, an activation is assumed.
    """
    steps = [_step(module, leaves) for module, leaves in modules_of(shapes).items()]
    known = [step for step in steps if step is not None]
    if len(known) != len(steps) or not any(_is_linear(step) for step in known):
        return None
    by_number = sorted(known, key=lambda step: natural(step.module))
    for order in (known, by_number):
        if _fits(order, width):
            return _with_activations(order)
    if len(known) <= _MOST_SHUFFLED:
        orders = _chains(tuple(known), width)
        if len(orders) == 1:
            return _with_activations(orders[0])
    return None


def _step(module: str, leaves: Leaves) -> _Step | None:
    weight = leaves.get("weight")
    names = set(leaves) - {"num_batches_tracked"}
    if weight is None:
        return None
    if names <= {"weight", "bias"} and len(weight) in {_MATRIX, _CONVOLUTION}:
        outputs, inputs, *window = weight
        if any(side != 1 for side in window) or leaves.get("bias", (outputs,)) != (outputs,):
            return None
        return _Step(module, HeadLayer(HeadKind.LINEAR, inputs, outputs, "bias" in names))
    if len(weight) == 1 and all(leaves[name] == weight for name in names):
        kind = {
            frozenset({"weight", "bias", *_STATISTICS}): HeadKind.BATCH_NORM,
            frozenset({"weight", "bias"}): HeadKind.LAYER_NORM,
        }.get(frozenset(names))
        return None if kind is None else _Step(module, HeadLayer(kind, weight[0], weight[0]))
    return None


def _fits(steps: Sequence[_Step], width: int) -> bool:
    for step in steps:
        if step.layer.inputs != width:
            return False
        width = step.layer.outputs
    return True


def _is_linear(step: _Step) -> bool:
    return step.layer.kind is HeadKind.LINEAR


def _chains(steps: tuple[_Step, ...], width: int) -> list[list[_Step]]:
    """The orders in which every step takes what the one before puts out; at most two."""
    if not steps:
        return [[]]
    found: list[list[_Step]] = []
    for place, step in enumerate(steps):
        if step.layer.inputs == width:
            rest = _chains(steps[:place] + steps[place + 1 :], step.layer.outputs)
            found += [[step, *after] for after in rest]
        if len(found) > 1:
            break
    return found


def _with_activations(steps: Sequence[_Step]) -> ParsedHead:
    linear = [place for place, step in enumerate(steps) if _is_linear(step)]
    behind = {
        place
        for one, following in pairwise(linear)
        if (place := _place_of_activation(steps, one, following)) is not None
    }
    layers, modules = list[HeadLayer](), list[str]()
    for place, step in enumerate(steps):
        layers.append(step.layer)
        modules.append(step.module)
        if place in behind:
            width = step.layer.outputs
            layers.append(HeadLayer(HeadKind.ACTIVATION, width, width, function=ACTIVATIONS[0]))
            modules.append("")
    return ParsedHead(tuple(layers), tuple(modules))


def _place_of_activation(steps: Sequence[_Step], one: int, following: int) -> int | None:
    """Behind which step between two linear layers an activation stands; None for none."""
    gaps = [_gap(steps[place].module, steps[place + 1].module) for place in range(one, following)]
    if any(gap is None for gap in gaps):
        return following - 1
    return next((one + place for place, gap in enumerate(gaps) if gap), None)


def _gap(one: str, following: str) -> int | None:
    """How many modules without tensors the numbering has room for; None without numbering."""
    parent, _, number = one.rpartition(".")
    next_parent, _, next_number = following.rpartition(".")
    if parent == next_parent and number.isdigit() and next_number.isdigit():
        return int(next_number) - int(number) - 1
    # The last layer of a whole network, and what a row of modules puts right behind it.
    start = f"{next_parent}." if next_parent else ""
    outer = one.removeprefix(start).partition(".")[0]
    behind = one.startswith(start) and outer.isdigit() and next_number.isdigit()
    return 0 if behind and not number.isdigit() and int(next_number) == int(outer) + 1 else None
