"""Weights that were saved in parts: pruned, or with weight or spectral normalisation.

torch keeps what such a weight is computed from, and the network computes it at every pass. Here it
is computed once, as ``torch.nn.utils`` does in eval mode.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import torch
from torch import Tensor

_PROJECTOR = re.compile(r"(^|\.)last_layer\d*\.")
"""The end of DINO's projector, whose weight normalisation tells what it is."""


def whole_weights(tensors: Mapping[str, Tensor]) -> tuple[dict[str, Tensor], tuple[str, ...]]:
    """A state dict in which every weight is one tensor.

    Args:
        tensors: by name as in the file, floating point ones in float32.

    Returns:
        The tensors in the same order, and what was done, in sentences.
    """
    found = dict(tensors)
    notes = []
    for words, endings, ending, compute in _KINDS:
        first, *others = endings
        modules = [
            name.removesuffix(first)
            for name in found
            if name.endswith(first)
            and not _PROJECTOR.search(name)
            and all(name.removesuffix(first) + other in found for other in others)
        ]
        for module in modules:
            parts = [found[module + each] for each in endings]
            found = {
                (module + ending if name == module + first else name): tensor
                for name, tensor in found.items()
                if name not in {module + other for other in others}
            }
            found[module + ending] = compute(*parts)
        if modules:
            notes.append(f"{words} {len(modules)} {'layer' if len(modules) == 1 else 'layers'}.")
    return found, tuple(notes)


def _masked(weight: Tensor, mask: Tensor) -> Tensor:
    """Pruning: W = W_0 m."""
    return weight * mask


def _of_length(length: Tensor, direction: Tensor) -> Tensor:
    """Weight normalisation (Salimans, Kingma 2016): W = g v / |v|, by outputs or as a whole."""
    sides = [
        side for side in range(direction.dim()) if length.dim() == 0 or length.shape[side] == 1
    ]
    lengths: Tensor = torch.linalg.vector_norm(direction, dim=sides, keepdim=True)
    return direction * (length / lengths)


def _by_largest(weight: Tensor, left: Tensor, right: Tensor) -> Tensor:
    """Spectral normalisation (Miyato et al. 2018): W = W_0 / (u^T W_0 v), with rows of outputs."""
    return weight / (left @ (weight.flatten(1) @ right))


_NORMALISED = "Weight normalisation was computed for"
_SPECTRAL = "Spectral normalisation was computed for"
_PARTS = "parametrizations.{0}.original"
_Kind = tuple[str, tuple[str, ...], str, Callable[..., Tensor]]
_KINDS: tuple[_Kind, ...] = tuple(
    (words, tuple(part.format(leaf) for part in parts), leaf, compute)
    for leaf in ("weight", "bias")
    for words, parts, compute in (
        ("Pruning was carried out for", ("{0}_orig", "{0}_mask"), _masked),
        (_SPECTRAL, ("{0}_orig", "{0}_u", "{0}_v"), _by_largest),
        (_NORMALISED, ("{0}_g", "{0}_v"), _of_length),
        (_NORMALISED, (f"{_PARTS}0", f"{_PARTS}1"), _of_length),
        (
            _SPECTRAL,
            (_PARTS, "parametrizations.{0}.0._u", "parametrizations.{0}.0._v"),
            _by_largest,
        ),
    )
)
"""What was done; the endings of the names of its parts; that of the weight; how it is computed."""
