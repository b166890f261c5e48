"""Detects whether a network ends in global average pooling and one linear layer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError
from camviewer.engine.network.grid_layers import (
    OnePatch,
    grid_shape,
    is_attention,
    outputs_watched,
    pictures_inside,
)
from camviewer.engine.network.layouts import Layout, layout_of
from camviewer.engine.support.numeric_comparison import same_numbers
from camviewer.engine.support.progress import NO_PROGRESS, Progress

_REPEATING = (nn.AdaptiveAvgPool2d, nn.Dropout, nn.Dropout2d)


@dataclass(frozen=True)
class PooledHead:
    """The end of a network: logits = weight @ (mean over cells of the activations) + bias.

    Attributes:
        layer: dotted name of the layer whose cells are averaged.
        rectified: whether a ReLU that is no module of its own lies between layer and pooling.
        weight: (K, C).
        bias: (K,).
    """

    layer: str
    rectified: bool
    weight: Tensor
    bias: Tensor

    def weight_of(self, shares: Mapping[int, float]) -> Tensor:
        """The weights (C,) of a sum of logits, with shares by class."""
        first, *others = (_times(share, self.weight[c]) for c, share in shares.items())
        return sum(others, first)

    def bias_of(self, shares: Mapping[int, float]) -> float:
        """The bias of a sum of logits, with shares by class."""
        return sum(share * float(self.bias[c]) for c, share in shares.items())


def _times(share: float, row: Tensor) -> Tensor:
    return row if share == 1.0 else share * row


@dataclass(frozen=True)
class HeadSearch:
    """The result of the search for a pooled head.

    Attributes:
        head: None when CAM is not defined.
        refusal: why CAM is not defined, with this network's shapes; empty when it is.
        last_layer: the layer that is tapped by default.
        layout: how that layer holds its grid, for the trained input size.
    """

    head: PooledHead | None
    refusal: str
    last_layer: str
    layout: Layout


def find_head(network: nn.Module, example: Tensor, progress: Progress = NO_PROGRESS) -> HeadSearch:
    """Finds the layer whose spatial mean is the input of the last linear layer.

    The search compares numbers, not names: each layer's mean with the linear layer's real input.
    It therefore recognises any pooling, flattening or reshaping in between, and notices a
    normalisation.

    Args:
        network: in eval mode.
        example: (1, 3, h, w), not constant.
        progress: reports each module that has run.

    Raises:
        CamviewerError: the network has no layer with a grid, or the whole picture is one patch.
        Cancelled: nobody wants it any more.
    """
    input_size = example.shape[2], example.shape[3]
    grids = _GridsSeen(input_size, pictures_inside(network, example))
    one_patch = OnePatch(network)
    modules = len(list(network.modules()))
    seen = 0

    def see(name: str, output: Tensor) -> None:
        nonlocal seen
        seen += 1
        progress.at(min(seen / modules, 1.0), "Looking how the network ends")
        grids.see(name, output)
        one_patch.see(name, output)

    linear_inputs: dict[str, Tensor] = {}
    linears = {name: m for name, m in network.named_modules() if isinstance(m, nn.Linear)}
    handles = [
        module.register_forward_pre_hook(_keep_input(linear_inputs, name))
        for name, module in linears.items()
    ]
    try:
        with outputs_watched(network, see), torch.no_grad():
            logits = network(example).reshape(-1)
    finally:
        for handle in handles:
            handle.remove()
    if one_patch.is_all:
        height, width = input_size
        raise CamviewerError(
            f"This network takes in the whole picture of {width} x {height} pixels as one patch: "
            "its grid is a single cell, and a map would have a single value.",
            "Give it a larger input size if it takes one, or choose a network whose patches are "
            "smaller than its input.",
        )
    if not grids.layouts:
        raise CamviewerError(
            "No layer of this network has a spatial grid.",
            "Choose a network that looks at pictures in cells.",
        )
    last_linear = next(reversed(linear_inputs), None)
    for name in reversed(linear_inputs):  # other outputs may have linear layers of their own
        linear, features = linears[name], linear_inputs[name].reshape(-1)
        sizes = features.numel(), logits.numel()
        if sizes == (linear.in_features, linear.out_features) and same_numbers(
            linear(features), logits
        ):
            return _compare_means(network, grids, linear, features, logits.numel())
    last = _last_layer(network, grids, logits.numel())
    kind = "a linear layer" if last_linear is None else "one linear layer"
    return HeadSearch(None, f"This network does not end in {kind}.", last, grids.layouts[last])


class _GridsSeen:
    """Means of each grid, in execution order, taken at once because later layers may change it."""

    def __init__(self, input_size: tuple[int, int], pictures: int) -> None:
        self._input_size = input_size
        self._pictures = pictures
        self.means: dict[str, tuple[Tensor, Tensor]] = {}
        self.shapes: dict[str, tuple[int, int, int]] = {}
        self.layouts: dict[str, Layout] = {}

    def see(self, name: str, output: Tensor) -> None:
        layout = layout_of(output, self._input_size)
        # A larger batch than the input's holds windows of the picture, or patches.
        if layout is None or len(output) != self._pictures:
            return
        cells = layout.to_grid(output)
        self.means.pop(name, None)
        self.means[name] = cells.mean((0, 2, 3)), cells.relu().mean((0, 2, 3))
        self.shapes[name] = grid_shape(cells)
        self.layouts[name] = layout


def _compare_means(
    network: nn.Module, grids: _GridsSeen, linear: nn.Linear, features: Tensor, classes: int
) -> HeadSearch:
    for name, (mean, rectified_mean) in reversed(grids.means.items()):
        for candidate, rectified in ((mean, False), (rectified_mean, True)):
            if candidate.numel() == features.numel() and same_numbers(candidate, features):
                head = PooledHead(name, rectified, linear.weight.detach(), _bias(linear))
                return HeadSearch(head, "", name, grids.layouts[name])
    last = _last_layer(network, grids, classes)
    weights = next(name for name, module in network.named_modules() if module is linear)
    refusal = _why_not(weights, linear, last, grids.shapes[last], grids.layouts[last])
    return HeadSearch(None, refusal, last, grids.layouts[last])


def _last_layer(network: nn.Module, grids: _GridsSeen, classes: int) -> str:
    """The last layer whose cells still correspond to positions in the picture.

    Pooling to a fixed grid (VGG's ``avgpool``) and a head with one channel per class (SqueezeNet's)
    come after it, and dropout repeats it. A transformer's head reads the class token, and the other
    tokens have no effect after the last attention, so the layer is the norm before that attention.
    """
    modules = dict(network.named_modules())
    names = [
        name
        for name in reversed(grids.means)
        if not isinstance(modules[name], _REPEATING) and grids.shapes[name][0] != classes
    ] or list(reversed(grids.means))
    last = names[0]
    if grids.layouts[last].prefix == 0:
        return last
    attentions = [name for name, m in modules.items() if is_attention(m)]
    if not attentions:
        return last
    norms = [name for name in grids.means if isinstance(modules[name], nn.LayerNorm)]
    block = attentions[-1].rpartition(".")[0]
    while block:
        in_block = [name for name in norms if name.startswith(f"{block}.")]
        if in_block:
            return in_block[0]
        block = block.rpartition(".")[0]
    # An imported graph without blocks lists its layers in execution order.
    place = {name: index for index, name in enumerate(modules)}
    before = [name for name in norms if place[name] < place[attentions[-1]]]
    return before[-1] if before else last


def _why_not(
    weights: str,
    linear: nn.Linear,
    last: str,
    last_grid: tuple[int, int, int],
    layout: Layout,
) -> str:
    channels, height, width = last_grid
    if layout.prefix:
        return (
            f"The classes are read from a token beside the {height} x {width} grid, not from the "
            "average of its cells."
        )
    if channels == linear.in_features:
        return (
            f"Between the {channels} channels of the last {height} x {width} grid and the class "
            "weights lies more than averaging."
        )
    return (
        f"The class weights of {weights}, {linear.out_features} x {linear.in_features}, belong to "
        f"{linear.in_features} features of the layer before, not to the {channels} channels of "
        f"the last {height} x {width} grid, which {last} puts out."
    )


def _keep_input(
    kept: dict[str, Tensor], name: str
) -> Callable[[nn.Module, tuple[Tensor, ...]], None]:
    def hook(_module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        kept.pop(name, None)
        # The first picture only, because programs with a fixed batch size fill it with copies.
        kept[name] = inputs[0][:1].detach().clone()

    return hook


def _bias(linear: nn.Linear) -> Tensor:
    bias = cast("Tensor | None", linear.bias)  # torch's own stubs do not know of bias=False
    return linear.weight.new_zeros(linear.out_features) if bias is None else bias.detach()
