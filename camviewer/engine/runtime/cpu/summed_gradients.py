"""Computes channel sums of a gradient through a linear layer on flattened cells, as VGG's fc6.

Grad-CAM weights a channel by the mean of its gradient over the cells. VGG's gradient passes fc6,
whose weights are [4096, 25088]. The sums need only the weights summed over the 49 cells,
[4096, 512], which reads 8 MB in place of 411 MB. Max and average pooling in between preserve the
sums, because each of their output cells passes all of its gradient on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.autograd.graph import GradientEdge, get_gradient_edge

from camviewer.engine.network import forward as passes
from camviewer.engine.network.forward import Forward
from camviewer.engine.network.grid_layers import outputs_watched
from camviewer.engine.network.layouts import Layout
from camviewer.engine.network.pooled_head import PooledHead
from camviewer.engine.network.recorded_graph import ChannelSums
from camviewer.engine.runtime.cpu.sparse_linear_gradient import is_large
from camviewer.engine.support.numeric_comparison import same_numbers


@dataclass(frozen=True, eq=False)
class FlattenedLinear:
    """A linear layer whose input is a layer's output, flattened and possibly pooled before.

    Attributes:
        name: its dotted name.
        weight: (outputs, C), its weights summed over the cells.
    """

    name: str
    weight: Tensor


class SummedPass:
    """Runs a pass that can compute channel sums of its gradients quickly."""

    def __init__(self, flattened: FlattenedLinear | None) -> None:
        self._flattened = flattened
        self._edge: GradientEdge | None = None

    def run(
        self,
        network: nn.Module,
        picture: Tensor,
        layer: str,
        head: PooledHead | None = None,
        layout: Layout | None = None,
    ) -> Forward:
        """Runs the network as ``forward.run`` does."""
        with self.watching(network):
            found = passes.run(network, picture, layer, head, layout)
        return self.with_sums(found)

    @contextmanager
    def watching(self, network: nn.Module) -> Iterator[None]:
        """Records the linear layer's place in the graph while the network runs."""
        if self._flattened is None:
            yield
            return

        def see(_module: nn.Module, _inputs: object, output: Tensor) -> None:
            # The edge stays valid when a later layer works in place.
            self._edge = get_gradient_edge(output) if output.requires_grad else None

        with network.get_submodule(self._flattened.name).register_forward_hook(see):
            yield

    def with_sums(self, forward: Forward) -> Forward:
        """Adds the channel sums to the recorded pass, if they are known."""
        if self._flattened is None or self._edge is None:
            return forward
        return passes.with_channel_sums(forward, ChannelSums(self._edge, self._flattened.weight))


def find_flattened_linear(
    network: nn.Module, layer: str, picture: Tensor
) -> FlattenedLinear | None:
    """The linear layer on the cells of a layer, (1, C, h, w); None when there is none.

    It is used only if its sums equal those of the gradient itself.

    Args:
        network: in eval mode with frozen parameters.
        layer: dotted name.
        picture: (1, 3, h, w), not constant.
    """
    found = _summed(network, layer, picture)
    if found is None:
        return None
    passed = SummedPass(found).run(network, picture, layer)
    (likely,) = passed.most_probable(1)
    sums = passed.mean_gradients(likely)  # before the gradient itself is known
    wanted = passed.gradients(likely).mean((1, 2))
    return found if bool(wanted.any()) and same_numbers(sums, wanted) else None


def _summed(network: nn.Module, layer: str, picture: Tensor) -> FlattenedLinear | None:
    """The first linear layer after a layer whose input may be the layer's flattened cells."""
    modules = dict(network.named_modules())
    channels = 0
    first: str | None = None

    def see(name: str, output: Tensor) -> None:
        nonlocal channels, first
        if name == layer:
            channels, first = output.shape[1] if output.dim() == 4 else 0, None
        elif channels and first is None and isinstance(modules[name], nn.Linear):
            first = name

    with outputs_watched(network, see), torch.no_grad():
        network(picture)
    linear = None if first is None else modules[first]
    if first is None or not isinstance(linear, nn.Linear):
        return None
    weight, cells = linear.weight.detach(), linear.in_features // channels
    if not is_large(weight) or cells < 2 or linear.in_features % channels:
        return None
    return FlattenedLinear(first, weight.view(-1, channels, cells).sum(2))
