"""Computes class scores in bfloat16, which takes half the time on CPUs with bfloat16 instructions.

Methods with many passes use it. Verdicts, passes with a tapped layer, gradients and the measures of
trust stay float32. It is off by default, because the difference of numbers with 8 significant bits
can be seen in a map.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn

NAME = "bfloat16"

Scorer = Callable[[Tensor], Tensor]
"""A function that computes logits (N, K) of pictures (N, 3, h, w)."""


def is_in_hardware() -> bool:
    """Whether this CPU has instructions for bfloat16; others take many times as long."""
    ask = getattr(torch.cpu, "get_capabilities", None)
    if ask is not None:
        found = ask()
        return any(bool(found.get(name)) for name in ("avx512_bf16", "amx_bf16", "bf16"))
    names = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")
    return any(bool(getattr(torch.cpu, name, bool)()) for name in names)


def half_logits(network: nn.Module, pictures: Tensor) -> Tensor:
    """Logits (N, K) with torch's autocast to bfloat16; the weights stay float32."""
    pictures = pictures.contiguous(memory_format=torch.channels_last)
    with torch.autocast("cpu", torch.bfloat16):
        logits: Tensor = network(pictures)
    return logits.float()


class HalfScores:
    """Computes class scores in bfloat16 and measures their error.

    Attributes:
        error: the largest difference from float32 up to now, as a share of the largest logit. The
            first picture of each input size is scored both ways.
    """

    def __init__(self) -> None:
        self.error = 0.0
        self._measured: set[tuple[int, ...]] = set()
        self._at_work = False

    def begin(self) -> None:
        """Starts a new map, for which nothing has been scored yet."""
        self._at_work = False

    def logits(self, pictures: Tensor, half: Scorer, exact: Scorer) -> Tensor:
        """Logits (N, K) of type float32 with the precision of bfloat16.

        Args:
            pictures: (N, 3, h, w).
            half: scores in bfloat16.
            exact: scores in float32.
        """
        found, size = half(pictures), tuple(pictures.shape[2:])
        if len(pictures) and size not in self._measured:
            self._measured.add(size)
            wanted = exact(pictures[:1])
            largest = max(float(wanted.abs().max()), torch.finfo(torch.float32).tiny)
            self.error = max(self.error, float((found[:1] - wanted).abs().max()) / largest)
        self._at_work = True
        return found

    @property
    def note(self) -> str:
        """The note for the user on the map; empty when nothing was scored for it."""
        if not self._at_work:
            return ""
        return f"Scored in {NAME}: class scores are off by up to {self.error:.1%} of the largest."
