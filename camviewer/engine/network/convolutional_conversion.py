"""Converts a network's final linear layers to convolutions, where one pass shows that it can."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isqrt

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812  (torch's own name for it)

from camviewer.engine.network.grid_layers import fixed_batch, outputs_watched
from camviewer.engine.network.shared_convolution import ChannelNorm, ConvolutionalHead, SharedConv2d
from camviewer.engine.support.numeric_comparison import same_numbers

_ELEMENTWISE = (
    nn.ReLU,
    nn.ReLU6,
    nn.LeakyReLU,
    nn.PReLU,
    nn.ELU,
    nn.CELU,
    nn.SELU,
    nn.GELU,
    nn.SiLU,
    nn.Mish,
    nn.Hardswish,
    nn.Hardsigmoid,
    nn.Hardtanh,
    nn.Softplus,
    nn.Tanh,
    nn.Sigmoid,
)
_NO_PADDING = ((0, 0), "valid")
_KEPT_GRIDS = 12
_KEPT_NUMBERS = 1 << 20
"""Maximum size of a grid that is kept during the pass, in numbers (4 MB); because only late, small
grids feed linear layers."""


@dataclass(frozen=True)
class Conversion:
    """The result of a conversion.

    Attributes:
        head: the converted layers; None when they have no convolutional form.
        refusal: why they have none, in one sentence; empty when they have one.
    """

    head: ConvolutionalHead | None
    refusal: str = ""


@dataclass(frozen=True, eq=False)
class _Call:
    """One call of a module without submodules, with its input."""

    name: str
    module: nn.Module
    input: Tensor
    cells: int


@dataclass(frozen=True, eq=False)
class _Pass:
    """What was recorded during one pass.

    Attributes:
        calls: calls of modules without submodules, in order.
        grids: outputs (1, C, h, w) of the last layers with a grid, by name.
        logits: (K,); None when the network's output has another shape.
    """

    calls: list[_Call]
    grids: dict[str, Tensor]
    logits: Tensor | None


def convolutional_end(network: nn.Module, example: Tensor, prefer: str = "") -> Conversion:
    """Finds the layer whose flattened cells feed the first linear layer, and converts what follows.

    The search compares numbers, not names. It therefore recognises flattening and pooling inside a
    module or in the code of ``forward``, and checks that the converted layers give the same scores.

    Args:
        network: in eval mode with frozen parameters; it is not changed.
        example: (1, 3, h, w) of the trained size, not constant.
        prefer: the layer to take among several with the same output.
    """
    seen = _run(network, example)
    if seen.logits is None:
        return Conversion(None, "This network does not put out a single tensor of class scores.")
    for place in range(len(seen.calls) - 1, -1, -1):
        start = _start(seen.calls[place], seen.grids, prefer)
        if start is not None:
            return _converted(start, seen.calls[place:], seen.logits)
        if seen.calls[place].cells > 1:
            break
    return Conversion(
        None,
        "No linear layer at the end of this network is fed the flattened cells of a grid, so "
        "there is nothing to make a convolution of.",
    )


@dataclass(frozen=True, eq=False)
class _Start:
    """The first linear layer, and the window of cells that it takes."""

    layer: str
    rectified: bool
    weight: Tensor
    grid: tuple[int, int]
    window: Tensor


def _start(call: _Call, grids: dict[str, Tensor], prefer: str) -> _Start | None:
    module = call.module
    if isinstance(module, nn.Linear):
        return _start_at_linear(module, call, grids, prefer)
    if isinstance(module, nn.Conv2d) and _spans_its_grid(module, call.input):
        height, width = call.input.shape[2:]
        source = _source(call, grids, prefer)
        if source is not None:
            return _Start(source, False, module.weight.detach(), (height, width), call.input)
    return None


def _start_at_linear(
    linear: nn.Linear, call: _Call, grids: dict[str, Tensor], prefer: str
) -> _Start | None:
    features = call.input.reshape(-1)
    if features.numel() != linear.in_features:
        return None
    found: list[_Start] = []
    for layer, grid in grids.items():
        pictures, channels, height, width = grid.shape
        side = isqrt(linear.in_features // channels)
        # A larger batch than the input's holds windows of the picture.
        if pictures * side * side * channels != linear.in_features:
            continue
        for rectified in (False, True):
            window = F.adaptive_avg_pool2d(grid.relu() if rectified else grid, side)
            if same_numbers(window.reshape(-1), features):
                weight = linear.weight.detach().view(-1, channels, side, side)
                if height < side or width < side:
                    weight = _folded(weight, (height, width))
                    window = F.adaptive_avg_pool2d(window, (weight.shape[2], weight.shape[3]))
                found.append(_Start(layer, rectified, weight, (height, width), window))
                break
    return _preferred(found, prefer)


def _preferred(found: list[_Start], prefer: str) -> _Start | None:
    """The preferred one of layers with equal outputs; else the first one with the largest grid."""
    if not found:
        return None
    largest = max(start.grid[0] * start.grid[1] for start in found)
    before_pooling = [s for s in found if s.grid[0] * s.grid[1] == largest]
    asked_for = [start for start in before_pooling if start.layer == prefer]
    return (asked_for or before_pooling)[0]


def _folded(weight: Tensor, grid: tuple[int, int]) -> Tensor:
    """The weights for a grid that the network enlarges by adaptive pooling before flattening.

    Adaptive pooling to a larger grid repeats cells. It is linear and can be folded into the
    weights, so that a window has no more cells than the grid at the trained size.
    """
    rows, columns = (
        F.adaptive_avg_pool1d(torch.eye(min(few, side)).to(weight)[None], side)[0]
        for few, side in zip(grid, weight.shape[2:], strict=True)
    )
    return torch.einsum("kcij,ai,bj->kcab", weight, rows, columns)


def _spans_its_grid(convolution: nn.Conv2d, grid: Tensor) -> bool:
    """Whether a convolution's kernel covers its whole grid, as in timm's VGG."""
    sides = tuple(grid.shape[2:])
    return (
        sides != (1, 1)
        and tuple(convolution.kernel_size) == sides
        and convolution.padding in _NO_PADDING
        and convolution.groups == 1
        and tuple(convolution.dilation) == (1, 1)
    )


def _source(call: _Call, grids: dict[str, Tensor], prefer: str) -> str | None:
    """The layer whose output is the input of a convolution."""
    names = [
        layer
        for layer, grid in grids.items()
        if grid.shape == call.input.shape and same_numbers(grid, call.input)
    ]
    return prefer if prefer in names else next(iter(names), None)


def _features(module: nn.Module) -> int:
    """Input features of a module that may be the first linear layer; 0 when it cannot be one."""
    if isinstance(module, nn.Linear):
        return module.in_features
    if isinstance(module, nn.Conv2d) and tuple(module.kernel_size) != (1, 1):
        height, width = module.kernel_size
        return module.in_channels * height * width if module.padding in _NO_PADDING else 0
    return 0


def _converted(start: _Start, tail: list[_Call], logits: Tensor) -> Conversion:
    """The following layers as stages, each compared with the input of the network's own layer."""
    stages: list[nn.Module] = []
    values = start.window
    for call in tail:
        first = call is tail[0]
        module = call.module
        if isinstance(module, nn.Linear | nn.Conv2d):
            if not first and not same_numbers(values.reshape(-1), call.input.reshape(-1)):
                stages.append(nn.ReLU())  # one that is written in the forward pass
                values = values.relu()
                if not same_numbers(values.reshape(-1), call.input.reshape(-1)):
                    return _more_than_layers(call.name)
            weight = start.weight if first else module.weight.detach()
            if weight.dim() == 2:
                weight = weight[:, :, None, None]
            bias = None if module.bias is None else module.bias.detach()
            stage: nn.Module = SharedConv2d(weight, bias)
        elif isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d):
            stage = ChannelNorm(module)
        elif isinstance(module, _ELEMENTWISE):
            stage = module
        else:
            continue  # dropout, flattening, pooling of one cell: nothing, or the numbers tell
        stages.append(stage)
        with torch.no_grad():
            values = stage(values.clone())  # an in-place stage must not change what was kept
    if values.shape[2:] != (1, 1) or not same_numbers(values.reshape(-1), logits):
        return _more_than_layers(tail[-1].name)
    rows, columns = start.weight.shape[2:]
    head = ConvolutionalHead(
        layer=start.layer,
        rectified=start.rectified,
        window=(rows, columns),
        grid=start.grid,
        stages=nn.Sequential(*stages).eval(),
        linear=tail[0].name,
        exact=start.grid == (rows, columns),
    )
    return Conversion(head)


def _more_than_layers(name: str) -> Conversion:
    return Conversion(
        None,
        f"Before or behind {name} this network does more than its layers one after the other, so "
        "its end has no convolutional form.",
    )


def _run(network: nn.Module, example: Tensor) -> _Pass:
    calls: list[_Call] = []
    grids: dict[str, Tensor] = {}
    # A program with a fixed batch size fills the batch with copies of the picture.
    copies = fixed_batch(network) or 1

    def first(values: Tensor) -> Tensor:
        return values[:1] if len(values) == copies else values

    def add_hook(name: str) -> Callable[[nn.Module, tuple[object, ...]], None]:
        def hook(module: nn.Module, inputs: tuple[object, ...]) -> None:
            values = inputs[0] if inputs else None
            if isinstance(values, Tensor) and values.dim() in (2, 4):
                values = first(values)
                cells = values[0, 0].numel() if values.dim() == 4 else 1
                # Only inputs that a layer covers completely matter; others would fill the memory.
                spanned = cells == 1 or values[0].numel() == _features(module)
                kept = values.detach().clone() if spanned else values.new_zeros(1)
                calls.append(_Call(name, module, kept, cells))

        return hook

    def see(name: str, output: Tensor) -> None:
        output = first(output) if output.dim() == 4 else output
        if output.dim() == 4 and output[0, 0].numel() > 1 and output.numel() <= _KEPT_NUMBERS:
            grids.pop(name, None)
            grids[name] = output.detach().clone()  # an in-place layer may follow
            if len(grids) > _KEPT_GRIDS:
                del grids[next(iter(grids))]

    handles = [
        module.register_forward_pre_hook(add_hook(name))
        for name, module in network.named_modules()
        if name and next(module.children(), None) is None
    ]
    try:
        with outputs_watched(network, see), torch.no_grad():
            output = network(example)
    finally:
        for handle in handles:
            handle.remove()
    logits = output.detach().reshape(-1) if isinstance(output, Tensor) else None
    return _Pass(calls, grids, logits)
