"""Maps operators to equivalent torch modules, which the methods and lists of layers recognise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor, nn

from camviewer.engine.programs.operators import bound
from camviewer.engine.programs.program import OperatorCall, Ref

_Arguments = dict[str, Any]


def module_of(
    call: OperatorCall, constants: Mapping[str, Any]
) -> tuple[nn.Module, tuple[str, ...]] | None:
    """The torch module for an operator, and the names of its inputs.

    Args:
        call: the operator with its arguments.
        constants: values that do not depend on the picture.

    Returns:
        None if torch has none, or if several arguments depend on the picture.
    """
    make = _MAKERS.get(".".join(call.operator.split(".")[:2]))
    arguments = bound(call.operator, call.arguments, call.keywords)
    if make is None or arguments is None:
        return None
    inputs = tuple(ref for ref in call.refs if ref not in constants)
    if len(inputs) != 1:
        return None
    fed = next(key for key, value in arguments.items() if value == Ref(inputs[0]))
    plain = {key: _constant(value, constants) for key, value in arguments.items() if key != fed}
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


def _convolution(arguments: _Arguments) -> nn.Module:
    weight, bias = arguments["weight"], arguments["bias"]
    _require(arguments.get("input") is _FED and isinstance(weight, Tensor) and weight.dim() == 4)
    _require(bias is None or isinstance(bias, Tensor))
    _require(not arguments.get("transposed", False))
    padding = arguments["padding"]
    _require(not isinstance(padding, str) or padding in {"same", "valid"})
    groups = arguments["groups"]
    module = nn.Conv2d(
        weight.shape[1] * groups,
        weight.shape[0],
        tuple(weight.shape[2:]),
        stride=_pair(arguments["stride"]),
        padding=padding if isinstance(padding, str) else _pair(padding),
        dilation=_pair(arguments["dilation"]),
        groups=groups,
        bias=bias is not None,
        device="meta",
    )
    return _with_weights(module, weight=weight, bias=bias)


def _linear(arguments: _Arguments) -> nn.Module:
    _require(arguments["input"] is _FED)
    return _linear_of(arguments["weight"], arguments["bias"])


def _addmm(arguments: _Arguments) -> nn.Module:
    _require(arguments["mat1"] is _FED and arguments["beta"] == 1 and arguments["alpha"] == 1)
    weight, bias = arguments["mat2"], arguments["self"]
    _require(isinstance(weight, Tensor) and isinstance(bias, Tensor) and bias.dim() == 1)
    return _linear_of(weight.t(), bias)


def _linear_of(weight: Any, bias: Any) -> nn.Module:
    _require(isinstance(weight, Tensor) and weight.dim() == 2)
    _require(bias is None or isinstance(bias, Tensor))
    module = nn.Linear(weight.shape[1], weight.shape[0], bias=bias is not None, device="meta")
    return _with_weights(module, weight=weight.contiguous(), bias=bias)


def _batch_norm(arguments: _Arguments) -> nn.Module:
    _require(arguments["input"] is _FED and not arguments.get("training", False))
    mean, var = arguments["running_mean"], arguments["running_var"]
    _require(isinstance(mean, Tensor) and isinstance(var, Tensor))
    weight, bias = arguments["weight"], arguments["bias"]
    _require((weight is None) == (bias is None))
    module = nn.BatchNorm2d(
        mean.numel(), eps=arguments["eps"], affine=weight is not None, device="meta"
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


def _layer_norm(arguments: _Arguments) -> nn.Module:
    _require(arguments["input"] is _FED)
    weight, bias = arguments["weight"], arguments["bias"]
    _require(weight is not None or bias is None)
    shape = arguments["normalized_shape"]
    _require(all(type(size) is int for size in shape))
    module = nn.LayerNorm(
        shape,
        eps=arguments["eps"],
        elementwise_affine=weight is not None,
        bias=bias is not None,
        device="meta",
    )
    return _with_weights(module, weight=weight, bias=bias)


def _max_pool(arguments: _Arguments) -> nn.Module:
    _require(arguments["self"] is _FED)
    return nn.MaxPool2d(
        _pair(arguments["kernel_size"]),
        _pair(arguments["stride"] or arguments["kernel_size"]),
        _pair(arguments["padding"]),
        _pair(arguments["dilation"]),
        ceil_mode=bool(arguments["ceil_mode"]),
    )


def _average_pool(arguments: _Arguments) -> nn.Module:
    _require(arguments["self"] is _FED)
    return nn.AvgPool2d(
        _pair(arguments["kernel_size"]),
        _pair(arguments["stride"] or arguments["kernel_size"]),
        _pair(arguments["padding"]),
        ceil_mode=bool(arguments["ceil_mode"]),
        count_include_pad=bool(arguments["count_include_pad"]),
        divisor_override=arguments["divisor_override"],
    )


def _adaptive_pool(arguments: _Arguments) -> nn.Module:
    _require(arguments["self"] is _FED)
    return nn.AdaptiveAvgPool2d(_pair(arguments["output_size"]))


def _flatten(arguments: _Arguments) -> nn.Module:
    return nn.Flatten(arguments["start_dim"], arguments["end_dim"])


def _softmax(arguments: _Arguments) -> nn.Module:
    _require(arguments.get("dtype") is None and not arguments.get("half_to_float", False))
    return nn.Softmax(arguments["dim"])


def _hardtanh(arguments: _Arguments, *, inplace: bool) -> nn.Module:
    low, high = arguments["min_val"], arguments["max_val"]
    if (low, high) == (0, 6):
        return nn.ReLU6(inplace)
    return nn.Hardtanh(float(low), float(high), inplace=inplace)


def _activation(
    kind: Callable[..., nn.Module], *, inplace: bool
) -> Callable[[_Arguments], nn.Module]:
    def make(_arguments: _Arguments) -> nn.Module:
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
    "aten.gelu": lambda arguments: nn.GELU(arguments["approximate"]),
    "aten.sigmoid": lambda _arguments: nn.Sigmoid(),
    "aten.tanh": lambda _arguments: nn.Tanh(),
    "aten.dropout": lambda arguments: nn.Dropout(arguments["p"]).eval(),
    "aten.hardtanh": lambda arguments: _hardtanh(arguments, inplace=False),
    "aten.hardtanh_": lambda arguments: _hardtanh(arguments, inplace=True),
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
