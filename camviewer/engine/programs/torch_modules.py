"""Maps operators to equivalent torch modules, which the methods and lists of layers recognise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor, nn

from camviewer.engine.programs.operators import bound
from camviewer.engine.programs.program import Ref, Step

_Arguments = dict[str, Any]


def module_of(step: Step, constants: Mapping[str, Any]) -> tuple[nn.Module, tuple[str, ...]] | None:
    """The torch module for an operator, and the names of its inputs.

    Args:
        step: the operator with its arguments.
        constants: values that do not depend on the picture.

    Returns:
        None if torch has none, or if several arguments depend on the picture.
    """
    make = _MAKERS.get(".".join(step.operator.split(".")[:2]))
    given = bound(step.operator, step.arguments, step.keywords)
    if make is None or given is None:
        return None
    inputs = tuple(ref for ref in step.refs if ref not in constants)
    if len(inputs) != 1:
        return None
    fed = next(key for key, value in given.items() if value == Ref(inputs[0]))
    plain = {key: _constant(value, constants) for key, value in given.items() if key != fed}
    try:
        module = make({**plain, fed: _FED})
    except _UnlikeError:
        return None
    return module, inputs


class _UnlikeError(Exception):
    """No torch module is equivalent to the operator with these arguments."""


_FED = object()
"""Placeholder for the argument that depends on the picture."""


def _constant(value: Any, constants: Mapping[str, Any]) -> Any:
    if isinstance(value, Ref):
        if value.name not in constants:
            raise _UnlikeError
        return constants[value.name]
    if isinstance(value, list):
        return [_constant(item, constants) for item in value]
    return value


def _require(condition: object) -> None:
    if not condition:
        raise _UnlikeError


def _convolution(given: _Arguments) -> nn.Module:
    weight, bias = given["weight"], given["bias"]
    _require(given.get("input") is _FED and isinstance(weight, Tensor) and weight.dim() == 4)
    _require(bias is None or isinstance(bias, Tensor))
    _require(not given.get("transposed", False))
    padding = given["padding"]
    _require(not isinstance(padding, str) or padding in {"same", "valid"})
    groups = given["groups"]
    module = nn.Conv2d(
        weight.shape[1] * groups,
        weight.shape[0],
        tuple(weight.shape[2:]),
        stride=_pair(given["stride"]),
        padding=padding if isinstance(padding, str) else _pair(padding),
        dilation=_pair(given["dilation"]),
        groups=groups,
        bias=bias is not None,
        device="meta",
    )
    return _with_weights(module, weight=weight, bias=bias)


def _linear(given: _Arguments) -> nn.Module:
    _require(given["input"] is _FED)
    return _linear_of(given["weight"], given["bias"])


def _addmm(given: _Arguments) -> nn.Module:
    _require(given["mat1"] is _FED and given["beta"] == 1 and given["alpha"] == 1)
    weight, bias = given["mat2"], given["self"]
    _require(isinstance(weight, Tensor) and isinstance(bias, Tensor) and bias.dim() == 1)
    return _linear_of(weight.t(), bias)


def _linear_of(weight: Any, bias: Any) -> nn.Module:
    _require(isinstance(weight, Tensor) and weight.dim() == 2)
    _require(bias is None or isinstance(bias, Tensor))
    module = nn.Linear(weight.shape[1], weight.shape[0], bias=bias is not None, device="meta")
    return _with_weights(module, weight=weight.contiguous(), bias=bias)


def _batch_norm(given: _Arguments) -> nn.Module:
    _require(given["input"] is _FED and not given.get("training", False))
    mean, var = given["running_mean"], given["running_var"]
    _require(isinstance(mean, Tensor) and isinstance(var, Tensor))
    weight, bias = given["weight"], given["bias"]
    _require((weight is None) == (bias is None))
    module = nn.BatchNorm2d(
        mean.numel(), eps=given["eps"], affine=weight is not None, device="meta"
    )
    counter = torch.zeros((), dtype=torch.long)
    return _with_weights(
        module,
        weight=weight,
        bias=bias,
        running_mean=mean,
        running_var=var,
        num_batches_tracked=counter,
    )


def _layer_norm(given: _Arguments) -> nn.Module:
    _require(given["input"] is _FED)
    weight, bias = given["weight"], given["bias"]
    _require(weight is not None or bias is None)
    shape = given["normalized_shape"]
    _require(all(type(size) is int for size in shape))
    module = nn.LayerNorm(
        shape,
        eps=given["eps"],
        elementwise_affine=weight is not None,
        bias=bias is not None,
        device="meta",
    )
    return _with_weights(module, weight=weight, bias=bias)


def _max_pool(given: _Arguments) -> nn.Module:
    _require(given["self"] is _FED)
    return nn.MaxPool2d(
        _pair(given["kernel_size"]),
        _pair(given["stride"] or given["kernel_size"]),
        _pair(given["padding"]),
        _pair(given["dilation"]),
        ceil_mode=bool(given["ceil_mode"]),
    )


def _average_pool(given: _Arguments) -> nn.Module:
    _require(given["self"] is _FED)
    return nn.AvgPool2d(
        _pair(given["kernel_size"]),
        _pair(given["stride"] or given["kernel_size"]),
        _pair(given["padding"]),
        ceil_mode=bool(given["ceil_mode"]),
        count_include_pad=bool(given["count_include_pad"]),
        divisor_override=given["divisor_override"],
    )


def _adaptive_pool(given: _Arguments) -> nn.Module:
    _require(given["self"] is _FED)
    return nn.AdaptiveAvgPool2d(_pair(given["output_size"]))


def _flatten(given: _Arguments) -> nn.Module:
    return nn.Flatten(given["start_dim"], given["end_dim"])


def _softmax(given: _Arguments) -> nn.Module:
    _require(given.get("dtype") is None and not given.get("half_to_float", False))
    return nn.Softmax(given["dim"])


def _hardtanh(given: _Arguments, *, inplace: bool) -> nn.Module:
    low, high = given["min_val"], given["max_val"]
    if (low, high) == (0, 6):
        return nn.ReLU6(inplace)
    return nn.Hardtanh(float(low), float(high), inplace=inplace)


def _activation(
    kind: Callable[..., nn.Module], *, inplace: bool
) -> Callable[[_Arguments], nn.Module]:
    def make(_given: _Arguments) -> nn.Module:
        return kind(inplace=inplace)

    return make


def _with_weights(module: nn.Module, **tensors: Tensor | None) -> nn.Module:
    """Assigns tensors to a module without copying them."""
    state = {name: tensor.detach() for name, tensor in tensors.items() if tensor is not None}
    module.load_state_dict(state, assign=True)
    return module.eval().requires_grad_(False)


def _pair(value: Any) -> tuple[int, int]:
    values = value if isinstance(value, list | tuple) else [value]
    _require(len(values) in {1, 2} and all(type(number) is int for number in values))
    return values[0], values[-1]


_MAKERS: dict[str, Callable[[_Arguments], nn.Module]] = {
    "aten.conv2d": _convolution,
    "aten.convolution": _convolution,
    "aten._convolution": _convolution,
    "aten.linear": _linear,
    "aten.addmm": _addmm,
    "aten.batch_norm": _batch_norm,
    "aten._native_batch_norm_legit_no_training": _batch_norm,
    "aten.layer_norm": _layer_norm,
    "aten.native_layer_norm": _layer_norm,
    "aten.max_pool2d": _max_pool,
    "aten.max_pool2d_with_indices": _max_pool,
    "aten.avg_pool2d": _average_pool,
    "aten.adaptive_avg_pool2d": _adaptive_pool,
    "aten._adaptive_avg_pool2d": _adaptive_pool,
    "aten.flatten": _flatten,
    "aten.softmax": _softmax,
    "aten._softmax": _softmax,
    "aten.gelu": lambda given: nn.GELU(given["approximate"]),
    "aten.sigmoid": lambda _given: nn.Sigmoid(),
    "aten.tanh": lambda _given: nn.Tanh(),
    "aten.dropout": lambda given: nn.Dropout(given["p"]).eval(),
    "aten.hardtanh": lambda given: _hardtanh(given, inplace=False),
    "aten.hardtanh_": lambda given: _hardtanh(given, inplace=True),
    **{
        f"aten.{name}{ending}": _activation(kind, inplace=bool(ending))
        for name, kind in (
            ("relu", nn.ReLU),
            ("relu6", nn.ReLU6),
            ("silu", nn.SiLU),
            ("mish", nn.Mish),
            ("selu", nn.SELU),
            ("hardswish", nn.Hardswish),
            ("hardsigmoid", nn.Hardsigmoid),
        )
        for ending in ("", "_")
    },
}
