"""Computes gradients of large linear layers from the rows of weights with a non-zero gradient.

A ReLU after the layer makes most of its output gradient 0. A matrix product reads all weights in
spite of that, 411 MB for one layer of VGG16. The sum over the other rows gives the same gradient.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import embedding_bag, linear

_FEWEST_WEIGHTS = 1_000_000
_MOST_OF_ROWS = 0.75
"""Maximum share of rows with a non-zero gradient; because a matrix product is faster for more."""


def quicken(network: nn.Module) -> None:
    """Makes large linear layers on the CPU use the sparse gradient.

    Args:
        network: a copy whose modules nothing else uses; its tensors may be shared.
    """
    for module in network.modules():
        # Subclasses are left out, because others may use them differently, as attention does.
        if type(module) is nn.Linear and is_large(module.weight):
            module.__class__ = _QuickLinear  # everything that it has stays what it is


def is_large(weight: Tensor) -> bool:
    """Whether a linear layer's weights are so large that reading fewer of them saves time."""
    plain = weight.device.type == "cpu" and weight.dtype == torch.float32
    return plain and weight.numel() >= _FEWEST_WEIGHTS


class _QuickLinear(nn.Linear):
    """A linear layer with another implementation of its gradient."""

    def forward(self, values: Tensor) -> Tensor:
        if (
            values.requires_grad
            and values.shape[:-1].numel() == 1
            and not self.weight.requires_grad
        ):
            found: Tensor = _Linear.apply(values, self.weight, self.bias)
            return found
        return super().forward(values)


class _Linear(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, values: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
        ctx.save_for_backward(weight)
        return linear(values, weight, bias)

    @staticmethod
    def backward(ctx: Any, by_output: Tensor) -> tuple[Tensor, None, None]:
        (weight,) = ctx.saved_tensors
        flat = by_output.flatten()
        rows = flat.nonzero().flatten()
        # Rows with a zero gradient may contribute to a second derivative.
        if torch.is_grad_enabled() or len(rows) > _MOST_OF_ROWS * len(flat) or not len(rows):
            return by_output @ weight, None, None
        parts = min(torch.get_num_threads(), len(rows))
        starts = torch.tensor([len(rows) * part // parts for part in range(parts)])
        sums = embedding_bag(rows, weight, starts, mode="sum", per_sample_weights=flat[rows])
        return sums.sum(0).view(*by_output.shape[:-1], -1), None, None
