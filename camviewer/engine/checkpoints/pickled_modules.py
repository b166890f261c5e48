"""Networks that were pickled whole: their weights, and what else their modules tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from camviewer.engine.checkpoints.pickled_objects import (
    OddTensor,
    PickleRefused,
    Record,
    StoredTensor,
    unpacked,
)

CLASS = "class"
"""Key under which a configuration has the name of its class."""

_DEEPEST = 64
_DEEPEST_CONFIG = 8
_MOST_STEPS = 1_000_000
_PARAMETERS, _BUFFERS, _MODULES = "_parameters", "_buffers", "_modules"
_WRAPPERS = {
    "DataParallel": "module",
    "DistributedDataParallel": "module",
    "OptimizedModule": "_orig_mod",
    "AveragedModel": "module",
    "FullyShardedDataParallel": "_fsdp_wrapped_module",
}
"""Attribute that has the network, by the class name of wrappers that compute nothing themselves."""
_LONGEST_WORD = 40


@dataclass(frozen=True)
class ModulePart:
    """A module of a network that was pickled whole.

    Attributes:
        path: its dotted name; empty for the network itself.
        kind: its class: ``torch.nn.modules.conv.Conv2d``.
        settings: its plain attributes, such as stride, padding and slope, by name.
    """

    path: str
    kind: str
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class ModuleTree:
    """The modules of a network that was pickled whole, without the wrappers around it.

    Attributes:
        kind: the network's class: ``torchvision.models.resnet.ResNet``.
        parts: all modules, the network first, each before what lies in it.
        tensors: what a state dict would have, in its order.
        config: the plain values of the network's own configuration, which transformers' have; with
            the name of its class under ``CLASS``. Empty when there is none.
    """

    kind: str
    parts: tuple[ModulePart, ...]
    tensors: Mapping[str, StoredTensor | OddTensor]
    config: Mapping[str, Any] = field(default_factory=dict)


def is_module(value: object) -> bool:
    """Whether a record has what every ``torch.nn.Module`` has."""
    if not isinstance(value, Record):
        return False
    attributes = value.attributes
    return all(isinstance(attributes.get(name), dict) for name in (_PARAMETERS, _BUFFERS, _MODULES))


class _Steps:
    """Bounds the walk: modules that share modules can be made to grow without end."""

    def __init__(self) -> None:
        self._left = _MOST_STEPS

    def spend(self, count: int = 1) -> None:
        """Counts steps.

        Raises:
            PickleRefused: there were too many.
        """
        self._left -= count
        if self._left < 0:
            raise PickleRefused("its modules lie within each other without end")


def find_module(value: object) -> Record | None:
    """The network in an object: itself, or held by a wrapper or a learner; None when there is none.

    Of several the one with the most tensors is taken, for example of a network and a loss.

    Raises:
        PickleRefused: its objects lie within each other without end.
    """
    found: Record | None = None
    most = 0
    steps, seen, waiting = _Steps(), set[int](), [value]
    while waiting:
        now = waiting.pop()
        steps.spend()
        if not isinstance(now, (Record, dict, list, tuple)) or id(now) in seen:
            continue
        seen.add(id(now))
        if isinstance(now, Record) and is_module(now):
            count = len(_tensors(now, steps))
            if count > most:
                found, most = now, count
        else:
            waiting.extend(unpacked(now))
    return found


def module_tree(network: Record) -> ModuleTree:
    """The weights and modules of a network that was pickled whole.

    Raises:
        PickleRefused: its modules lie within each other without end.
    """
    inner, steps = _unwrapped(network), _Steps()
    parts = []
    for path, module in _modules(inner, "", 0, steps):
        attributes = module.attributes
        steps.spend(len(attributes))
        parts.append(ModulePart(path.rstrip("."), str(module.kind), _settings(attributes)))
    config = _described(inner.attributes.get("config"), 0, steps)
    return ModuleTree(
        str(inner.kind),
        tuple(parts),
        _tensors(inner, steps),
        config if isinstance(config, dict) else {},
    )


def _unwrapped(network: Record) -> Record:
    for _ in range(_DEEPEST):
        name = network.kind.name.rpartition(".")[2]
        child = network.attributes[_MODULES].get(_WRAPPERS.get(name, ""))
        if not isinstance(child, Record) or not is_module(child):
            break
        network = child
    return network


def _modules(module: Record, path: str, depth: int, steps: _Steps) -> Iterator[tuple[str, Record]]:
    """(path with a dot at its end, module), the outer ones first."""
    if depth > _DEEPEST:
        raise PickleRefused("its modules lie within each other without end")
    yield path, module
    children = module.attributes[_MODULES]
    steps.spend(1 + len(children))
    for name, child in children.items():
        if isinstance(child, Record) and is_module(child):
            yield from _modules(child, f"{path}{name}.", depth + 1, steps)


def _tensors(module: Record, steps: _Steps) -> dict[str, StoredTensor | OddTensor]:
    """The tensors as ``state_dict()`` orders them: parameters, lasting buffers, inner modules."""
    found: dict[str, StoredTensor | OddTensor] = {}
    for path, inner in _modules(module, "", 0, steps):
        attributes = inner.attributes
        listed = attributes.get("_non_persistent_buffers_set")
        listed = listed if isinstance(listed, list) else []
        own, buffers = attributes[_PARAMETERS], attributes[_BUFFERS]
        steps.spend(len(listed) + len(own) + len(buffers))
        passing = {name for name in listed if isinstance(name, str)}
        lasting = {name: value for name, value in buffers.items() if name not in passing}
        for name, value in (*own.items(), *lasting.items()):
            if isinstance(value, (StoredTensor, OddTensor)):
                found[f"{path}{name}"] = value
    return found


def _settings(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes that are plain values."""
    return {
        name: value
        for name, value in attributes.items()
        if not str(name).startswith("_")
        and name not in {"training", "dump_patches"}
        and _is_plain(value)
    }


def _described(value: object, depth: int, steps: _Steps) -> object:
    """The plain values of a configuration, and of those within it; None for anything else."""
    steps.spend()
    if isinstance(value, Record) and value.attributes:
        value = {CLASS: str(value.kind), **value.attributes}
    if isinstance(value, (dict, list, tuple)) and depth < _DEEPEST_CONFIG:
        steps.spend(len(value))
        if not isinstance(value, dict):
            return [_described(each, depth + 1, steps) for each in value]
        return {
            str(key): _described(each, depth + 1, steps)
            for key, each in value.items()
            if isinstance(key, (str, int))
        }
    return value if value is None or type(value) in {str, int, float, bool} else None


def _is_plain(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= _LONGEST_WORD
    if isinstance(value, tuple):
        return len(value) <= 4 and all(type(each) in {int, float, bool} for each in value)
    return value is None or type(value) in {int, float, bool}
