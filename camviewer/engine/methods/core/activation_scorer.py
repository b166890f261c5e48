"""Computes logits for changed activations of the tapped layer."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from time import perf_counter

import torch
from torch import Tensor, nn

from camviewer.engine.methods.core.batches import memory_of_a_pass
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.forward import Forward
from camviewer.engine.network.grid_layers import fixed_batch
from camviewer.engine.runtime.tail_network import TailNetwork
from camviewer.engine.support.numeric_comparison import same_numbers


class ActivationScorer:
    """Computes logits for other activations of the tapped layer; the picture stays the same.

    Before a pooled linear head this is one matrix product, and for most layers only the tail
    network runs. Some layers, such as those in a residual branch, have no tail network. Then the
    network runs with one picture, and a hook replaces the layer's output by a batch of activations:
    the modules before the layer see one picture, those after it see all of them. The first use
    compares numbers to find out whether the network supports this. If it does not, the picture is
    repeated for each set of activations.

    Args:
        classifier: the network.
        forward: a pass of the picture.
        picture: (1, 3, h, w).
        find_tail: gives the layer's tail network; None where it has none.
    """

    def __init__(
        self,
        classifier: Classifier,
        forward: Forward,
        picture: Tensor,
        find_tail: Callable[[], TailNetwork | None] = lambda: None,
    ) -> None:
        self._network = classifier.network
        self._forward = forward
        self._picture = picture
        self._find_tail = find_tail

    def __call__(self, activations: Tensor) -> Tensor:
        """Logits (N, K) for activations (N, C, h, w)."""
        head = self._forward.head
        if head is not None:
            return activations.mean((2, 3)) @ head.weight.T + head.bias
        batch = fixed_batch(self._network)
        if batch is not None:
            repeated = (one.expand(batch, -1, -1, -1) for one in activations)
            return torch.cat([self._pass(outputs, 1) for outputs in repeated])
        if self._tail is not None:
            with torch.no_grad():
                return self._tail(self._output_of(activations))
        copies = 1 if self.broadcasts else len(activations)
        return self._pass(activations, copies)

    @cached_property
    def _tail(self) -> TailNetwork | None:
        return self._find_tail()

    def _output_of(self, activations: Tensor) -> Tensor:
        """The layer's output with these activations, as a copy that in-place layers may change."""
        layout, copy = self._forward.layout, activations.clone()
        return copy if layout is None else layout.from_grid(copy, self._forward.output)

    @cached_property
    def broadcasts(self) -> bool:
        """Whether the network accepts one picture with a batch of activations at the layer."""
        once = self._forward.activations[None]
        # The three differ from each other, so a mix-up of the batch is noticed.
        trial = torch.cat((once, 0.5 * once, once.flip(3)))
        try:
            found = self._pass(trial, 1)
        except RuntimeError:
            return False
        # One by one, because several pictures at once might not fit into memory.
        expected = torch.cat([self._pass(each[None], 1) for each in trial])
        return found.shape == expected.shape and same_numbers(found, expected)

    def memory_of_a_pass(self, activations: Tensor) -> tuple[float, float]:
        """Measured (bytes, seconds) of a pass for one set of activations."""
        if self._forward.head is None and self._tail is not None:
            return memory_of_a_pass(self._tail, self._output_of(activations[None]))
        if self._forward.head is None:
            return memory_of_a_pass(self._network, self._picture)
        began = perf_counter()
        self(activations[None])
        return 3.0 * activations.nbytes, perf_counter() - began

    @cached_property
    def _calls(self) -> int:
        """How often the layer runs in a pass."""
        if self._forward.calls:
            return self._forward.calls
        calls = 0

        def count(_module: nn.Module, _inputs: object, _output: object) -> None:
            nonlocal calls
            calls += 1

        handle = self._network.get_submodule(self._forward.layer).register_forward_hook(count)
        try:
            with torch.no_grad():
                self._network(self._picture)
        finally:
            handle.remove()
        return calls

    def _pass(self, activations: Tensor, copies: int) -> Tensor:
        last, calls = self._calls, 0

        def replace_output(_module: nn.Module, _inputs: object, _output: object) -> Tensor | None:
            nonlocal calls
            calls += 1
            return self._output_of(activations) if calls >= last else None

        layer = self._network.get_submodule(self._forward.layer)
        handle = layer.register_forward_hook(replace_output)
        try:
            with torch.no_grad():
                logits: Tensor = self._network(self._picture.expand(copies, -1, -1, -1))
        finally:
            handle.remove()
        return logits
