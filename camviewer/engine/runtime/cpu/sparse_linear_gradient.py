"""Computes gradients of large linear layers from the rows of weights with a non-zero gradient.

A ReLU after the layer makes most of its output gradient 0. A matrix product reads all weights in
spite of that, 411 MB for one layer of VGG16. The sum over the other rows gives the same gradient.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import embedding_bag, linear

from camviewer.engine.network.module_copies import replace_module

_FEWEST_WEIGHTS = 1_000_000
"""Minimum number of weights; because reading fewer of them saves nothing."""
_MOST_OF_ROWS = 0.75
"""Maximum share of rows with a non-zero gradient; because a matrix product is faster for more."""


def use_sparse_gradients(network: nn.Module) -> None:
    """Replaces large linear layers on the CPU by layers with the sparse gradient.

    Args:
        network: a copy whose modules nothing else uses; its tensors may be shared.
    """
    for name, module in tuple(network.named_modules()):
        # Subclasses are left out, because others may use them differently, as attention does, and
        # so are layers that compute their weights in every pass.
        if name and type(module) is nn.Linear and _has_own_weights(module):
            replace_module(network, name, SparseGradientLinear(module))


def _has_own_weights(module: nn.Linear) -> bool:
    """Whether the weights are large and a parameter of the layer itself."""
    return "weight" in dict(module.named_parameters(recurse=False)) and is_large(module.weight)


def is_large(weight: Tensor) -> bool:
    """Whether a linear layer's weights are so large that reading fewer of them saves time."""
    plain = weight.device.type == "cpu" and weight.dtype == torch.float32
    return plain and weight.numel() >= _FEWEST_WEIGHTS


class SparseGradientLinear(nn.Linear):
    """A linear layer with another implementation of its gradient.

    Args:
        plain: the layer that it stands for; its tensors are shared.
    """

    def __init__(self, plain: nn.Linear) -> None:
        super().__init__(plain.in_features, plain.out_features, device="meta")
        self.weight, self.bias = plain.weight, plain.bias
        self.train(plain.training)

    def forward(self, values: Tensor) -> Tensor:
        """(..., out_features) of (..., in_features)."""
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
