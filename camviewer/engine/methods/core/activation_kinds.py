"""Tells rectifiers from other activations, among modules and among torch's functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from torch import nn

_RECTIFIERS = (nn.ReLU, nn.ReLU6)
_OTHERS = (
    nn.CELU,
    nn.ELU,
    nn.GELU,
    nn.GLU,
    nn.Hardshrink,
    nn.Hardsigmoid,
    nn.Hardswish,
    nn.Hardtanh,
    nn.LeakyReLU,
    nn.LogSigmoid,
    nn.Mish,
    nn.MultiheadAttention,
    nn.PReLU,
    nn.RReLU,
    nn.SELU,
    nn.SiLU,
    nn.Sigmoid,
    nn.Softplus,
    nn.Softshrink,
    nn.Softsign,
    nn.Tanh,
    nn.Tanhshrink,
)
_OF_TIMM = "timm.layers.activations"
_OTHER_NAMES = """
celu elu gelu glu hardshrink hardsigmoid hardswish leaky_relu log_sigmoid logsigmoid mish
multi_head_attention_forward prelu rrelu scaled_dot_product_attention selu sigmoid silu softplus
softshrink softsign tanh tanhshrink
"""
_OTHER_FUNCTIONS = frozenset(_OTHER_NAMES.split())
_CLAMPS = frozenset({"hardtanh", "clamp", "clip"})


def other_activation(network: nn.Module) -> str:
    """The name of a module whose activation is neither ReLU nor ReLU6; empty without one."""
    for module in network.modules():
        if isinstance(module, _RECTIFIERS):
            continue
        if isinstance(module, _OTHERS) or type(module).__module__ == _OF_TIMM:
            return type(module).__name__
    return ""


def function_name(function: Any) -> str:
    """The plain name of a torch function, method or operator: ``relu`` for ``Tensor.relu_``."""
    name: str = getattr(function, "__name__", "")
    return name.partition(".")[0].strip("_")


def is_rectifier(name: str, arguments: tuple[Any, ...], keywords: Mapping[str, Any]) -> bool:
    """Whether a call is max(x, 0), with or without an upper limit."""
    if name in {"relu", "relu6"}:
        return True
    if name == "clamp_min":
        return bool(_limit(arguments, keywords, "min") == 0)
    if name in _CLAMPS:
        lowest = "min_val" if name == "hardtanh" else "min"
        return bool(_limit(arguments, keywords, lowest) == 0)
    return False


def _limit(arguments: tuple[Any, ...], keywords: Mapping[str, Any], keyword: str) -> Any:
    """The lower limit of a clamp, None without one."""
    return keywords.get(keyword, arguments[1] if len(arguments) > 1 else None)


def is_other_activation(name: str) -> bool:
    """Whether a function is an activation that is no rectifier."""
    return name in _OTHER_FUNCTIONS or name in _CLAMPS or name == "clamp_min"
