"""The rest of a network, from its tapped layer on."""

from __future__ import annotations

from time import perf_counter

import torch
from torch import Tensor, nn

from camviewer.engine.classifier import Classifier
from camviewer.engine.forward import Forward
from camviewer.engine.methods.batches import memory_of_a_pass


class Rest:
    """Logits for other activations of the tapped layer; everything else is as in the pass.

    Args:
        classifier: the network.
        forward: a pass of the picture.
        picture: (1, 3, h, w).
    """

    def __init__(self, classifier: Classifier, forward: Forward, picture: Tensor) -> None:
        self._network = classifier.network
        self._forward = forward
        self._picture = picture

    def __call__(self, activations: Tensor) -> Tensor:
        """Logits (N, K) for activations (N, C, h, w)."""
        head = self._forward.head
        if head is not None:
            return activations.mean((2, 3)) @ head.weight.T + head.bias
        return self._whole_pass(activations)

    def memory_of_a_pass(self, activations: Tensor) -> tuple[float, float]:
        """(bytes, seconds) that one needs, measured."""
        if self._forward.head is None:
            return memory_of_a_pass(self._network, self._picture)
        began = perf_counter()
        self(activations[None])
        return 3.0 * activations.nbytes, perf_counter() - began

    def _whole_pass(self, activations: Tensor) -> Tensor:
        layout, output = self._forward.layout, self._forward.output

        def replace_output(_module: nn.Module, _inputs: object, _output: object) -> Tensor:
            return activations if layout is None else layout.from_grid(activations, output)

        layer = self._network.get_submodule(self._forward.layer)
        handle = layer.register_forward_hook(replace_output)
        try:
            with torch.no_grad():
                pictures = self._picture.expand(len(activations), -1, -1, -1)
                logits: Tensor = self._network(pictures)
        finally:
            handle.remove()
        return logits
