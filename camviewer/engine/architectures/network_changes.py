"""How a network differs from the architecture that it was made of, as ``model.toml`` says it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from itertools import pairwise
from typing import Any

from camviewer.engine.architectures.build_arguments import Arguments, read_arguments
from camviewer.engine.architectures.pooled_cut import ARRANGEMENTS

RGB = 3
"""Input channels of every published network."""

ACTIVATIONS = ("relu", "none", "gelu", "tanh", "silu", "leaky_relu", "elu", "hardswish", "sigmoid")
"""Activations between two linear layers; the first is assumed where tensors cannot tell."""

_ACTIVATION_NOTE = "The activation between the linear layers of the head"

_NAME = re.compile(r"[A-Za-z0-9_]{1,80}(\.[A-Za-z0-9_]{1,80}){0,15}")
_WIDTHS = range(1, 1_000_001)
_MOST_LAYERS = 64
_CHANNELS = range(1, 1025)


class HeadKind(StrEnum):
    """The kinds of layers that a head is made of; dropout does nothing and is left out."""

    LINEAR = "linear"
    BATCH_NORM = "batch norm"
    LAYER_NORM = "layer norm"
    ACTIVATION = "activation"


class Pooling(StrEnum):
    """How the cells of the last grid become features."""

    AVERAGE = "average"
    MAXIMUM_AND_AVERAGE = "maximum and average"
    AVERAGE_AND_MAXIMUM = "average and maximum"


@dataclass(frozen=True)
class HeadLayer:
    """A layer of a head.

    Attributes:
        kind: what it does.
        inputs: how many features it is given.
        outputs: how many it puts out.
        bias: whether a linear layer adds one.
        function: one of ``ACTIVATIONS``; of an activation alone.
    """

    kind: HeadKind
    inputs: int
    outputs: int
    bias: bool = True
    function: str = ""


@dataclass(frozen=True)
class HeadChange:
    """A head in the place of the architecture's own.

    Attributes:
        layers: in the order of running; none when the network puts out its features.
        place: dotted name of the module that it replaces; empty when it follows a pooling of its
            own behind ``layer``.
        layer: dotted name of the last layer of the architecture that runs; empty when all do.
        channels: of that layer's cells; 0 when all layers run.
        arrangement: how that layer holds its grid.
        prefix: tokens before those of the grid.
        pooling: of that layer's cells.
        without: dotted names of the architecture's modules that never run, and have no tensors.
    """

    layers: tuple[HeadLayer, ...]
    place: str = ""
    layer: str = ""
    channels: int = 0
    arrangement: str = ARRANGEMENTS[0]
    prefix: int = 0
    pooling: Pooling = Pooling.AVERAGE
    without: tuple[str, ...] = ()

    @property
    def assumed(self) -> tuple[int, ...]:
        """Where in ``layers`` the activations stand, which no tensor tells."""
        return tuple(
            index for index, layer in enumerate(self.layers) if layer.kind is HeadKind.ACTIVATION
        )

    @property
    def activations(self) -> tuple[str, ...]:
        """What stands between its linear layers, in the order of running."""
        return tuple(self.layers[index].function for index in self.assumed)

    def with_activations(self, functions: Sequence[str]) -> HeadChange:
        """The same head with others of ``ACTIVATIONS``, one for each that it has."""
        layers = list(self.layers)
        for index, function in zip(self.assumed, functions, strict=True):
            layers[index] = replace(layers[index], function=function)
        return replace(self, layers=tuple(layers))


@dataclass(frozen=True)
class NetworkChanges:
    """What was changed in an architecture.

    Attributes:
        channels: of the input.
        head: in the place of the architecture's own; None when that one stayed.
        arguments: what timm builds it with beside its name.
    """

    channels: int = RGB
    head: HeadChange | None = None
    arguments: Arguments = ()

    def __bool__(self) -> bool:
        return self != NetworkChanges()

    @property
    def activations(self) -> tuple[str, ...]:
        """What stands between the linear layers of the head; none when nothing can."""
        return () if self.head is None else self.head.activations

    def with_activations(self, functions: Sequence[str]) -> NetworkChanges:
        """The same with other activations in the head, one for each that it has."""
        return replace(self, head=self.head and self.head.with_activations(functions))

    def table(self) -> dict[str, Any]:
        """The changes as plain data for TOML."""
        head = {} if self.head is None else {"head": _head_table(self.head)}
        arguments = {"arguments": dict(self.arguments)} if self.arguments else {}
        return {"channels": self.channels} | head | arguments


def _head_table(head: HeadChange) -> dict[str, Any]:
    layers = [
        {name: value for name, value in asdict(layer).items() if name != "function" or value}
        for layer in head.layers
    ]
    return asdict(head) | {"layers": layers, "without": list(head.without)}


def activation_note(functions: Sequence[str] = (), told_by: str = "") -> str:
    """What a model says of the activations in its head: assumed, told, or chosen by somebody.

    Args:
        functions: those of ``ACTIVATIONS`` that were chosen or told; none where ReLU is assumed.
        told_by: what tells them; empty where somebody chose them.
    """
    if not functions:
        return f"{_ACTIVATION_NOTE} is taken as ReLU: the weights do not tell it."
    words = ", then ".join(functions if len(set(functions)) > 1 else functions[:1])
    if told_by:
        return f"{_ACTIVATION_NOTE} is {words}, as {told_by} say."
    return f"{_ACTIVATION_NOTE} was set to {words}."


def is_activation_note(note: str) -> bool:
    """Whether a note is one of these."""
    return note.startswith(_ACTIVATION_NOTE)


def read_changes(table: Mapping[str, Any]) -> NetworkChanges:
    """Reads and checks the table of a manifest that somebody else may have written.

    Raises:
        ValueError: a field is missing or not what it can be; the error's words name it.
    """
    channels = _whole(table, "channels", _CHANNELS)
    arguments = table.get("arguments", {})
    if not isinstance(arguments, Mapping):
        raise ValueError("arguments")
    changes = NetworkChanges(channels, arguments=read_arguments(arguments))
    if "head" not in table:
        return changes
    head = table["head"]
    if not isinstance(head, Mapping):
        raise ValueError("head")
    return replace(changes, head=_read_head(head))


def _read_head(table: Mapping[str, Any]) -> HeadChange:
    missing = [field.name for field in fields(HeadChange) if field.name not in table]
    if missing:
        raise ValueError(missing[0])
    layers = table["layers"]
    if not isinstance(layers, list) or len(layers) > _MOST_LAYERS:
        raise ValueError("layers")
    for name in ("place", "layer"):
        value = table[name]
        if not isinstance(value, str) or (value and not _NAME.fullmatch(value)):
            raise ValueError(name)
    if bool(table["place"]) == bool(table["layer"]):
        raise ValueError("place")
    removed = table["without"]
    if not isinstance(removed, list) or len(removed) > _MOST_LAYERS:
        raise ValueError("without")
    if not all(isinstance(name, str) and _NAME.fullmatch(name) for name in removed):
        raise ValueError("without")
    if table["arrangement"] not in ARRANGEMENTS:
        raise ValueError("arrangement")
    if table["pooling"] not in tuple(Pooling):
        raise ValueError("pooling")
    return HeadChange(
        layers=_chained(tuple(_read_layer(layer) for layer in layers)),
        place=table["place"],
        layer=table["layer"],
        channels=_whole(table, "channels", range(65_537)),
        arrangement=table["arrangement"],
        prefix=_whole(table, "prefix", range(9)),
        pooling=Pooling(table["pooling"]),
        without=tuple(removed),
    )


def _read_layer(table: object) -> HeadLayer:
    if not isinstance(table, Mapping) or table.get("kind") not in tuple(HeadKind):
        raise ValueError("layers")
    kind = HeadKind(table["kind"])
    inputs, outputs = (_whole(table, name, _WIDTHS) for name in ("inputs", "outputs"))
    bias, function = table.get("bias"), table.get("function", "")
    if not isinstance(bias, bool):
        raise ValueError("bias")
    if (kind is HeadKind.ACTIVATION) != (function in ACTIVATIONS) or (
        kind is not HeadKind.LINEAR and inputs != outputs
    ):
        raise ValueError("layers")
    return HeadLayer(kind, inputs, outputs, bias, function)


def _chained(layers: tuple[HeadLayer, ...]) -> tuple[HeadLayer, ...]:
    """Raises a ValueError when a layer is not given what the one before puts out."""
    if any(one.outputs != next_.inputs for one, next_ in pairwise(layers)):
        raise ValueError("layers")
    return layers


def _whole(table: Mapping[str, Any], name: str, allowed: range) -> int:
    value = table.get(name)
    if type(value) is not int or value not in allowed:
        raise ValueError(name)
    return value
