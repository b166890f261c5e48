"""Defines a program: a network as a plain list of operators without branches.

A program is data: names, numbers and tensors. ``operators`` decides what may run, and
``graph_network`` builds a network from it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError


@dataclass(frozen=True)
class Ref:
    """Placeholder in an argument for the value of that name."""

    name: str


@dataclass(frozen=True)
class OwnDevice:
    """Placeholder in an argument for the device of the picture."""


@dataclass(frozen=True, eq=False)
class OperatorCall:
    """One operator with its arguments.

    Attributes:
        operator: for example ``aten.conv2d.default`` or ``_operator.add``.
        arguments: positional; numbers, lists of them, ``Ref`` and ``OwnDevice``.
        keywords: likewise, by name.
        outputs: names of its output values.
        path: dotted path of its original module, as far as the file has it; the layer's name after
            ``named``.
    """

    operator: str
    arguments: tuple[Any, ...]
    keywords: Mapping[str, Any]
    outputs: tuple[str, ...]
    path: str = ""

    @property
    def refs(self) -> tuple[str, ...]:
        """The names of its input values, in order, each once."""
        return tuple(dict.fromkeys(_refs((*self.arguments, *self.keywords.values()))))

    @property
    def short_name(self) -> str:
        """For example ``conv2d`` or ``add``."""
        return self.operator.split(".")[1].strip("_") or "operator"


@dataclass(frozen=True, eq=False)
class Program:
    """A list of operators in execution order.

    Attributes:
        picture: name of the value that is the network's input, (N, 3, h, w).
        logits: name of the value that is its output, (N, K).
        calls: the operators.
        tensors: weights and other constants, by the name of their value.
        input_shape: (N, 3, h, w); None for free sizes.
        title: class name of the network, if the file has it; else empty.
        outputs: the names of all tensors that its file puts out.
    """

    picture: str
    logits: str
    calls: tuple[OperatorCall, ...]
    tensors: Mapping[str, Tensor]
    input_shape: tuple[int | None, int | None, int | None, int | None]
    title: str = ""
    outputs: tuple[str, ...] = ()


def place_of_output(file: str, outputs: Sequence[str], output: str) -> int:
    """The place of a tensor among those that a program puts out; the first when it has no name.

    Raises:
        CamviewerError: there is no tensor of that name.
    """
    if output and output not in outputs:
        raise CamviewerError(
            f"{file} puts out no tensor {output}.",
            f"It puts out {', '.join(outputs)}, which --output takes.",
        )
    return outputs.index(output) if output else 0


_TAKEN = frozenset(dir(nn.Module()))
"""Attribute names of every module, which layers must not have."""


def named(calls: tuple[OperatorCall, ...]) -> tuple[OperatorCall, ...]:
    """The same operators with layer names as their paths."""
    names = layer_names([(call.path, call.short_name) for call in calls])
    return tuple(replace(call, path=name) for call, name in zip(calls, names, strict=True))


def layer_names(operators: Sequence[tuple[str, str]]) -> list[str]:
    """Unique dotted names for operators, none of which is inside another.

    An operator that is its module's only one gets the module's name. Other operators of a module
    are named below it: ``layer1.0.conv1``, ``layer1.0.add``.

    Args:
        operators: path of each operator's original module, and its short name.
    """
    paths = [".".join(_part(part) for part in path.split(".") if part) for path, _ in operators]
    inside: dict[str, set[str]] = {}
    for path, (_, short_name) in zip(paths, operators, strict=True):
        inside.setdefault(path, set()).add(short_name)
    blocks = {
        ".".join(parts[:depth])
        for parts in (path.split(".") for path in inside)
        for depth in range(1, len(parts))
    }
    blocks |= {path for path, short_names in inside.items() if len(short_names) > 1}
    taken: Counter[str] = Counter(blocks)
    names = []
    for path, (_, short_name) in zip(paths, operators, strict=True):
        below = not path or path in blocks
        wanted = f"{path}.{_part(short_name)}".lstrip(".") if below else path
        name = wanted
        while taken[name]:
            name = f"{wanted}_{taken[wanted]}"
            taken[wanted] += 1
        taken[name] += 1
        names.append(name)
    return names


def place_layer(network: nn.Module, name: str, layer: nn.Module) -> None:
    """Adds a layer under a dotted name."""
    *parents, last = name.split(".")
    for parent in parents:
        if parent not in network._modules:
            network.add_module(parent, nn.Module())
        network = network.get_submodule(parent)
    network.add_module(last, layer)


def _part(part: str) -> str:
    """A part of a path as a valid module name."""
    word = re.sub(r"\W", "_", part)[:80]
    return f"{word}_" if word.startswith("_") or word in _TAKEN else word


def _refs(value: Any) -> Iterator[str]:
    if isinstance(value, Ref):
        yield value.name
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _refs(item)
