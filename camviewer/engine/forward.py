"""One pass of one picture: logits, and the activations of the tapped layer.

The graph is cut at the tapped layer: its output becomes a leaf, so that nothing before it is
recorded, and frozen parameters or a surrounding ``no_grad`` do not matter.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError
from camviewer.engine.heads import PooledHead
from camviewer.engine.layouts import Layout


@dataclass(frozen=True, eq=False)
class Forward:
    """What a pass left behind: enough for any class and method on the same layer.

    Attributes:
        layer: dotted name of the tapped layer.
        logits: (K,), detached.
        activations: (C, h, w), detached.
        head: the pooled linear head, when the tapped layer feeds it.
        layout: how the layer's output holds its grid; channels first when None.
    """

    layer: str
    logits: Tensor
    activations: Tensor
    head: PooledHead | None
    layout: Layout | None = None
    _leaf: Tensor | None = None
    _recorded_logits: Tensor | None = None

    def gradients(self, class_index: int) -> Tensor:
        """D logit / d activations, (C, h, w).

        Below a pooled linear head it is known without a backward pass: weight / number of cells,
        the same in every cell.
        """
        if self.head is not None:
            cells = self.activations.shape[1] * self.activations.shape[2]
            share = self.head.weight[class_index] / cells
            return share[:, None, None].expand_as(self.activations)
        gradient = self._differentiate(class_index)
        if gradient is None:
            raise CamviewerError(
                f"The class score does not depend on layer {self.layer}.",
                "Choose a layer that lies between the picture and the classes.",
            )
        return _cells(gradient, self.layout)

    def _differentiate(self, class_index: int) -> Tensor | None:
        if self._leaf is None or self._recorded_logits is None:
            raise RuntimeError("this pass was made without a graph")
        if not self._recorded_logits.requires_grad:
            return None
        with torch.enable_grad():  # picking the class is part of the graph, too
            score = self._recorded_logits[0, class_index]
        return torch.autograd.grad(score, self._leaf, retain_graph=True, allow_unused=True)[0]


def run(
    network: nn.Module,
    picture: Tensor,
    layer: str,
    head: PooledHead | None = None,
    layout: Layout | None = None,
) -> Forward:
    """Runs the network once, keeping what ``layer`` puts out.

    Args:
        network: in eval mode with frozen parameters.
        picture: (1, 3, h, w).
        layer: dotted name of the layer to tap; when it runs twice, the last call counts.
        head: the network's pooled linear head, if it has one. When ``layer`` feeds it no graph
            is recorded at all.
        layout: how the layer's output holds its grid; channels first when None.

    Raises:
        CamviewerError: the layer was not reached, or its output or the logits are not finite.
    """
    feeds_head = head is not None and head.layer == layer
    tapped: list[Tensor] = []

    def tap(_module: nn.Module, _inputs: object, output: object) -> Tensor | None:
        if not isinstance(output, Tensor):
            raise CamviewerError(
                f"Layer {layer} does not put out a single tensor.", "Choose another layer."
            )
        leaf = output.detach().clone()
        tapped[:] = [leaf]
        if feeds_head:
            return None
        leaf.requires_grad_(True)
        # An in-place layer that follows must change a copy, not what was tapped.
        return leaf.clone()

    handle = network.get_submodule(layer).register_forward_hook(tap)
    try:
        with torch.set_grad_enabled(not feeds_head):
            logits = network(picture)
    finally:
        handle.remove()
    if not tapped:
        raise CamviewerError(
            f"The picture does not pass through layer {layer}.", "Choose another layer."
        )
    leaf = tapped[0]
    activations = _cells(leaf.detach(), layout)
    if head is not None and feeds_head and head.rectified:
        activations = activations.relu()
    if not bool(torch.isfinite(activations).all()):
        raise CamviewerError(
            f"Layer {layer} puts out numbers that are not finite.",
            "The weights may be damaged, or the model may need another preprocessing.",
        )
    if not bool(torch.isfinite(logits).all()):
        raise CamviewerError(
            f"Behind layer {layer} the network's class scores are not finite.",
            "The weights may be damaged, or the model may need another preprocessing.",
        )
    return Forward(
        layer=layer,
        logits=logits.detach()[0],
        activations=activations,
        head=head if feeds_head else None,
        layout=layout,
        _leaf=None if feeds_head else leaf,
        _recorded_logits=None if feeds_head else logits,
    )


def _cells(output: Tensor, layout: Layout | None) -> Tensor:
    """(C, h, w) of the only picture's output."""
    return output[0] if layout is None else layout.to_grid(output)[0]
