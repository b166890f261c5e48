"""Networks with seeded weights that cost no more than the memory they fill.

Initialisations that draw normal deviates one by one take longer than all else that a test does with
a network of 600 million parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil
from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

_DRAWN = 1_000_003
"""A prime, so that no two rows of a matrix are the same."""
_FILLING = (
    Tensor.normal_,
    Tensor.uniform_,
    Tensor.erfinv_,
    nn.init.kaiming_normal_,
    nn.init.kaiming_uniform_,
    nn.init.xavier_uniform_,
    nn.init.xavier_normal_,
    nn.init.normal_,
    nn.init.uniform_,
    nn.init.orthogonal_,
)


class _Unfilled(TorchFunctionMode):
    """Leaves the random filling of new tensors out."""

    def __torch_function__(
        self,
        func: Any,
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        if func in _FILLING:
            return args[0] if args else next(iter((kwargs or {}).values()))
        return func(*args, **(kwargs or {}))


def cheaply_made(make: Callable[[], nn.Module], seed: int = 0) -> nn.Module:
    """What ``make`` builds, with weights and statistics under which every tensor counts."""
    with _Unfilled(), pytest.MonkeyPatch.context() as patch:
        # It draws until all fits, and asks no mode.
        patch.setattr(nn.init, "trunc_normal_", lambda tensor, *_, **__: tensor)
        network = make()
    drawn = torch.randn(_DRAWN, generator=torch.Generator().manual_seed(seed))
    with torch.no_grad():
        for number, (name, tensor) in enumerate(network.named_parameters()):
            tensor.copy_(_values(name, tensor, drawn[977 * number % (_DRAWN // 2) :]))
        for name, buffer in network.named_buffers():
            kind = name.rpartition(".")[2]
            if kind == "running_mean":
                buffer.copy_(drawn[: buffer.numel()] * 0.1)
            elif kind == "running_var":
                buffer.copy_(1.0 + drawn[: buffer.numel()].clamp(-2, 2) * 0.1)
            elif kind == "num_batches_tracked":
                buffer.fill_(7)
    return network.eval()


def _values(name: str, tensor: Tensor, drawn: Tensor) -> Tensor:
    """Weights that keep the size of activations about, gains of about 1, small biases."""
    count = tensor.numel()
    numbers = (
        drawn[:count] if count <= len(drawn) else drawn.repeat(ceil(count / len(drawn)))[:count]
    )
    numbers = numbers.view(tensor.shape)
    if tensor.dim() < 2 or count == max(tensor.shape):
        return numbers * 0.1 if "bias" in name else 1.0 + numbers * 0.1
    if not name.endswith("weight"):  # positions and tokens
        return numbers * 0.1
    return numbers * (1.2 / (count / tensor.shape[0]) ** 0.5)
