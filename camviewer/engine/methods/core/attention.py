"""Captures the attention matrices of a transformer during a pass.

Fused kernels never hold the attention as a matrix. During the capture, timm's modules are switched
to their unfused code, and the output of torch's own module is recomputed from its parameters. Both
give the same numbers, and every module is restored afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import linear
from torch.utils.hooks import RemovableHandle

from camviewer.engine.errors import CamviewerError
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.grid_layers import mixes_globally
from camviewer.engine.network.layouts import Arrangement, Layout

_FUSED = "fused_attn"
"""timm's name for the flag that lets a module use a fast kernel."""
_SAME = 1e-3
"""Maximum relative change of an attention module's output by the capture, due to rounding."""


@dataclass(frozen=True, eq=False)
class AttentionModule:
    """A module that lets tokens attend to each other.

    Attributes:
        name: dotted.
        block: dotted name of the block that it is in.
        module: the module itself.
    """

    name: str
    block: str
    module: nn.Module


def attention_modules(network: nn.Module) -> tuple[AttentionModule, ...]:
    """Every module whose attention can be captured, in the order of definition."""
    return tuple(
        AttentionModule(name, name.rpartition(".")[0], module)
        for name, module in network.named_modules()
        if _is_torchs_own(module) or _is_timms(module)
    )


def no_token_attention(classifier: Classifier) -> str:
    """Why a network has no attention between all tokens of one grid; empty when it has."""
    layout = classifier.layout
    if not mixes_globally(classifier.network):
        return "this network has no attention."
    if layout is None or layout.arrangement is not Arrangement.TOKENS:
        return (
            "its attention looks at windows or stages of the picture, not at all tokens of one "
            "grid at once."
        )
    if not attention_modules(classifier.network):
        return "its attention is of a kind that cannot be watched."
    return ""


@contextmanager
def attention_watched(
    modules: tuple[AttentionModule, ...], kept: dict[str, Tensor]
) -> Iterator[None]:
    """Keeps each module's attention (N, heads, T, T) in ``kept``, by name and in the graph."""
    handles: list[RemovableHandle] = []
    fused = [m.module for m in modules if getattr(m.module, _FUSED, False) is True]
    try:
        for module in fused:
            setattr(module, _FUSED, False)
        for attention in modules:
            see = _keep(kept, attention.name)
            if _is_torchs_own(attention.module):
                handles.append(attention.module.register_forward_hook(_in_the_open(see)))
            else:
                dropout = attention.module.get_submodule("attn_drop")
                handles.append(dropout.register_forward_hook(_what_is_dropped(see)))
        yield
    finally:
        for handle in handles:
            handle.remove()
        for module in fused:
            setattr(module, _FUSED, True)


def of_all_tokens(
    kept: dict[str, Tensor], modules: tuple[AttentionModule, ...], layout: Layout
) -> list[Tensor]:
    """The attentions (heads, T, T) in the order of the modules.

    Raises:
        CamviewerError: one is not between all tokens of the grid.
    """
    tokens = layout.prefix + layout.grid[0] * layout.grid[1]
    found = [kept[module.name] for module in modules if module.name in kept]
    if not found or any(a.dim() != 4 or a.shape[2:] != (tokens, tokens) for a in found):
        raise CamviewerError(
            "This network's attention is not one between all tokens of one grid.",
            "Choose Grad-CAM, which needs no attention.",
        )
    return [attention[0] for attention in found]


def _is_torchs_own(module: nn.Module) -> bool:
    return isinstance(module, nn.MultiheadAttention)


def _is_timms(module: nn.Module) -> bool:
    return isinstance(getattr(module, _FUSED, None), bool) and isinstance(
        getattr(module, "attn_drop", None), nn.Module
    )


def _keep(kept: dict[str, Tensor], name: str) -> Callable[[Tensor], None]:
    def see(attention: Tensor) -> None:
        kept[name] = attention

    return see


def _what_is_dropped(
    see: Callable[[Tensor], None],
) -> Callable[[nn.Module, object, Tensor], None]:
    """Captures the input of the dropout that timm's modules apply to their attention.

    In eval mode that dropout changes nothing.
    """

    def hook(_module: nn.Module, _inputs: object, output: Tensor) -> None:
        see(output)

    return hook


def _in_the_open(
    see: Callable[[Tensor], None],
) -> Callable[[nn.MultiheadAttention, tuple[Tensor, ...], tuple[Tensor, object]], object]:
    """Recomputes the output of torch's module from its attention, which puts that in the graph."""

    def hook(
        module: nn.MultiheadAttention, inputs: tuple[Tensor, ...], output: tuple[Tensor, object]
    ) -> tuple[Tensor, object]:
        tokens = inputs[0] if module.batch_first else inputs[0].transpose(0, 1)
        count, length, width = tokens.shape
        projected = linear(tokens, module.in_proj_weight, module.in_proj_bias)
        heads = projected.reshape(count, length, 3, module.num_heads, -1).permute(2, 0, 3, 1, 4)
        queries, keys, values = heads.unbind(0)
        attention = (queries @ keys.transpose(2, 3) / keys.shape[3] ** 0.5).softmax(3)
        see(attention)
        mixed = (attention @ values).transpose(1, 2).reshape(count, length, width)
        mixed = module.out_proj(mixed)
        mixed = mixed if module.batch_first else mixed.transpose(0, 1)
        difference = float((mixed - output[0]).detach().abs().max())
        if difference > _SAME * max(float(output[0].detach().abs().max()), 1e-12):
            raise CamviewerError(
                "This network's attention has a mask or other parts that are not known here.",
                "Choose Grad-CAM, which needs no attention.",
            )
        return mixed, output[1]

    return hook


@torch.no_grad()
def read_from(network: nn.Module, picture: Tensor, block: str) -> Tensor:
    """Weights (T,) of a block's output tokens in the vector that the head reads.

    The head reads the class token or a mean of tokens. The gradient of the logits tells which.

    Raises:
        CamviewerError: the logits depend on no token.
    """
    kept: list[Tensor] = []

    def tap(_module: nn.Module, _inputs: object, output: Tensor) -> Tensor:
        kept[:] = [output.detach().clone().requires_grad_(True)]
        return kept[0].clone()

    handle = network.get_submodule(block).register_forward_hook(tap)
    try:
        with torch.enable_grad():
            logits = network(picture)
            (gradient,) = torch.autograd.grad(logits.square().sum(), kept[0])
    finally:
        handle.remove()
    matters: Tensor = gradient[0].norm(dim=1)
    reads = (matters > 1e-6 * matters.max()).to(matters.dtype)
    if not reads.any():
        raise CamviewerError(
            "No class score of this network depends on the picture, so there is no attention to "
            "follow back.",
            "Check that its weights are those of a trained network.",
        )
    return reads / reads.sum()
