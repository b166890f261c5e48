"""Runs one pass of one picture and keeps the logits and the activations of the tapped layers.

The graph starts at the first tapped layer, whose output becomes a leaf. Autograd records nothing
before it, and works in spite of frozen parameters or a surrounding ``no_grad``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from time import perf_counter

import torch
from torch import Tensor, nn
from torch.utils.hooks import RemovableHandle

from camviewer.engine.errors import CamviewerError
from camviewer.engine.network.layouts import Layout, grid_of_one
from camviewer.engine.network.pooled_head import PooledHead
from camviewer.engine.network.recorded_graph import (
    ChannelSums,
    RecordedGraph,
    Target,
    hessian_product,
)
from camviewer.engine.network.scores import LOGIT, Score
from camviewer.engine.results.messages import ScoreKind
from camviewer.engine.support.numeric_comparison import all_finite

_PREFETCHED_CLASSES = 8
"""Number of classes whose gradients are computed in advance: the five that the window lists, and
some that contrastive methods compare them with."""


@dataclass(frozen=True, eq=False)
class Forward:
    """The results of a pass, which serve every class and method on the same layer.

    Attributes:
        layer: dotted name of the tapped layer.
        logits: (K,), detached.
        activations: (C, h, w), detached.
        head: the pooled linear head, when the tapped layer feeds it.
        layout: how the layer's output holds its grid; channels first when None.
        score: the score that is explained.
        engine: name of the engine that ran the network; empty for torch.
        calls: number of calls of the layer, of which the last counts; 0 when it is unknown.
        tail_share: the share of the pass's time that the network behind the layer took, 0 to 1;
            None when it was not measured.
        graph: what leads from the layer to the logits; None where the layer feeds the head.
    """

    layer: str
    logits: Tensor
    activations: Tensor
    head: PooledHead | None
    layout: Layout | None = None
    score: Score = LOGIT
    engine: str = ""
    calls: int = 0
    tail_share: float | None = None
    graph: RecordedGraph | None = None

    def most_probable(self, count: int) -> list[int]:
        """The ``count`` classes with the highest logits, best first."""
        return [int(index) for index in self.logits.topk(min(count, len(self.logits))).indices]

    def scored(self, score: Score) -> Forward:
        """The same pass, explaining another score."""
        return replace(self, score=score)

    def gradients(self, class_index: int) -> Tensor:
        """D score / d activations, (C, h, w).

        Before a pooled linear head it is the class's weights divided by the number of cells, which
        needs no backward pass.
        """
        if self.score.kind is not ScoreKind.LOGIT or self.score.function is not None:
            return self.gradients_of(lambda logits: self.score.of(logits, class_index))
        if self.score.weights is not None:
            return self.gradients_of_sum(dict(self.score.weights))
        if self.head is not None:
            return self._spread(self.head.weight[class_index])
        return self._recorded.class_gradients(class_index)

    def prefetch_gradients(self) -> bool:
        """Computes the gradients of a class that is likely to be requested next.

        Later requests for that class then cost nothing. A gradient through VGG's linear layers, for
        example, takes an eighth of a pass.

        Returns:
            Whether further likely classes are left.
        """
        graph = self.graph
        if self.head is not None or graph is None or not graph.logits.requires_grad:
            return False
        likely = self.most_probable(_PREFETCHED_CLASSES)
        missing = [index for index in likely if not graph.computed.has((index,))]
        if missing:
            graph.class_gradients(missing[0])
        return len(missing) > 1

    def gradients_of(self, target: Target) -> Tensor:
        """D target / d activations, (C, h, w), of any function of the logits.

        Raises:
            CamviewerError: it does not depend on the layer.
        """
        if self.head is not None:
            with torch.enable_grad():
                logits = self.logits[None].detach().requires_grad_()
                (by_logit,) = torch.autograd.grad(target(logits).sum(), logits)
            return self._spread(by_logit[0] @ self.head.weight)
        return self._recorded.gradients(target)

    def gradients_of_sum(self, weights: Mapping[int, float]) -> Tensor:
        """D sum_c w_c score_c / d activations, (C, h, w), with weights by class.

        The gradient of a sum of logits needs no backward pass if those of its classes are known.
        """
        if self.score.kind is ScoreKind.LOGIT:
            if self.head is not None:
                rows = self.head.weight[list(weights)]
                return self._spread(rows.new_tensor(list(weights.values())) @ rows)
            if self._are_computed(weights):
                graph = self._recorded
                return torch.stack([w * graph.class_gradients(c) for c, w in weights.items()]).sum(
                    0
                )
        return self.gradients_of(self._sum_of(weights))

    def mean_gradients(self, class_index: int) -> Tensor:
        """The mean of ``gradients`` over the cells, (C,)."""
        if self._channel_sums is None:  # the gradient itself is kept for the next method
            return self.gradients(class_index).mean((1, 2))
        if self.score.function is not None:
            return self._mean_gradients_of(self.score.function, self._channel_sums)
        return self.mean_gradients_of_sum(self.score.class_weights(class_index))

    def mean_gradients_of_sum(self, weights: Mapping[int, float]) -> Tensor:
        """The mean of ``gradients_of_sum`` over the cells, (C,)."""
        sums = self._channel_sums
        if sums is None or self._are_computed(weights):
            return self.gradients_of_sum(weights).mean((1, 2))
        return self._mean_gradients_of(self._sum_of(weights), sums)

    def _mean_gradients_of(self, target: Target, sums: ChannelSums) -> Tensor:
        return self._recorded.summed_gradients(target, sums) / self.cells

    def curvature(self, target: Target) -> Tensor:
        """The Hessian of target by the activations, times the activations: (C, h, w).

        It is 0 where the target is linear in them.
        """
        if self.head is not None:
            moved = self.activations.mean((1, 2)) @ self.head.weight.T
            with torch.enable_grad():
                logits = self.logits[None].detach().requires_grad_()
                product = hessian_product(target(logits).sum(), logits, moved[None])
            return self._spread(product[0] @ self.head.weight)
        return self._recorded.curvature(target)

    @property
    def cells(self) -> int:
        """Number of cells of the layer's grid."""
        return self.activations.shape[1] * self.activations.shape[2]

    @cached_property
    def non_constant_channels(self) -> int:
        """Number of channels whose value is not the same in all cells."""
        flat = self.activations.flatten(1)
        return int((flat.amax(1) > flat.amin(1)).sum())

    @property
    def output(self) -> Tensor | None:
        """The layer's output as it was, (1, ...), detached; None if only its grid was kept."""
        return None if self.graph is None else self.graph.leaf.detach()

    @property
    def _recorded(self) -> RecordedGraph:
        if self.graph is None:
            raise RuntimeError("this pass was made without a graph")
        return self.graph

    @property
    def _channel_sums(self) -> ChannelSums | None:
        return None if self.graph is None else self.graph.sums

    def _are_computed(self, weights: Mapping[int, float]) -> bool:
        if self.graph is None or self.score.kind is not ScoreKind.LOGIT:
            return False
        return self.graph.computed.has(weights)

    def _sum_of(self, weights: Mapping[int, float]) -> Target:
        return lambda logits: sum(
            (w * self.score.of_class(logits, c) for c, w in weights.items()), torch.zeros(())
        )

    def _spread(self, by_channel: Tensor) -> Tensor:
        return (by_channel / self.cells)[:, None, None].expand_as(self.activations)


def run(
    network: nn.Module,
    picture: Tensor,
    layer: str,
    head: PooledHead | None = None,
    layout: Layout | None = None,
) -> Forward:
    """Runs the network once and keeps the output of ``layer``.

    Args:
        network: in eval mode with frozen parameters.
        picture: (1, 3, h, w).
        layer: dotted name of the layer to tap; when it runs twice, the last call counts.
        head: the network's pooled linear head, if it has one. If ``layer`` feeds it, no graph is
            recorded.
        layout: how the layer's output holds its grid; channels first when None.

    Raises:
        CamviewerError: the layer was not reached, or its output or the logits are not finite.
    """
    return run_layers(network, picture, {layer: layout}, head)[layer]


def run_layers(
    network: nn.Module,
    picture: Tensor,
    layers: Mapping[str, Layout | None],
    head: PooledHead | None = None,
) -> dict[str, Forward]:
    """Runs the network once and keeps the outputs of several layers in one graph.

    Args:
        network: in eval mode with frozen parameters.
        picture: (1, 3, h, w).
        layers: dotted names with how the outputs hold their grids.
        head: the network's pooled linear head, if it has one.

    Raises:
        CamviewerError: a layer was not reached, or an output or the logits are not finite.
    """
    feeding = None if head is None else head.layer
    records = set(layers) != {feeding}
    taps: dict[str, Tensor] = {}
    times: dict[str, list[float]] = {layer: [] for layer in layers}
    began = perf_counter()
    with (
        _tapped(network, tuple(layers), taps, times, record=records),
        torch.set_grad_enabled(records),
    ):
        logits = network(picture)
    ended = perf_counter()
    forwards = {}
    for layer, layout in layers.items():
        if layer not in taps:
            raise CamviewerError(
                f"The picture does not pass through layer {layer}.", "Choose another layer."
            )
        found = from_outputs(layer, logits.detach(), taps[layer].detach(), head, layout)
        # A GPU runs asynchronously, so these times say nothing about it.
        measured = (ended - times[layer][-1]) / (ended - began)
        tail_share = measured if picture.device.type == "cpu" else None
        forwards[layer] = replace(found, calls=len(times[layer]), tail_share=tail_share)
        if layer != feeding:
            forwards[layer] = with_graph(forwards[layer], taps[layer], logits)
    return forwards


def from_outputs(
    layer: str,
    logits: Tensor,
    output: Tensor,
    head: PooledHead | None,
    layout: Layout | None,
    *,
    engine: str = "",
) -> Forward:
    """Makes a pass without a graph from outputs that any engine may have computed.

    Args:
        layer: dotted name of the tapped layer.
        logits: (1, K).
        output: output of the layer, (1, ...).
        head: the network's pooled linear head, if it has one.
        layout: how the layer's output holds its grid; channels first when None.
        engine: name of the engine that ran the network; empty for torch.

    Raises:
        CamviewerError: the output or the logits are not finite.
    """
    feeds_head = head is not None and head.layer == layer
    activations = grid_of_one(output, layout)
    if head is not None and feeds_head and head.rectified:
        activations = activations.relu()
    if not all_finite(activations):
        raise CamviewerError(f"Layer {layer} puts out numbers that are not finite.", _DAMAGED)
    if not all_finite(logits):
        raise CamviewerError(
            f"Behind layer {layer} the network's class scores are not finite.", _DAMAGED
        )
    return Forward(
        layer=layer,
        logits=logits[0],
        activations=activations,
        head=head if feeds_head else None,
        layout=layout,
        engine=engine,
    )


def with_graph(forward: Forward, leaf: Tensor, logits: Tensor) -> Forward:
    """The same pass with the autograd graph from the layer's output, (1, ...), to logits (1, K)."""
    graph = RecordedGraph(forward.layer, leaf, logits, forward.layout)
    return replace(forward, graph=graph)


def with_channel_sums(forward: Forward, sums: ChannelSums) -> Forward:
    """The same pass with a short cut to the sums of its gradients over the cells."""
    if forward.graph is None:
        raise RuntimeError("this pass was made without a graph")
    return replace(forward, graph=replace(forward.graph, sums=sums))


_DAMAGED = "The weights may be damaged, or the model may need another preprocessing."


@contextmanager
def _tapped(
    network: nn.Module,
    layers: tuple[str, ...],
    taps: dict[str, Tensor],
    times: dict[str, list[float]],
    *,
    record: bool,
) -> Iterator[None]:
    """Keeps the outputs of layers in ``taps``, and the times of their calls in ``times``.

    The first tapped output becomes a leaf; later ones stay in its graph.
    """

    def tap_of(layer: str) -> Callable[[nn.Module, object, object], Tensor | None]:
        def tap(_module: nn.Module, _inputs: object, output: object) -> Tensor | None:
            if not isinstance(output, Tensor):
                raise CamviewerError(
                    f"Layer {layer} does not put out a single tensor.", "Choose another layer."
                )
            # The last call of a layer counts, so every call becomes a new leaf.
            behind_another = output.requires_grad and bool(taps.keys() - {layer})
            tapped = output if behind_another else output.detach().clone()
            taps[layer] = tapped
            times[layer].append(perf_counter())
            if not record:
                return None
            tapped.requires_grad_(True)
            # A following in-place layer must change a copy, not the tapped tensor.
            return tapped.clone()

        return tap

    handles: list[RemovableHandle] = []
    try:
        handles += [
            network.get_submodule(layer).register_forward_hook(tap_of(layer)) for layer in layers
        ]
        yield
    finally:
        for handle in handles:
            handle.remove()
