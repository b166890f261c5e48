"""Batch normalisation folded into the convolutions before it: fewer steps, the same numbers."""

from __future__ import annotations

import weakref
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from camviewer.engine.layers import outputs_watched
from camviewer.engine.runtime.twins import replace_module, twin_of
from camviewer.engine.runtime.winograd import (
    WinogradConvolution,
    can_be_transformed,
    transforms_pay,
)

_EQUAL = 1e-4


@dataclass(frozen=True, eq=False)
class FoldedNetwork:
    """A faster twin of a network, with the same modules by name.

    Attributes:
        network: shares every parameter that folding did not change.
        changed: names of the convolutions that now put out what the normalisation did. A layer
            among them must be tapped in the original.
        transformed: whether its convolutions are transformed (see ``winograd``).
    """

    network: nn.Module
    changed: frozenset[str]
    transformed: bool = False


def fold(network: nn.Module, example: Tensor) -> FoldedNetwork | None:
    """Folds what can be folded, and has convolutions run as the CPU is fastest at.

    Which normalisation follows which convolution is seen by running the network once, and the
    twin is believed only when its logits are the network's own.

    Args:
        network: in eval mode; it stays as it is.
        example: (1, 3, h, w), not constant.

    Returns:
        None when nothing can be folded, or when the twin's logits differ by more than 1e-4 of
        their size.
    """
    pairs, outputs, logits = _pairs(network, example)
    twin = twin_of(network)
    for convolution, normalisation in pairs.items():
        _fold_pair(twin, convolution, normalisation)
    transformed = transforms_pay(twin, outputs)
    if transformed:
        _transform(twin, tuple(outputs))
    _lay_out(twin)
    with torch.inference_mode():
        found = twin(example)
    difference = float((found - logits).abs().max())
    if not difference <= _EQUAL * max(float(logits.abs().max()), 1e-12):
        return None
    return FoldedNetwork(twin, frozenset(pairs), transformed)


def _pairs(
    network: nn.Module, example: Tensor
) -> tuple[dict[str, str], dict[str, torch.Size], Tensor]:
    """Convolutions and the normalisation that each feeds alone, their shapes, and the logits."""
    modules = dict(network.named_modules())
    fed: dict[str, list[str | None]] = {}
    made: list[tuple[weakref.ref[Tensor], str]] = []
    shapes: dict[str, torch.Size] = {}

    def see(name: str, output: Tensor) -> None:
        if isinstance(modules[name], nn.Conv2d):
            made.append((weakref.ref(output), name))
            shapes[name] = output.shape

    def watch(name: str) -> torch.utils.hooks.RemovableHandle:
        def hook(_module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            maker = next((maker for output, maker in made if output() is inputs[0]), None)
            fed.setdefault(name, []).append(maker)

        handle: torch.utils.hooks.RemovableHandle = modules[name].register_forward_pre_hook(hook)
        return handle

    handles = []
    try:
        handles += [watch(n) for n, m in modules.items() if isinstance(m, nn.BatchNorm2d)]
        with outputs_watched(network, see), torch.no_grad():
            logits = network(example)
    finally:
        for handle in handles:
            handle.remove()
    calls = [name for _, name in made]
    pairs = {}
    for normalisation, makers in fed.items():
        convolution = makers[0] if len(makers) == 1 else None
        if convolution is not None and calls.count(convolution) == 1:
            pairs[convolution] = normalisation
    return pairs, shapes, logits


def _fold_pair(network: nn.Module, convolution: str, normalisation: str) -> None:
    conv, norm = network.get_submodule(convolution), network.get_submodule(normalisation)
    assert isinstance(conv, nn.Conv2d)  # noqa: S101  (found as one)
    assert isinstance(norm, nn.BatchNorm2d)  # noqa: S101
    folded = fuse_conv_bn_eval(conv, norm).requires_grad_(False)
    # timm's normalisations carry their activation with them.
    after = [m for name in ("drop", "act") if isinstance(m := getattr(norm, name, None), nn.Module)]
    replace_module(network, convolution, folded)
    replace_module(network, normalisation, nn.Sequential(*after) if after else nn.Identity())


def _transform(network: nn.Module, convolutions: tuple[str, ...]) -> None:
    for name in convolutions:
        convolution = network.get_submodule(name)
        if isinstance(convolution, nn.Conv2d) and can_be_transformed(convolution):
            replace_module(network, name, WinogradConvolution(convolution))


def _lay_out(network: nn.Module) -> None:
    """Channels last for the convolutions that run directly at every size."""
    transformed = {id(m.direct) for m in network.modules() if isinstance(m, WinogradConvolution)}
    for module in network.modules():
        if isinstance(module, nn.Conv2d) and id(module) not in transformed:
            weight = module.weight.detach().contiguous(memory_format=torch.channels_last)
            module.weight = nn.Parameter(weight, requires_grad=False)
