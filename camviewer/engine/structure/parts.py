"""What is told of a network's modules: plain data that needs no torch."""

from __future__ import annotations

from dataclasses import dataclass


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
