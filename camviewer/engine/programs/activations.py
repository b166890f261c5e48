"""Removes a final softmax or sigmoid from programs, because camviewer applies it itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import torch
from torch import Tensor, nn

from camviewer.engine.programs.program import OperatorCall, Program, Ref

_SOFTMAXES, _SIGMOIDS = {"softmax", "log_softmax"}, {"sigmoid"}
_PASSING_ON = {
    *("alias", "clone", "contiguous", "detach", "flatten", "identity", "reshape"),
    *("squeeze", "to", "unsqueeze", "view"),
}
"""Operators that change the shape or order of numbers, but not the numbers."""
_EXPONENTIALS = {
    *("exp", "sigmoid", "hardsigmoid", "softmax", "logsoftmax", "tanh", "expm1", "clamp", "clip"),
}
_LAYERS = {
    *("addmm", "bmm", "conv", "conv2d", "convolution", "gemm", "globalaveragepool", "linear"),
    *("matmul", "mean", "reducemean", "adaptiveavgpool2d"),
}
_FAR = 10
_PROBES = ((1.0, 0.0), (8.0, -4.0), (-8.0, 4.0), (0.0, 0.0))
"""(scale, shift) of noise between 0 and 1, for inputs far from any training picture."""
_SUM_OF_ALL = 1e-3
_CERTAIN = 1e-7
"""Minimum distance of a probability from 0 and 1; because nearer ones have no logit in float32."""


def without_activation(program: Program) -> tuple[Program, str]:
    """Removes the final softmax or sigmoid of a program.

    Returns:
        The program up to its class scores, and ``softmax`` or ``sigmoid``; empty if it ends in
        neither.
    """
    makers = {name: call for call in program.calls for name in call.outputs}
    following: OperatorCall | None = None
    last = makers.get(program.logits)
    while last is not None and last.short_name in _PASSING_ON and _fed(last) is not None:
        following, last = last, makers.get(_fed(last) or "")
    fed = None if last is None or last.short_name not in _SOFTMAXES | _SIGMOIDS else _fed(last)
    if last is None or fed is None:
        return program, ""
    activation = "sigmoid" if last.short_name in _SIGMOIDS else "softmax"
    if following is None:
        return replace(program, logits=fed), activation
    rewired = replace(following, arguments=(Ref(fed), *following.arguments[1:]))
    calls = tuple(rewired if call is following else call for call in program.calls)
    return replace(program, calls=calls), activation


def _fed(call: OperatorCall) -> str | None:
    first = call.arguments[0] if call.arguments else None
    return first.name if isinstance(first, Ref) else None


def may_give_probabilities(program: Program) -> bool:
    """Whether there are exponentials between the last layer of a program and its scores."""
    makers = {name: (call.short_name, call.refs) for call in program.calls for name in call.outputs}
    return meets_exponential(program.logits, makers)


def meets_exponential(
    name: str, makers: Mapping[str, tuple[str, Sequence[str]]], depth: int = _FAR
) -> bool:
    """Whether exponentials compute a value after the last layer with weights.

    Args:
        name: name of the value.
        makers: the operator that makes each value, in any spelling, and the names of its inputs.
        depth: maximum number of operators to go back.
    """
    kind, fed = makers.get(name, ("", ()))
    plain = kind.lower().replace("_", "").rpartition("::")[2]
    if not plain or depth == 0 or plain in _LAYERS:
        return False
    if plain in _EXPONENTIALS:
        return True
    return any(meets_exponential(each, makers, depth - 1) for each in fed)


def gives_probabilities(network: nn.Module, example: Tensor) -> str:
    """Whether the scores of a network are probabilities for any input.

    Args:
        network: (N, 3, h, w) in, (N, K) or (N,) out.
        example: (1, 3, h, w), noise between 0 and 1.

    Returns:
        ``softmax`` if they always sum to 1, ``sigmoid`` if each is between 0 and 1, else empty.
    """
    sums_to_one = True
    for scale, shift in _PROBES:
        with torch.no_grad():
            scores = network(example * scale + shift).reshape(-1)
        if not bool(((scores >= 0) & (scores <= 1)).all()):
            return ""
        sums_to_one &= scores.numel() > 1 and abs(float(scores.sum()) - 1) < _SUM_OF_ALL
    return "softmax" if sums_to_one else "sigmoid"


def undo_activation(network: nn.Module, activation: str) -> None:
    """Makes a network that returns probabilities return the corresponding logits."""
    network.register_forward_hook(_logarithms if activation == "softmax" else _logits)


def _logarithms(_network: nn.Module, _inputs: object, output: Tensor) -> Tensor:
    return output.clamp_min(_CERTAIN).log()


def _logits(_network: nn.Module, _inputs: object, output: Tensor) -> Tensor:
    return output.logit(_CERTAIN)
