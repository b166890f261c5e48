"""Lays the tensors of a checkpoint onto the body of an architecture, by name or else by order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from camviewer.engine.architectures.body_candidates import container_of
from camviewer.engine.architectures.fingerprints import CLASSES

Shapes = Mapping[str, tuple[int, ...]]

_RGB = 3
_CONVOLUTION = 4


@dataclass(frozen=True)
class Body:
    """How the tensors of a checkpoint are those of an architecture before its head.

    Attributes:
        modules: the architecture's name of each module, by the checkpoint's; both without the dot.
        tensors: the checkpoint's names of the body's essential tensors.
        place: dotted name of the module in the architecture whose tensors were not looked at.
        channels: of the input.
        by_order: whether order and shapes told it, and not the names.
        likeness: the part of the modules whose last names agree, 0 to 1.
    """

    modules: Mapping[str, str]
    tensors: frozenset[str]
    place: str
    channels: int
    by_order: bool = False
    likeness: float = 1.0


@dataclass(frozen=True)
class Expected:
    """What an architecture's tensors are.

    Attributes:
        shapes: of the essential ones, with ``CLASSES`` where the number of classes stands.
    """

    shapes: Shapes

    @property
    def head(self) -> tuple[str, ...]:
        """The tensors that depend on the number of classes."""
        return tuple(name for name, shape in self.shapes.items() if CLASSES in shape)

    @property
    def places(self) -> tuple[str, ...]:
        """Modules that a changed head may stand in the place of, the innermost first.

        None when the classes come of more than one module.
        """
        modules = {name.rpartition(".")[0] for name in self.head}
        if len(modules) != 1:
            return ()
        parts = modules.pop().split(".")
        return tuple(".".join(parts[:count]) for count in range(len(parts), 0, -1))

    @property
    def container(self) -> str:
        """The prefix of the outermost module with the head."""
        return container_of(self.head[0])

    def before(self, place: str) -> dict[str, tuple[int, ...]]:
        """The tensors outside a module."""
        return {
            name: shape
            for name, shape in self.shapes.items()
            if not name.startswith(f"{place}.") and name not in self.head
        }


def match_by_name(expected: Expected, found: Shapes) -> Body | None:
    """The body whose names are the checkpoint's own.

    Args:
        expected: of the architecture.
        found: the checkpoint's essential tensors, without the wrapper's prefix.
    """
    for place in expected.places:
        body = expected.before(place)
        channels = _channels(body, {name: name for name in body}, found)
        if channels:
            modules = {_module(name): _module(name) for name in body}
            return Body(modules, frozenset(body), place, channels)
    return None


def match_by_order(expected: Expected, found: Shapes, without: Iterable[str]) -> Body | None:
    """The body whose modules have the same tensors in the same order.

    Args:
        expected: of the architecture.
        found: the checkpoint's essential tensors, without the wrapper's prefix.
        without: prefixes of what in them is not the body.
    """
    removed = tuple(without)
    inner = {name: shape for name, shape in found.items() if not f"{name}.".startswith(removed)}
    for place in expected.places:
        body = expected.before(place)
        theirs = inner if f"{place}." == expected.container else found
        for ordered, order in _orders(body, theirs):
            names = _aligned(ordered, order, exactly=theirs is inner)
            channels = _channels(body, names, found) if names else 0
            if channels:
                modules = {_module(theirs_): _module(ours) for ours, theirs_ in names.items()}
                return Body(
                    modules,
                    frozenset(names.values()),
                    place,
                    channels,
                    by_order=True,
                    likeness=_likeness(modules),
                )
    return None


def _likeness(modules: Mapping[str, str]) -> float:
    """Wrappers and rows of modules change the outer names: how much of the inner ones is left."""
    agreeing = sum(
        theirs.rpartition(".")[2] == ours.rpartition(".")[2] for theirs, ours in modules.items()
    )
    return agreeing / len(modules)


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts names as their modules are numbered: layer2 before layer10."""
    parts = re.split(r"(\d+)", name)
    return tuple((1, int(part), "") if part.isdigit() else (0, 0, part) for part in parts)


def modules_of(shapes: Shapes) -> dict[str, dict[str, tuple[int, ...]]]:
    """The tensors of each module by the last part of their names, in the same order."""
    modules: dict[str, dict[str, tuple[int, ...]]] = {}
    for name, shape in shapes.items():
        module, _, leaf = name.rpartition(".")
        modules.setdefault(module, {})[leaf] = tuple(shape)
    return modules


def _orders(body: Shapes, found: Shapes) -> Iterable[tuple[Shapes, Shapes]]:
    """Pairs of both lists, as they are and sorted; because some formats do not keep the order."""
    by_number = dict(sorted(found.items(), key=lambda entry: natural(entry[0])))
    yield body, found
    yield body, by_number
    yield dict(sorted(body.items(), key=lambda entry: natural(entry[0]))), by_number


def _aligned(body: Shapes, found: Shapes, *, exactly: bool) -> dict[str, str]:
    """The checkpoint's name of each tensor of the body; none when the modules differ."""
    ours, theirs = list(modules_of(body).items()), list(modules_of(found).items())
    if len(ours) > len(theirs) or (exactly and len(ours) != len(theirs)):
        return {}
    names: dict[str, str] = {}
    for (module, leaves), (their_module, their_leaves) in zip(ours, theirs, strict=False):
        if leaves.keys() != their_leaves.keys():
            return {}
        names |= {_tensor(module, leaf): _tensor(their_module, leaf) for leaf in leaves}
    return names


def _channels(body: Shapes, names: Mapping[str, str], found: Shapes) -> int:
    """The input channels with which all shapes agree; 0 when they do not.

    Args:
        body: the architecture's.
        names: the checkpoint's name of each.
        found: the checkpoint's.
    """
    channels = _RGB
    first = next(
        (
            name
            for name, shape in body.items()
            if len(shape) == _CONVOLUTION and shape[1] == _RGB and name.endswith("weight")
        ),
        None,
    )
    for name, shape in body.items():
        theirs = found.get(names[name])
        if theirs is None:
            return 0
        if name == first and len(theirs) == _CONVOLUTION:
            channels, theirs = theirs[1], (theirs[0], _RGB, *theirs[2:])
        if tuple(theirs) != tuple(shape):
            return 0
    return channels


def _module(name: str) -> str:
    return name.rpartition(".")[0]


def _tensor(module: str, leaf: str) -> str:
    return f"{module}.{leaf}" if module else leaf
