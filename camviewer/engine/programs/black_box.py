"""Wraps networks without accessible layers, which map pictures to class scores."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Self

import torch
from torch import Tensor, nn

from camviewer.engine.errors import Cancelled
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.network.layouts import Arrangement, Layout
from camviewer.engine.network.pooled_head import HeadSearch
from camviewer.engine.support.cancellation import Stopped
from camviewer.engine.support.numeric_comparison import same_numbers

_log = logging.getLogger(__name__)

PICTURE = "picture"
"""Name of a black box's only layer, the picture itself."""


class Picture(nn.Module):
    """Returns its input, so that the picture can be tapped like a layer."""

    def forward(self, pictures: Tensor) -> Tensor:
        """Returns the pictures (N, 3, h, w)."""
        return pictures


class BlackBox(nn.Module):
    """A network without accessible layers.

    Args:
        answer: maps (N, 3, h, w) to (N, K).
        size_bytes: memory of its weights.
        batch: its fixed batch size; None for any. Its only layer accepts any size.
        holds: an object that moves to another device with it; not one of its layers.
    """

    def __init__(
        self,
        answer: Callable[[Tensor], Tensor],
        size_bytes: int,
        batch: int | None = None,
        holds: nn.Module | None = None,
    ) -> None:
        super().__init__()
        self._held = () if holds is None else (holds,)
        self._answer = answer
        self.pictures_at_once = batch
        self.size_bytes = size_bytes
        self.picture = Picture()
        # Shows the device, as the weights of any other network do.
        self.nothing = nn.Parameter(torch.empty(0), requires_grad=False)

    def to(self, *args: Any, **kwargs: Any) -> Self:
        """Moves the held object as well."""
        for held in self._held:
            held.to(*args, **kwargs)
        return super().to(*args, **kwargs)

    def forward(self, pictures: Tensor) -> Tensor:
        """(N, 3, h, w) to (N, K)."""
        return in_batches(self._answer, self.picture(pictures), self.pictures_at_once)


def without_layers(refusal: str, recipe: Recipe) -> HeadSearch:
    """The result of the head search for a black box, whose only layer is the picture.

    Args:
        refusal: why its layers cannot be reached.
        recipe: has its input size.
    """
    layout = Layout(Arrangement.CHANNELS_FIRST, recipe.input_size)
    return HeadSearch(None, refusal, PICTURE, layout)


def in_batches(answer: Callable[[Tensor], Tensor], pictures: Tensor, batch: int | None) -> Tensor:
    """Runs a network with a fixed batch size; the last batch is filled up.

    Args:
        answer: maps (batch, 3, h, w) to (batch, K).
        pictures: (N, 3, h, w).
        batch: its batch size; None for any.
    """
    count = len(pictures)
    if batch is None or count == batch:
        return answer(pictures)
    parts = []
    for start in range(0, count, batch):
        part = pictures[start : start + batch]
        missing = batch - len(part)
        filled = torch.cat([part, part[-1:].expand(missing, -1, -1, -1)]) if missing else part
        answered = answer(filled)
        whole = answered if answered.dim() > 1 else answered.reshape(batch, -1)
        parts.append(whole[: len(part)])
    return torch.cat(parts)


def takes_several(answer: Callable[[Tensor], Tensor], example: Tensor, expected: Tensor) -> bool:
    """Whether a program gives the same results for a batch as for single pictures.

    A program that declares a free batch size may still contain a reshape for one picture.

    Args:
        answer: maps (N, 3, h, w) to (N, K).
        example: (1, 3, h, w), not constant.
        expected: (1, K), its result for the example.
    """
    other = example.flip(3)
    try:
        with torch.no_grad():
            together = answer(torch.cat((example, other)))
            each = torch.cat((expected, answer(other)))
    except (Cancelled, Stopped):
        raise
    except Exception as error:  # noqa: BLE001  (what a program raises is its author's affair)
        _log.info("it takes one picture at a time: %s", error)
        return False
    return together.shape == each.shape and same_numbers(together, each)
