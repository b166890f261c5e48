"""Defines the closed list of operators that a program may use, and their functions in torch.

The list has no operator that can read or write a file, trust memory addresses or run other code.
Programs of these operators can only compute.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from typing import Any

import torch

from camviewer.engine.errors import CamviewerError

_NAMES = """
_adaptive_avg_pool2d _convolution _convolution_mode _fused_rms_norm _log_softmax
_native_batch_norm_legit _native_batch_norm_legit_no_training _pad_circular _pad_enum _safe_softmax
_scaled_dot_product_attention_math _scaled_dot_product_efficient_attention
_scaled_dot_product_flash_attention _scaled_dot_product_flash_attention_for_cpu _softmax _stack
_to_copy _unsafe_view _upsample_bicubic2d_aa _upsample_bilinear2d_aa _upsample_nearest_exact2d abs
abs_ absolute acos adaptive_avg_pool1d adaptive_avg_pool2d adaptive_max_pool1d adaptive_max_pool2d
add add_ addbmm addcmul addmm addmv adjoint affine_grid_generator alias alias_copy all alpha_dropout
amax amin aminmax angle any arange arctan argmax argmin argsort asin atan atan2 atleast_2d
avg_pool1d avg_pool2d baddbmm baddbmm_ batch_norm bilinear bitwise_and bitwise_not bitwise_or
bitwise_xor bmm broadcast_tensors broadcast_to bucketize cat ceil ceil_ celu celu_ channel_shuffle
chunk clamp clamp_ clamp_max clamp_max_ clamp_min clamp_min_ clip clip_ clone col2im column_stack
complex concat concatenate conj constant_pad_nd contiguous conv1d conv2d conv_transpose2d
convolution copy copy_ copysign cos cosh cosine_similarity count_nonzero cov cross cumprod cumsum
detach detach_ detach_copy diag diag_embed diagonal diff div div_ divide dot dropout dropout_ dstack
einsum elu elu_ empty empty_like eq erf erfinv exp exp2 exp_ expand expand_as expand_copy expm1 eye
feature_alpha_dropout feature_dropout fft_fft2 fft_ifft2 fft_irfft fft_irfft2 fft_rfft fft_rfft2
fill fill_ flatten flip fliplr flipud floor floor_ floor_divide floor_divide_ fmod frobenius_norm
full full_like gather ge gelu gelu_ ger glu grid_sampler grid_sampler_2d group_norm gt hardshrink
hardsigmoid hardsigmoid_ hardswish hardswish_ hardtanh hardtanh_ hstack im2col imag index index_add
index_copy index_fill index_put index_put_ index_select inner instance_norm isfinite isinf isnan
kron layer_norm le leaky_relu leaky_relu_ lift_fresh lift_fresh_copy linalg_norm linalg_vector_norm
linear linspace log log10 log1p log2 log_ log_sigmoid log_softmax logical_and logical_and_
logical_not logical_or logical_xor logit logsumexp lt mH mT masked_fill masked_fill_ masked_select
matmul matrix_H max max_pool1d max_pool2d max_pool2d_with_indices maximum mean median meshgrid min
minimum mish mish_ mm moveaxis movedim mul mul_ multiply multiply_ mv mvlgamma nan_to_num nanmean
nansum narrow native_batch_norm native_dropout native_group_norm native_layer_norm ne neg neg_
negative new_empty new_full new_ones new_zeros nonzero_numpy norm numel numpy_T one_hot ones
ones_like outer pad pairwise_distance permute permute_copy pixel_shuffle pixel_unshuffle polar pow
pow_ prelu prod ravel real reciprocal reciprocal_ reflection_pad1d reflection_pad2d relu relu6
relu6_ relu_ remainder repeat repeat_interleave replication_pad2d reshape reshape_as rms_norm roll
rot90 round round_ rsqrt rsqrt_ rsub scalar_tensor scaled_dot_product_attention scatter scatter_
scatter_add scatter_reduce searchsorted select select_copy select_scatter selu selu_ sgn sigmoid
sigmoid_ sign silu silu_ sin sinc sinh slice slice_copy slice_scatter softmax softplus softshrink
sort special_erf special_expit split split_with_sizes sqrt sqrt_ square square_ squeeze squeeze_
squeeze_copy stack std std_mean sub sub_ subtract sum swapaxes swapaxes_ swapdims sym_numel sym_size
t t_ t_copy take_along_dim tan tanh tanh_ tensor_split tensordot threshold threshold_ tile to topk
trace transpose transpose_ transpose_copy trapezoid tril triu true_divide true_divide_ trunc type_as
unbind unbind_copy unflatten unfold unsafe_chunk unsafe_split unsafe_split_with_sizes unsqueeze
unsqueeze_ unsqueeze_copy upsample_bicubic2d upsample_bilinear2d upsample_linear1d
upsample_nearest1d upsample_nearest2d upsample_trilinear3d var var_mean vdot view view_as
view_as_complex view_as_real view_copy vstack where xlogy zero_ zeros zeros_like
"""
_ATEN = frozenset(_NAMES.split())
_WORDS = {
    "approximate": {"none", "tanh"},
    "rounding_mode": {"floor", "trunc"},
    "mode": {"constant", "reflect", "replicate", "circular"},
    "padding": {"same", "valid"},
    "indexing": {"ij", "xy"},
}
"""Allowed values of text arguments by name, except for the equation of einsum."""

_ONLY_CHECKS = {
    "_assert_async",
    "_assert_scalar",
    "_assert_tensor_metadata",
    "sym_constrain_range",
    "sym_constrain_range_for_size",
}

_NUMBERS: Mapping[str, Callable[..., Any]] = {
    "_operator.add": operator.add,
    "_operator.sub": operator.sub,
    "_operator.mul": operator.mul,
    "_operator.floordiv": operator.floordiv,
    "_operator.truediv": operator.truediv,
    "_operator.mod": operator.mod,
    "_operator.neg": operator.neg,
    "_operator.eq": operator.eq,
    "_operator.ne": operator.ne,
    "_operator.lt": operator.lt,
    "_operator.le": operator.le,
    "_operator.gt": operator.gt,
    "_operator.ge": operator.ge,
    "_operator.and_": operator.and_,
    "math.ceil": math.ceil,
    "math.floor": math.floor,
    "math.trunc": math.trunc,
    "torch.sym_float": float,
    "torch.sym_max": max,
    "torch.sym_min": min,
    "torch.sym_not": operator.not_,
}
"""Operators on plain numbers, which compute sizes."""

_GETITEM, _WHOLE = "_operator.getitem", "torch.sym_int"
_EQUATION = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ ,.->")


def only_checks(name: str) -> bool:
    """Whether an operator is an assertion, whose output nothing uses."""
    return name.startswith("aten.") and name.split(".")[1] in _ONLY_CHECKS


def is_allowed(name: str) -> bool:
    """Whether a program may use this operator."""
    if name in _NUMBERS or name in {_GETITEM, _WHOLE}:
        return True
    library, _, rest = name.partition(".")
    return library == "aten" and rest.partition(".")[0] in _ATEN and _overload(name) is not None


def function(name: str) -> Callable[..., Any]:
    """The function of an operator.

    Raises:
        CamviewerError: the operator is not on the list.
    """
    if name in _NUMBERS:
        return _of_numbers(name, _NUMBERS[name])
    if name == _GETITEM:
        return _item
    if name == _WHOLE:
        return _whole
    found: Callable[..., Any] | None = _overload(name) if is_allowed(name) else None
    if found is None:
        raise refused_operator(name)
    return found


def schema_of(name: str) -> torch.FunctionSchema | None:
    """The schema of a torch operator; None for operators on numbers."""
    found = _overload(name) if name.startswith("aten.") else None
    return None if found is None else found._schema


def bound(
    name: str, arguments: tuple[Any, ...], keywords: Mapping[str, Any]
) -> dict[str, Any] | None:
    """Every argument of a torch operator by name, with defaults filled in.

    Returns:
        None when the arguments do not fit its schema.
    """
    schema = schema_of(name)
    if schema is None or len(arguments) > len(schema.arguments):
        return None
    positional = {argument.name: value for argument, value in zip(schema.arguments, arguments)}  # noqa: B905
    known = {argument.name for argument in schema.arguments}
    if not keywords.keys() <= known or keywords.keys() & positional.keys():
        return None
    defaults = {
        argument.name: argument.default_value
        for argument in schema.arguments
        if argument.has_default_value()
    }
    return {**defaults, **positional, **keywords}


def require_plain_words(name: str, arguments: tuple[Any, ...], keywords: Mapping[str, Any]) -> None:
    """Checks the text among an operator's arguments, such as ``rounding_mode``.

    Raises:
        CamviewerError: a text is not an allowed value.
    """
    for key, value in (bound(name, arguments, keywords) or {}).items():
        if not isinstance(value, str):
            continue
        fine = value in _WORDS.get(key, ()) or (
            name.startswith("aten.einsum.") and len(value) < 200 and _EQUATION.issuperset(value)
        )
        if not fine:
            raise refused_operator(name)


def refused_operator(name: str) -> CamviewerError:
    """The error for an operator that is not on the list."""
    shown = "".join(letter if letter.isprintable() else "?" for letter in name)[:80]
    return CamviewerError(
        f"The program uses the operator {shown}, which is none that picture classifiers are "
        "known to need; nothing of it was run.",
        "Export the network in evaluation mode, or import a checkpoint of its weights.",
    )


def _overload(name: str) -> Any | None:
    parts = name.split(".")
    if len(parts) != 3 or parts[0] != "aten" or parts[1] not in _ATEN:
        return None
    packet = getattr(torch.ops.aten, parts[1], None)
    if packet is None or parts[2] not in packet.overloads():
        return None
    return getattr(packet, parts[2])


def _of_numbers(name: str, compute: Callable[..., Any]) -> Callable[..., Any]:
    def checked(*values: Any) -> Any:
        if not all(isinstance(value, bool | int | float) for value in values):
            raise TypeError(f"{name} takes numbers")
        return compute(*values)

    return checked


def _whole(value: Any) -> int:
    if isinstance(value, torch.Tensor) and value.numel() == 1:
        return int(value.item())
    if isinstance(value, bool | int | float):
        return int(value)
    raise TypeError("only numbers become whole")


def _item(values: Any, index: Any) -> Any:
    if not isinstance(values, list | tuple) or type(index) is not int:
        raise TypeError("only lists have items")
    return values[index]
