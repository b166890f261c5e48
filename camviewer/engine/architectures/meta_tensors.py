"""Builds and runs networks on the ``meta`` device, where tensors have shapes and no numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812  (torch's own abbreviation)
from torch import nn
from torch.overrides import TorchFunctionMode

_FILLING = frozenset(
    {
        *(torch.Tensor.normal_, torch.Tensor.uniform_, torch.Tensor.zero_, torch.Tensor.fill_),
        *(torch.Tensor.erfinv_, torch.Tensor.mul_, torch.Tensor.add_, torch.Tensor.clamp_),
        *(torch.Tensor.copy_, nn.init.kaiming_normal_, nn.init.kaiming_uniform_),
        *(nn.init.normal_, nn.init.uniform_, nn.init.constant_, nn.init.trunc_normal_),
    }
)
"""Functions that fill weights with numbers; on the ``meta`` device they only take time."""


class EmptyTensorsOnMeta(TorchFunctionMode):
    """Puts what is not filled yet on the ``meta`` device, and leaves it unfilled.

    Those are the weights. What constructors compute in numbers (RegNet's widths) stays real, as it
    does not under ``torch.device("meta")``.
    """

    def __torch_function__(
        self,
        func: Any,
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        named = dict(kwargs or {})
        if func in _FILLING:
            filled = args[0] if args else named.get("tensor")
            if isinstance(filled, torch.Tensor) and filled.is_meta:
                return filled
        if func is torch.empty and named.get("device") is None:
            named["device"] = "meta"
        return func(*args, **named)


class ShapesAlone(TorchFunctionMode):
    """Passes batch normalisation by, which changes no shape and takes longest on ``meta``."""

    def __torch_function__(
        self,
        func: Any,
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        if func is F.batch_norm and args and args[0].is_meta:
            return args[0]
        return func(*args, **(kwargs or {}))
