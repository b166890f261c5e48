"""What is told of a network's modules: plain data that needs no torch."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.geometry.geometry import PlacementMode


@dataclass(frozen=True)
class Part:
    """One module of a network, as it is printed and as a picture passes through it.

    Attributes:
        name: dotted path; empty for the network itself.
        kind: the module's class name.
        settings: what its printed form says in brackets; empty for a module of modules.
        parent: place of the module that holds it, in the order of the parts; -1 for the network.
        parameters: how many numbers it holds, with the modules inside it.
        output: shape of what it puts out without the number of pictures; None when it puts out
            no single tensor, or nothing passes through it.
        grid: (C, h, w) when the output has a spatial grid, so that it can be tapped.
        reason: why it cannot be tapped; empty when it can.
    """

    name: str
    kind: str
    settings: str
    parent: int
    parameters: int
    output: tuple[int, ...] | None
    grid: tuple[int, int, int] | None
    reason: str

    @property
    def own_name(self) -> str:
        """Its name in the module that holds it."""
        return self.name.rpartition(".")[2]

    @property
    def depth(self) -> int:
        """How many modules hold it."""
        return 0 if not self.name else self.name.count(".") + 1

    @property
    def printed(self) -> str:
        """What stands behind its name when torch prints the network."""
        return f"{self.kind}({self.settings})" if self.settings else self.kind


@dataclass(frozen=True)
class NetworkParts:
    """A network's modules in the order in which torch prints them, the network itself first.

    Attributes:
        parts: the modules.
        input_size: (h, w) in input pixels, for which the shapes hold.
        default_layer: what is tapped unless the user says otherwise.
    """

    parts: tuple[Part, ...]
    input_size: tuple[int, int]
    default_layer: str


class ChannelOrder(StrEnum):
    """By what channels are sorted, the largest first."""

    MEAN = "mean"
    WEIGHT = "weight"
    NUMBER = "number"


@dataclass(frozen=True)
class ChannelWish:
    """Which channels are to be seen, and how.

    Attributes:
        layer: dotted name.
        class_index: for which the channels are weighed.
        mode: placement.
        detail: how much larger than trained the input is.
        order: by what they are sorted.
        signed: negative values have colours, too.
        shared: all channels share the range of the largest; else each fills its own.
    """

    layer: str
    class_index: int
    mode: PlacementMode = PlacementMode.CROP
    detail: float = 1.0
    order: ChannelOrder = ChannelOrder.MEAN
    signed: bool = False
    shared: bool = False


@dataclass(frozen=True, eq=False)
class ChannelSheet:
    """The channels of a layer, sorted, as small pictures ready to be coloured.

    Attributes:
        wish: what was asked for.
        shape: (C, h, w) of the layer's output.
        channels: (C,), the number of each in the layer.
        places: uint8 (C, th, tw), each value's place among 256 colours.
        lows: (C,), the smallest value of each.
        highs: (C,), the largest value of each.
        ends: (C,), the value at the end of the colours of each.
        means: (C,).
        weights: (C,), what each weighs for the class.
        weight_meaning: ``class weight`` or ``mean gradient``.
    """

    wish: ChannelWish
    shape: tuple[int, int, int]
    channels: NDArray[np.int32]
    places: NDArray[np.uint8]
    lows: NDArray[np.float32]
    highs: NDArray[np.float32]
    ends: NDArray[np.float32]
    means: NDArray[np.float32]
    weights: NDArray[np.float32]
    weight_meaning: str
