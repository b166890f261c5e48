"""Defines the description of a network's modules and channels, as plain data without torch."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.geometry.geometry import PlacementMode


@dataclass(frozen=True)
class Part:
    """One module of a network, with its printed form and its output for a picture.

    Attributes:
        name: dotted path; empty for the network itself.
        kind: the module's class name.
        settings: the text in brackets of its printed form; empty for a module with children.
        parent: index of its parent module among the parts; -1 for the network.
        parameters: number of parameters, including those of its children.
        output: shape of its output without the batch axis; None if the output is no single tensor,
            or if the module did not run.
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
        """Its name in its parent module."""
        return self.name.rpartition(".")[2]

    @property
    def depth(self) -> int:
        """Number of its ancestors."""
        return 0 if not self.name else self.name.count(".") + 1

    @property
    def printed(self) -> str:
        """The text after its name when torch prints the network."""
        return f"{self.kind}({self.settings})" if self.settings else self.kind


@dataclass(frozen=True)
class NetworkParts:
    """A network's modules in the order in which torch prints them, the network itself first.

    Attributes:
        parts: the modules.
        input_size: (h, w) in input pixels that the shapes belong to.
        default_layer: the layer that is tapped by default.
    """

    parts: tuple[Part, ...]
    input_size: tuple[int, int]
    default_layer: str


class ChannelOrder(StrEnum):
    """The key that channels are sorted by, largest first."""

    MEAN = "mean"
    WEIGHT = "weight"
    NUMBER = "number"


@dataclass(frozen=True)
class ChannelWish:
    """A request for the channels of a layer.

    Attributes:
        layer: dotted name.
        class_index: the class that the weights are for.
        mode: placement.
        detail: input size in trained input sizes.
        order: the key that channels are sorted by.
        signed: whether negative values have colours as well.
        shared: whether all channels share the range of the largest; otherwise each has its own.
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
    """Thumbnails of the channels of a layer, sorted and ready to colour.

    Attributes:
        wish: the request.
        shape: (C, h, w) of the layer's output.
        channels: (C,), the index of each channel in the layer.
        places: uint8 (C, th, tw), index of each value in a table of 256 colours.
        lows: (C,), the smallest value of each.
        highs: (C,), the largest value of each.
        ends: (C,), the value at the end of the colours of each.
        means: (C,), the mean of each.
        weights: (C,), the weight of each for the class.
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
