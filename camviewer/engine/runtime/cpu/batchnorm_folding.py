"""Folds batch normalisation into the preceding convolutions, for fewer operations."""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from time import perf_counter

import torch
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from camviewer.engine.network.grid_layers import outputs_watched
from camviewer.engine.network.module_copies import copy_sharing_tensors, replace_module
from camviewer.engine.runtime.cpu.sparse_linear_gradient import use_sparse_gradients
from camviewer.engine.support.numeric_comparison import same_numbers

_TIMED = 3


@dataclass(frozen=True, eq=False)
class FoldedNetwork:
    """A faster copy of a network, with the same module names.

    Attributes:
        network: shares every parameter that folding did not change.
        changed: names of the convolutions whose output is the normalised one now. These layers
            must be tapped in the original network.
        seconds: the shortest time of a pass of the example.
        size: size of the example, (h, w).
    """

    network: nn.Module
    changed: frozenset[str]
    seconds: float
    size: tuple[int, int]


def fold(network: nn.Module, example: Tensor) -> FoldedNetwork | None:
    """Folds batch normalisation in a copy of the network, and arranges its weights for the CPU.

    One pass shows which normalisation follows which convolution. The copy is used only if its
    logits equal the network's.

    Args:
        network: in eval mode; it stays as it is.
        example: (1, 3, h, w), not constant.

    Returns:
        None when nothing can be folded, or when the copy's logits differ by more than 1e-4 of
        their size.
    """
    pairs, logits = _pairs(network, example)
    copied = copy_sharing_tensors(network)
    for convolution, normalisation in pairs.items():
        _fold_pair(copied, convolution, normalisation)
    use_sparse_gradients(copied)
    seconds = []
    with torch.no_grad():  # whose tensors may take part in gradients later
        _lay_out(copied)
        for _ in range(_TIMED):
            began = perf_counter()
            found = copied(example)
            seconds.append(perf_counter() - began)
    if not same_numbers(found, logits):
        return None
    size = (example.shape[2], example.shape[3])
    return FoldedNetwork(copied, frozenset(pairs), min(seconds), size)


def _pairs(network: nn.Module, example: Tensor) -> tuple[dict[str, str], Tensor]:
    """Convolutions that feed a single normalisation, with that normalisation, and the logits."""
    modules = dict(network.named_modules())
    fed: dict[str, list[str | None]] = {}
    outputs: list[tuple[weakref.ref[Tensor], str]] = []

    def see(name: str, output: Tensor) -> None:
        if isinstance(modules[name], nn.Conv2d):
            outputs.append((weakref.ref(output), name))

    def add_hook(name: str) -> torch.utils.hooks.RemovableHandle:
        def hook(_module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            maker = next((maker for output, maker in outputs if output() is inputs[0]), None)
            fed.setdefault(name, []).append(maker)

        handle: torch.utils.hooks.RemovableHandle = modules[name].register_forward_pre_hook(hook)
        return handle

    handles = []
    try:
        handles += [add_hook(n) for n, m in modules.items() if isinstance(m, nn.BatchNorm2d)]
        with outputs_watched(network, see), torch.no_grad():
            logits = network(example)
    finally:
        for handle in handles:
            handle.remove()
    calls = [name for _, name in outputs]
    pairs = {}
    for normalisation, makers in fed.items():
        convolution = makers[0] if len(makers) == 1 else None
        if convolution is not None and calls.count(convolution) == 1:
            pairs[convolution] = normalisation
    return pairs, logits


def _fold_pair(network: nn.Module, convolution: str, normalisation: str) -> None:
    conv, norm = network.get_submodule(convolution), network.get_submodule(normalisation)
    assert isinstance(conv, nn.Conv2d)  # noqa: S101  (found as one)
    assert isinstance(norm, nn.BatchNorm2d)  # noqa: S101
    folded = fuse_conv_bn_eval(conv, norm).requires_grad_(False)
    # timm's normalisation layers include the following activation.
    after = [m for name in ("drop", "act") if isinstance(m := getattr(norm, name, None), nn.Module)]
    replace_module(network, convolution, folded)
    replace_module(network, normalisation, nn.Sequential(*after) if after else nn.Identity())


def _lay_out(network: nn.Module) -> None:
    """Converts the weights of convolutions to channels last."""
    for module in network.modules():
        if isinstance(module, nn.Conv2d):
            weight = module.weight.detach().contiguous(memory_format=torch.channels_last)
            module.weight = nn.Parameter(weight, requires_grad=False)
