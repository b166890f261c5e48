"""Cuts off the tail network of a layer, which maps the layer's output to logits."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from camviewer.engine.errors import Cancelled
from camviewer.engine.network.grid_layers import outputs_watched
from camviewer.engine.network.module_copies import copy_sharing_tensors, replace_module
from camviewer.engine.runtime.cpu.sparse_linear_gradient import use_sparse_gradients
from camviewer.engine.support.cancellation import Stopped
from camviewer.engine.support.numeric_comparison import same_numbers


class TailNetwork:
    """The part of a network after one layer; it shares the network's parameters.

    Args:
        network: a copy of the whole network whose modules before the layer do nothing.
        stored: replaces the layer and returns its output.

    Attributes:
        network: the same copy; modules keep their names.
    """

    def __init__(self, network: nn.Module, stored: _StoredOutput) -> None:
        self.network = network
        self._stored = stored

    def __call__(self, output: Tensor) -> Tensor:
        """Logits (N, K) for outputs of the layer, (N, ...); gradients flow."""
        self._stored.output = output
        try:
            logits: Tensor = self.network(output.new_zeros(1, 1, 1, 1))
        finally:
            self._stored.output = None
        return logits


def tail_network_of(network: nn.Module, layer: str, picture: Tensor) -> TailNetwork | None:
    """Cuts off the tail network of a layer; None if that is impossible.

    Modules that finish before the layer runs are replaced by modules that return a single zero, so
    that they take no time. If later modules use their outputs as well, as the shortcut around a
    residual branch does, the logits differ, and the layer has no tail network.

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
    # Replacing whole blocks saves a hundred calls; leaf modules serve blocks that return no tensor.
    for emptied in (_outermost(before), leaves):
        tail = _without(network, emptied, layer)
        if _has_same_logits(tail, outputs[0], logits):
            return tail
    return None


def _outermost(names: set[str]) -> set[str]:
    """The modules that are not inside another one of them."""

    def is_inside(name: str) -> bool:
        parts = name.split(".")
        return any(".".join(parts[:count]) in names for count in range(1, len(parts)))

    return {name for name in names if not is_inside(name)}


def _without(network: nn.Module, emptied: set[str], layer: str) -> TailNetwork:
    """A copy of the network with emptied modules and a replaced layer."""
    copied, stored = copy_sharing_tensors(network), _StoredOutput()
    for name in emptied:
        replace_module(copied, name, _SingleZero())
    replace_module(copied, layer, stored)
    use_sparse_gradients(copied)
    return TailNetwork(copied, stored)


def _has_same_logits(tail: TailNetwork, output: Tensor, logits: Tensor) -> bool:
    """Whether it gives the network's logits (1, K) for two copies of the output (1, ...)."""
    try:
        with torch.no_grad():
            twice = tail(torch.cat((output, output)))
    except (Cancelled, Stopped):
        raise
    except Exception:  # noqa: BLE001  (anybody's code, with shapes that are no longer there)
        return False
    return twice.shape == (2, logits.shape[1]) and same_numbers(twice, logits)


class _StoredOutput(nn.Module):
    """Returns a stored output whatever its input."""

    def __init__(self) -> None:
        super().__init__()
        self.output: Tensor | None = None

    def forward(self, *_inputs: object, **_named: object) -> Tensor | None:
        return self.output


class _SingleZero(nn.Module):
    """Returns a single zero."""

    def forward(self, first: Tensor, *_inputs: object, **_named: object) -> Tensor:
        return first.new_zeros(1, 1, 1, 1)
