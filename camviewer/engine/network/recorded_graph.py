"""Keeps the autograd graph from a layer's output to the logits, and the gradients made with it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

import torch
from torch import Tensor
from torch.autograd.graph import GradientEdge

from camviewer.engine.errors import CamviewerError
from camviewer.engine.network.layouts import Layout, grid_of_one

Target = Callable[[Tensor], Tensor]
"""The function that is differentiated: it maps logits (N, K) to (N,)."""


@dataclass(frozen=True, eq=False)
class ChannelSums:
    """Gives the sums of a gradient over the cells without computing the gradient.

    Attributes:
        edge: place in the graph of a later layer's output (1, outputs).
        weight: (outputs, C), derivative of that output by a constant added to all cells of a
            channel.
    """

    edge: GradientEdge
    weight: Tensor


class GradientCache:
    """The gradients of class logits that were computed, each (C, h, w), by class."""

    def __init__(self) -> None:
        self._by_class: dict[int, Tensor] = {}

    def has(self, classes: Collection[int]) -> bool:
        """Whether it has the gradients of all these classes."""
        return all(class_index in self._by_class for class_index in classes)

    def of(self, class_index: int, compute: Callable[[], Tensor]) -> Tensor:
        """The gradient of a class, computed if it is missing."""
        if class_index not in self._by_class:
            self._by_class[class_index] = compute()
        return self._by_class[class_index]


@dataclass(frozen=True, eq=False)
class RecordedGraph:
    """The graph of one pass from a layer's output to the logits.

    Attributes:
        layer: dotted name of the layer.
        leaf: its output, (1, ...).
        logits: (1, K), in the graph.
        layout: how the output holds its grid; channels first when None.
        sums: a short cut to the sums of gradients over the cells; None where there is none.
        computed: gradients that were computed before; all copies of a graph share them.
    """

    layer: str
    leaf: Tensor
    logits: Tensor
    layout: Layout | None
    sums: ChannelSums | None = None
    computed: GradientCache = field(default_factory=GradientCache)

    def class_gradients(self, class_index: int) -> Tensor:
        """The gradient of a class's logit by the activations, (C, h, w); cached."""
        return self.computed.of(
            class_index, lambda: self.gradients(lambda logits: logits[:, class_index])
        )

    def gradients(self, target: Target) -> Tensor:
        """The gradient of any function of the logits by the activations, (C, h, w).

        Raises:
            CamviewerError: it does not depend on the layer.
        """
        return grid_of_one(self._differentiated(target, self.leaf), self.layout)

    def summed_gradients(self, target: Target, sums: ChannelSums) -> Tensor:
        """The sums of such a gradient over the cells, (C,), by the short cut."""
        return (self._differentiated(target, sums.edge) @ sums.weight)[0]

    def curvature(self, target: Target) -> Tensor:
        """The Hessian of target by the activations, times the activations: (C, h, w)."""
        with torch.enable_grad():
            score = target(self.logits).sum()
            product = hessian_product(score, self.leaf, self.leaf.detach())
        return grid_of_one(product, self.layout)

    def _differentiated(self, target: Target, by: Tensor | GradientEdge) -> Tensor:
        gradient: Tensor | None = None
        if self.logits.requires_grad:
            with torch.enable_grad():  # selecting the class must be part of the graph
                score = target(self.logits).sum()
            (gradient,) = torch.autograd.grad(score, by, retain_graph=True, allow_unused=True)
        if gradient is None:
            raise CamviewerError(
                f"The class score does not depend on layer {self.layer}.",
                "Choose a layer that lies between the picture and the classes.",
            )
        return gradient


def hessian_product(score: Tensor, by: Tensor, along: Tensor) -> Tensor:
    """The Hessian of a score with respect to a tensor, times a vector of that tensor's shape.

    It is 0 where the score is linear in the tensor.
    """
    if not score.requires_grad:
        return torch.zeros_like(by)
    # A score that does not depend on the tensor has no gradient; autograd then returns zeros.
    (gradient,) = torch.autograd.grad(
        score, by, create_graph=True, retain_graph=True, materialize_grads=True
    )
    if not gradient.requires_grad:
        return torch.zeros_like(by)
    (product,) = torch.autograd.grad(gradient, by, along, retain_graph=True, materialize_grads=True)
    return product.detach()
