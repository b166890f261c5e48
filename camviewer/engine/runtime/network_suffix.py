"""What lies behind a layer, as a network of its own: the layer's output in, logits out."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from camviewer.engine.errors import Cancelled
from camviewer.engine.network.grid_layers import outputs_watched
from camviewer.engine.network.module_copies import copy_sharing_tensors, replace_module
from camviewer.engine.runtime.cpu.sparse_linear_gradient import quicken
from camviewer.engine.support.cancellation import Stopped
from camviewer.engine.support.same_numbers import same_numbers


class TailNetwork:
    """The part of a network behind one layer, with the network's own parameters.

    Args:
        network: a copy of the whole, in which everything before the layer is empty.
        given: what stands in the layer's place.

    Attributes:
        network: the same; modules have the names that they have in the whole.
    """

    def __init__(self, network: nn.Module, given: _Given) -> None:
        self.network = network
        self._given = given

    def __call__(self, output: Tensor) -> Tensor:
        """Logits (N, K) of what the layer puts out, (N, ...); gradients flow."""
        self._given.output = output
        try:
            logits: Tensor = self.network(output.new_zeros(1, 1, 1, 1))
        finally:
            self._given.output = None
        return logits


def tail_network_of(network: nn.Module, layer: str, picture: Tensor) -> TailNetwork | None:
    """The part of a network behind a layer.

    The modules that end before the layer runs give a single zero each, so that next to nothing
    is computed there. Where what they put out matters behind the layer, too (around it in a
    residual branch, say), the logits come out wrong, and there is no suffix.

    Args:
        network: in eval mode; it stays as it is.
        layer: dotted name.
        picture: (1, 3, h, w), not constant.
    """
    order: list[str] = []
    outputs: list[Tensor] = []

    def see(name: str, output: Tensor) -> None:
        order.append(name)
        if name == layer:
            outputs[:] = [output.clone()]

    with outputs_watched(network, see), torch.no_grad():
        logits = network(picture)
    if not outputs:
        return None
    last = len(order) - 1 - order[::-1].index(layer)
    before = {
        name for name in set(order[:last]) - set(order[last:]) if not name.startswith(f"{layer}.")
    }
    leaves = {name for name in before if not list(network.get_submodule(name).children())}
    # A whole block in one is a hundred calls less; where its output is no tensor, leaf by leaf.
    for emptied in (_outermost(before), leaves):
        tail = _without(network, emptied, layer)
        if _has_same_logits(tail, outputs[0], logits):
            return tail
    return None


def _outermost(names: set[str]) -> set[str]:
    """Those that lie in no other one of them."""

    def is_inside(name: str) -> bool:
        parts = name.split(".")
        return any(".".join(parts[:count]) in names for count in range(1, len(parts)))

    return {name for name in names if not is_inside(name)}


def _without(network: nn.Module, emptied: set[str], layer: str) -> TailNetwork:
    """A twin of the network in which some modules are empty and a layer is given."""
    copied, given = copy_sharing_tensors(network), _Given()
    for name in emptied:
        replace_module(copied, name, _Nothing())
    replace_module(copied, layer, given)
    quicken(copied)
    return TailNetwork(copied, given)


def _has_same_logits(tail: TailNetwork, output: Tensor, logits: Tensor) -> bool:
    """Whether it gives the network's logits (1, K) for two of the layer's outputs (1, ...)."""
    try:
        with torch.no_grad():
            twice = tail(torch.cat((output, output)))
    except (Cancelled, Stopped):
        raise
    except Exception:  # noqa: BLE001  (anybody's code, with shapes that are no longer there)
        return False
    return twice.shape == (2, logits.shape[1]) and same_numbers(twice, logits)


class _Given(nn.Module):
    """Puts out what it was given, whatever comes in."""

    def __init__(self) -> None:
        super().__init__()
        self.output: Tensor | None = None

    def forward(self, *_inputs: object, **_named: object) -> Tensor | None:
        return self.output


class _Nothing(nn.Module):
    """Puts out a single zero."""

    def forward(self, first: Tensor, *_inputs: object, **_named: object) -> Tensor:
        return first.new_zeros(1, 1, 1, 1)
