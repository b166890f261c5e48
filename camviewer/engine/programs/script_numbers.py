"""Defines the operators of scripts on plain numbers: sizes, and conditions of branches."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

OBSERVED: dict[str, Callable[..., Any]] = {
    "prim::dtype": lambda tensor: tensor.dtype,
    "prim::type": lambda device: device.type,
    "aten::dim": lambda tensor: tensor.dim(),
    "aten::numel": lambda tensor: tensor.numel(),
    "aten::len": len,
    "aten::__is__": operator.is_,
    "aten::__isnot__": operator.is_not,
    # Without gradients, attention would use a fused operator without layers.
    "aten::is_grad_enabled": lambda: True,
    "prim::requires_grad": lambda _tensor: True,
    "aten::is_autocast_enabled": lambda *_kind: False,
    "prim::is_nested": lambda _tensor: False,
    "prim::is_quantized": lambda _tensor: False,
}
"""Operators on values that decide a script's branches; their results become constants."""


KEPT = {
    "aten::add": "_operator.add",
    "aten::sub": "_operator.sub",
    "aten::mul": "_operator.mul",
    "aten::floordiv": "_operator.floordiv",
    "aten::div": "_operator.truediv",
    "aten::remainder": "_operator.mod",
    "aten::neg": "_operator.neg",
}
"""Operators on sizes that become part of the program, because sizes may change."""

ON_NUMBERS: dict[str, Callable[..., Any]] = {
    "aten::add": operator.add,
    "aten::sub": operator.sub,
    "aten::mul": operator.mul,
    "aten::floordiv": operator.floordiv,
    "aten::div": operator.truediv,
    "aten::remainder": operator.mod,
    "aten::neg": operator.neg,
    "aten::eq": operator.eq,
    "aten::ne": operator.ne,
    "aten::lt": operator.lt,
    "aten::le": operator.le,
    "aten::gt": operator.gt,
    "aten::ge": operator.ge,
    "aten::__not__": operator.not_,
    "aten::__and__": lambda left, right: left and right,
    "aten::__or__": lambda left, right: left or right,
    "aten::__contains__": operator.contains,
    "aten::Bool": bool,
    "aten::Float": float,
    "aten::Int": int,
    "aten::any": any,
    "aten::all": all,
    "prim::min": min,
    "prim::max": max,
}
