"""An architecture with another number of input channels or another head, as a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import cast

import torch
from torch import Tensor, nn

from camviewer.engine.architectures.catalogue import build
from camviewer.engine.architectures.grid_cells import Cells, run_until
from camviewer.engine.architectures.network_changes import (
    HeadChange,
    HeadKind,
    HeadLayer,
    NetworkChanges,
    Pooling,
)
from camviewer.engine.architectures.pooled_cut import PooledCut
from camviewer.engine.errors import CamviewerError

_BASE_CLASSES = 2
"""Number of classes of the architecture's own head, which is removed."""

_FUNCTIONS: dict[str, Callable[[], nn.Module]] = {
    "relu": nn.ReLU,
    "none": nn.Identity,
    "gelu": nn.GELU,
    "tanh": nn.Tanh,
    "silu": nn.SiLU,
    "leaky_relu": nn.LeakyReLU,
    "elu": nn.ELU,
    "hardswish": nn.Hardswish,
    "sigmoid": nn.Sigmoid,
}


class Head(nn.Sequential):
    """The layers of a head; features may come as (N, F) or (N, F, 1, 1).

    Args:
        layers: in the order of running.
        activations: where in them an activation stands that no tensor tells.
    """

    def __init__(self, *layers: nn.Module, activations: tuple[int, ...] = ()) -> None:
        super().__init__(*layers)
        self.activations = activations
        self.as_saved: tuple[nn.Module, ...] = ()

    def put(self, layers: Sequence[nn.Module]) -> None:
        """Replaces all layers."""
        del self[:]
        self.extend(layers)

    def forward(self, features: Tensor) -> Tensor:
        """Logits (N, K)."""
        flat = torch.flatten(features, 1)
        for layer in self:
            flat = layer(flat)
        return flat


class MaximumAndAverage(nn.Module):
    """Cells whose average is the maximum and the average of each channel, side by side.

    All of a channel's maximum is put into the cell where it lies, times the number of cells. The
    linear layer behind the average is then linear in these cells, and CAM is exact for it.

    Args:
        maximum_first: whether the maxima come before the averages.
    """

    def __init__(self, *, maximum_first: bool) -> None:
        super().__init__()
        self.maximum_first = maximum_first

    def forward(self, cells: Tensor) -> Tensor:
        """(N, C, h, w) in, (N, 2 C, h, w) out."""
        flat = cells.flatten(2)
        highest, where = flat.max(2, keepdim=True)
        numbers = torch.arange(flat.shape[2], device=cells.device)
        peaks = torch.where(numbers == where, highest * flat.shape[2], 0.0).reshape(cells.shape)
        return torch.cat((peaks, cells) if self.maximum_first else (cells, peaks), 1)


class PooledHeadNetwork(nn.Module):
    """The architecture up to a layer, a pooling of that layer's cells, and a head.

    Args:
        base: the architecture.
        change: where it ends and what follows.
    """

    def __init__(self, base: nn.Module, change: HeadChange) -> None:
        super().__init__()
        self.base = base
        self.layer = change.layer
        cut = PooledCut(change.layer, change.channels, change.arrangement, change.prefix)
        self.grid = Cells(cut)
        self.parts: nn.Module = nn.Identity()
        if change.pooling is not Pooling.AVERAGE:
            first = change.pooling is Pooling.MAXIMUM_AND_AVERAGE
            self.parts = MaximumAndAverage(maximum_first=first)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.head = head_of(change.layers)

    def forward(self, pictures: Tensor) -> Tensor:
        """(N, C, h, w) in, logits (N, K) out."""
        output = run_until(self.base, self.layer, pictures)
        cells = self.grid(output, (pictures.shape[2], pictures.shape[3]))
        logits: Tensor = self.head(self.pool(self.parts(cells)))
        return logits


def head_of(layers: tuple[HeadLayer, ...]) -> Head:
    """The modules of a head, with random weights."""
    assumed = HeadChange(layers).assumed
    return Head(*(_module(layer) for layer in layers), activations=assumed)


def _module(layer: HeadLayer) -> nn.Module:
    match layer.kind:
        case HeadKind.LINEAR:
            return nn.Linear(layer.inputs, layer.outputs, bias=layer.bias)
        case HeadKind.BATCH_NORM:
            return nn.BatchNorm1d(layer.inputs)
        case HeadKind.LAYER_NORM:
            return nn.LayerNorm(layer.inputs)
        case HeadKind.ACTIVATION:
            return _FUNCTIONS[layer.function]()


def build_changed(
    architecture: str, classes: int, changes: NetworkChanges | None, *, device: str = "cpu"
) -> nn.Module:
    """The architecture with what was changed in it, random weights, in eval mode.

    Raises:
        CamviewerError: there is no such architecture, or it has no such layers.
    """
    changes = changes or NetworkChanges()
    head = changes.head
    made = partial(build, architecture, channels=changes.channels, arguments=changes.arguments)
    if head is None:
        return made(classes, device=device)
    base = made(_BASE_CLASSES, device=device)
    known = {name for name, _ in base.named_modules()}
    for name in (head.place or head.layer, *head.without):
        if name not in known:
            raise CamviewerError(
                f"{architecture} has no layer {name[:100]}.", "Import the model again."
            )
    with torch.device(device):
        for name in head.without:
            _put(base, name, nn.Identity())
        if head.place:
            _put(base, head.place, head_of(head.layers))
            return base.eval()
        return PooledHeadNetwork(base, head).eval()


def _put(network: nn.Module, name: str, module: nn.Module) -> None:
    parent, _, last = name.rpartition(".")
    setattr(network.get_submodule(parent), last, module)


def folded(network: nn.Module) -> nn.Module:
    """The network with a head of linear steps alone made one linear layer, so that CAM is exact.

    Batch normalisation in eval mode and linear layers without an activation between them are one
    linear layer.
    """
    for module in network.modules():
        if isinstance(module, Head) and len(module) > 1:
            _fold(module)
    return network


@contextmanager
def with_head_activations(network: nn.Module, functions: Sequence[str]) -> Iterator[None]:
    """Runs a network with other activations between the linear layers of its head.

    Args:
        network: that was rebuilt with ``build_changed``; others stay as they are.
        functions: of ``ACTIVATIONS``, one for each place.
    """
    heads = [module for module in network.modules() if isinstance(module, Head)]
    former = [tuple(head) for head in heads]
    try:
        for head, layers in zip(heads, former, strict=True):
            tried = list(head.as_saved or layers)
            for place, function in zip(head.activations, functions, strict=True):
                tried[place] = _FUNCTIONS[function]()
            head.put(tried)
            head.to(next(network.parameters()).device)
        yield
    finally:
        for head, layers in zip(heads, former, strict=True):
            head.put(layers)


def _fold(head: Head) -> None:
    steps = [layer for layer in head if not isinstance(layer, nn.Identity)]
    if not all(isinstance(layer, nn.Linear | nn.BatchNorm1d) for layer in steps):
        return
    width = _width(steps[0])
    with torch.no_grad():
        # In double precision what the folding rounds is far below what a pass rounds.
        weight, bias = torch.eye(width, dtype=torch.float64), torch.zeros(width).double()
        for layer in steps:
            weight, bias = _after(layer, weight, bias)
        linear = nn.Linear(width, len(bias))
        linear.weight.copy_(weight)
        linear.bias.copy_(bias)
    head.as_saved = tuple(head)
    head.put([linear.eval().requires_grad_(False)])


def _width(layer: nn.Module) -> int:
    return layer.in_features if isinstance(layer, nn.Linear) else _features(layer)


def _features(layer: nn.Module) -> int:
    assert isinstance(layer, nn.BatchNorm1d)  # noqa: S101
    return layer.num_features


def _after(layer: nn.Module, weight: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
    if isinstance(layer, nn.Linear):
        own = layer.weight.double()
        shift = cast("Tensor | None", layer.bias)  # torch's own stubs do not know of bias=False
        moved = own @ bias
        return own @ weight, moved if shift is None else moved + shift.double()
    assert isinstance(layer, nn.BatchNorm1d)  # noqa: S101
    assert layer.running_mean is not None  # noqa: S101
    assert layer.running_var is not None  # noqa: S101
    scale = layer.weight.double() / (layer.running_var.double() + layer.eps).sqrt()
    shift = layer.bias.double() - layer.running_mean.double() * scale
    return scale[:, None] * weight, scale * bias + shift
