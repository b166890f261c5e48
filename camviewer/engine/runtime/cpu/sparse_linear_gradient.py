"""Large linear layers whose gradient reads only the weights that matter.

Behind a ReLU most of the gradient is 0, and a matrix product multiplies all the same: on VGG16 it
reads 411 MB for one layer. The rows of the weights whose gradient is not 0 add up to the same.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import embedding_bag, linear

_FEWEST_WEIGHTS = 1_000_000
_MOST_OF_ROWS = 0.75
"""With more of them a matrix product is faster."""


def quicken(network: nn.Module) -> None:
    """Gives large linear layers on the CPU the quick gradient.

    Args:
        network: a copy whose modules nobody else has; its tensors may be shared.
    """
    for module in network.modules():
        # Subclasses may be used in ways of their own, as attention's projection is.
        if type(module) is nn.Linear and is_large(module.weight):
            module.__class__ = _QuickLinear  # everything that it has stays what it is


def is_large(weight: Tensor) -> bool:
    """Whether reading these weights of a linear layer takes so long that it is worth sparing."""
    plain = weight.device.type == "cpu" and weight.dtype == torch.float32
    return plain and weight.numel() >= _FEWEST_WEIGHTS


class _QuickLinear(nn.Linear):
    """A linear layer; only its gradient is computed in another way."""

    def forward(self, given: Tensor) -> Tensor:
        if given.requires_grad and given.shape[:-1].numel() == 1 and not self.weight.requires_grad:
            found: Tensor = _Linear.apply(given, self.weight, self.bias)
            return found
        return super().forward(given)


class _Linear(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, given: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
        ctx.save_for_backward(weight)
        return linear(given, weight, bias)

    @staticmethod
    def backward(ctx: Any, by_output: Tensor) -> tuple[Tensor, None, None]:
        (weight,) = ctx.saved_tensors
        flat = by_output.flatten()
        rows = flat.nonzero().flatten()
        # A second derivative may come from where the first is 0.
        if torch.is_grad_enabled() or len(rows) > _MOST_OF_ROWS * len(flat) or not len(rows):
            return by_output @ weight, None, None
        parts = min(torch.get_num_threads(), len(rows))
        starts = torch.tensor([len(rows) * part // parts for part in range(parts)])
        sums = embedding_bag(rows, weight, starts, mode="sum", per_sample_weights=flat[rows])
        return sums.sum(0).view(*by_output.shape[:-1], -1), None, None
