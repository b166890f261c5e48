"""Changes the gradients of a pass so that input times gradient is layer-wise relevance.

Relevance R_j of a value z_j is carried as c_j = R_j / z_j. Where z = sum_i x_i w_i and a rule
shares R_j out in proportion to the terms of another sum p, R_i = x_i dp_j/dx_i R_j / p_j, so that
c_i = sum_j dp_j/dx_i (z_j / p_j) c_j: the gradient of z + (p z/p - its own value). Sums,
concatenations, means and maxima need no change: by their own gradients relevance goes to the terms
in proportion, or to the largest value (Montavon, Binder, Lapuschkin, Samek, Mueller: Layer-Wise
Relevance Propagation: An Overview, 2019).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional
from torch.overrides import TorchFunctionMode

from camviewer.engine.errors import CamviewerError
from camviewer.engine.methods.core.activation_kinds import function_name, is_rectifier

_MOVE_NAMES = """
alias cat chunk clone concat concatenate constant_pad_nd contiguous dropout dropout1d dropout2d
expand feature_dropout flatten flip float get getitem movedim narrow pad permute reshape select
slice split squeeze stack swapaxes t to transpose type unbind unflatten unsqueeze view view_as
"""
_SUM_NAMES = """
adaptive_avg_pool2d adaptive_max_pool2d add amax avg_pool2d iadd interpolate isub max_pool2d
max_pool2d_with_indices mean neg radd rsub sub sum upsample_bilinear2d upsample_nearest2d
"""
_MOVES, _SUMS = frozenset(_MOVE_NAMES.split()), frozenset(_SUM_NAMES.split())
_PADS = frozenset({"pad", "constant_pad_nd"})
_PRODUCTS = frozenset({"mul", "imul", "rmul", "multiply", "div", "idiv", "truediv", "itruediv"})
"""Relevance keeps its way through these where the other factor is a constant."""

Affine = Callable[[Tensor, Tensor, Tensor | None], Tensor]
"""Input, weight and bias in, a convolution or a product with a matrix out."""
Box = tuple[Tensor, Tensor]
"""The smallest and the largest values that an input could have, each (1, C, h, w)."""


class Rule(StrEnum):
    """How the relevance of a convolution's output is shared out over its input."""

    EPSILON = "epsilon"
    GAMMA = "gamma"
    Z_PLUS = "z-plus"


@dataclass(frozen=True, eq=False)
class Rules:
    """The rules of a network.

    Attributes:
        convolutions: the rule of convolutions; dense layers have the epsilon rule.
        epsilon: addition to denominators, as a share of the root mean square of a layer's output.
        gamma: weight that the gamma rule adds to terms of the output's sign.
        box: the smallest and the largest values that the picture could have, leaves that require a
            gradient: a convolution that is fed the picture then has the z-box rule.
    """

    convolutions: Rule
    epsilon: float
    gamma: float
    box: Box | None = None


@dataclass(frozen=True, eq=False)
class _Layer:
    """A call of a convolution or a dense layer.

    Attributes:
        affine: the operation.
        values: its input.
        weight: its weight, output channels first.
        bias: its bias.
        dense: whether it is a dense layer.
        box: the smallest and largest values of its input, where it is fed the picture.
    """

    affine: Affine
    values: Tensor
    weight: Tensor
    bias: Tensor | None
    dense: bool
    box: Box | None


class RelevanceGradients(TorchFunctionMode):
    """Gives a pass made inside the context the gradients of layer-wise relevance propagation.

    A batch normalisation is folded into the convolution or dense layer before it. One that follows
    none of these counts as a linear layer of its own, by the rule for sums.

    Args:
        rules: the rules of the layers.
        picture: (1, C, h, w), the very tensor that the network is given.

    Attributes:
        layers: number of convolutions and dense layers so far.
    """

    def __init__(self, rules: Rules, picture: Tensor) -> None:
        super().__init__()
        self.layers = 0
        self._rules = rules
        # Tensors are known by their ids, so each is kept as long as its id is.
        self._layers: dict[int, tuple[Tensor, _Layer]] = {}
        self._boxes: dict[int, tuple[Tensor, Box]] = {}
        if rules.box is not None:
            self._boxes[id(picture)] = (picture, rules.box)

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Sequence[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Calls a torch function with the gradient of its rule.

        Raises:
            CamviewerError: there is no rule for it.
        """
        keywords, name = kwargs or {}, function_name(func)
        if name in {"conv2d", "linear"}:
            return self._affine(func, name == "linear", *args, **keywords)
        if name == "batch_norm":
            return self._normalised(*_statistics(func, *args, **keywords))
        if is_rectifier(name, args, keywords):
            return _rectified(func, args, keywords)
        result = func(*args, **keywords)
        if _needs_gradient(result):
            self._check(name, args)
            self._follow(name, func, args, keywords, result)
        return result

    def _check(self, name: str, arguments: tuple[Any, ...]) -> None:
        followed = [value for value in arguments if _needs_gradient(value)]
        if name in _MOVES or name in _SUMS or (name in _PRODUCTS and len(followed) == 1):
            return
        raise CamviewerError(
            f"LRP is not defined here: there is no rule for this network's {name}.",
            "Choose integrated gradients, Grad-CAM or another method.",
        )

    def _affine(
        self,
        func: Callable[..., Any],
        dense: bool,
        input: Tensor,  # noqa: A002  (torch's own name)
        weight: Tensor,
        bias: Tensor | None = None,
        *rest: Any,
        **keywords: Any,
    ) -> Tensor:
        def affine(values: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
            result: Tensor = func(values, weight, bias, *rest, **keywords)
            return result

        self.layers += 1
        _, box = self._boxes.get(id(input), (None, None))
        return self._kept(_Layer(affine, input, weight, bias, dense, box))

    def _normalised(self, values: Tensor, scale: Tensor, shift: Tensor) -> Tensor:
        """A normalisation times ``scale`` plus ``shift``, both (C,)."""
        _, layer = self._layers.pop(id(values), (None, None))
        if layer is None:
            shape = (1, -1, *[1] * (values.dim() - 2))
            return values * scale.view(shape) + shift.view(shape)
        weight = layer.weight * scale.view(-1, *[1] * (layer.weight.dim() - 1))
        bias = shift if layer.bias is None else shift + layer.bias * scale
        folded = _Layer(layer.affine, layer.values, weight, bias, layer.dense, layer.box)
        return self._kept(folded)

    def _kept(self, layer: _Layer) -> Tensor:
        output = by_rule(layer, self._rules)
        self._layers[id(output)] = (output, layer)
        return output

    def _follow(
        self,
        name: str,
        func: Callable[..., Any],
        arguments: tuple[Any, ...],
        keywords: Mapping[str, Any],
        result: Any,
    ) -> None:
        """Pads the box as the picture is padded, and forgets what was changed in place."""
        self._layers.pop(id(result), None)
        self._boxes.pop(id(result), None)
        _, box = self._boxes.get(id(arguments[0]), (None, None)) if arguments else (None, None)
        if box is not None and name in _PADS:
            low, high = (func(side, *arguments[1:], **keywords) for side in box)
            self._boxes[id(result)] = (result, (low, high))


def _needs_gradient(value: Any) -> bool:
    if isinstance(value, tuple | list):
        return any(_needs_gradient(each) for each in value)
    return isinstance(value, Tensor) and value.requires_grad


def _statistics(
    func: Callable[..., Any],
    input: Tensor,  # noqa: A002  (torch's own name)
    *rest: Any,
    **keywords: Any,
) -> tuple[Tensor, Tensor, Tensor]:
    """Input, scale and shift of a batch normalisation, by the arguments of either function."""
    names = ["running_mean", "running_var", "weight", "bias"]
    if func is not functional.batch_norm:  # torch's operator takes weight and bias first
        names = [*names[2:], *names[:2]]
    names += ["training", "momentum", "eps"]
    given = {"weight": None, "bias": None, "eps": 1e-5, **dict(zip(names, rest, strict=False))}
    given |= keywords
    if given.get("running_var") is None or given.get("training"):
        raise CamviewerError(
            "LRP is not defined here: a batch normalisation of this network has no statistics of "
            "its own.",
            "Choose another method.",
        )
    scale = (given["running_var"] + given["eps"]).rsqrt()
    if given["weight"] is not None:
        scale = scale * given["weight"]
    shift = -given["running_mean"] * scale
    return input, scale, shift if given["bias"] is None else shift + given["bias"]


def _rectified(
    func: Callable[..., Any], arguments: tuple[Any, ...], keywords: Mapping[str, Any]
) -> Tensor:
    """max(x, 0), with or without an upper limit, which hands relevance on unchanged."""
    values: Tensor = arguments[0]
    output: Tensor = func(values.detach().clone(), *arguments[1:], **keywords)
    return _with_gradient_of(values, output, output, values)


def by_rule(layer: _Layer, rules: Rules) -> Tensor:
    """A layer's output, with the gradient of its rule."""
    values, weight, bias = layer.values, layer.weight, layer.bias
    output = layer.affine(values, weight, bias)
    epsilon = rules.epsilon * float(output.detach().square().mean().sqrt())
    if layer.dense or rules.convolutions is Rule.EPSILON:
        return _with_gradient_of(output, output, output, output, epsilon)
    if layer.box is not None:
        low, high = layer.box
        outside = layer.affine(low, weight.clamp(min=0), None)
        outside = outside + layer.affine(high, weight.clamp(max=0), None)
        inside = layer.affine(values, weight, None) - outside
        return _with_gradient_of(inside, output, output, inside, epsilon)
    positive = _positive_part(layer)
    if rules.convolutions is Rule.Z_PLUS:
        return _with_gradient_of(positive, output, output, positive, epsilon)
    signed = torch.where(output.detach() > 0, positive, output - positive)
    shared = output + rules.gamma * signed
    return _with_gradient_of(shared, output, output, shared, epsilon)


def _positive_part(layer: _Layer) -> Tensor:
    """The sum of a layer's positive terms, its bias among them."""
    values, weight, bias = layer.values, layer.weight, layer.bias
    above = None if bias is None else bias.clamp(min=0)
    positive = layer.affine(values.clamp(min=0), weight.clamp(min=0), above)
    if bool((values.detach() < 0).any()):
        positive = positive + layer.affine(values.clamp(max=0), weight.clamp(max=0), None)
    return positive


def _with_gradient_of(
    terms: Tensor, output: Tensor, relevant: Tensor, total: Tensor, epsilon: float = 0.0
) -> Tensor:
    """``output``, with the gradient of ``terms`` times the constant ``relevant / total``.

    Args:
        terms: what relevance is shared out in proportion to.
        output: the value.
        relevant: value that carries the relevance.
        total: sum of the terms.
        epsilon: is added to the size of ``total``; where both are 0 nothing is shared out.
    """
    total = total.detach()
    denominators = total + torch.where(total < 0, -epsilon, epsilon)
    nowhere = denominators == 0
    factors = relevant.detach() / torch.where(nowhere, 1.0, denominators)
    shared = terms * factors.masked_fill(nowhere, 0.0)
    return output.detach() + (shared - shared.detach())
