"""The probability of a class for many pictures: in batches, counted, timed and cancellable."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from time import perf_counter

import torch
from torch import Tensor

from camviewer.engine.errors import Cancelled
from camviewer.engine.methods.core.batches import Batches
from camviewer.engine.support.cancellation import Cancellation

_BYTES_PER_PIXEL = 32 * 2**20 / (224 * 224)
"""What an input pixel needs on its way: VGG16 takes the most among the usual networks."""


class OutOfTime(Exception):  # noqa: N818  (an end, not an error)
    """The time that was allowed is over."""


class Scorer:
    """Asks a network about changed pictures, for the probability of one class.

    Args:
        run: (N, 3, h, w) to logits (N, K).
        probabilities: logits (N, K) to probabilities (N, K).
        class_index: the class.
        cancelled: polled before every batch.
        whole: how many pictures the network runs in any case.
    """

    def __init__(
        self,
        run: Callable[[Tensor], Tensor],
        probabilities: Callable[[Tensor], Tensor],
        class_index: int,
        cancelled: threading.Event | None = None,
        *,
        whole: int = 1,
    ) -> None:
        self._run = run
        self._whole = whole
        self._probabilities = probabilities
        self._class_index = class_index
        self._cancelled = cancelled
        self._start = perf_counter()
        self.allowed: float | None = None
        """Seconds from the beginning until ``OutOfTime``; None for no end."""
        self.passes = 0
        self._batches: dict[tuple[int, int], Batches] = {}

    @property
    def seconds(self) -> float:
        """Since it was made."""
        return perf_counter() - self._start

    def check(self) -> None:
        """Stops where it should.

        Raises:
            Cancelled: told to stop.
            OutOfTime: the time is over.
        """
        if self._cancelled is not None and self._cancelled.is_set():
            raise Cancelled
        if self.allowed is not None and self.seconds > self.allowed:
            raise OutOfTime

    def score(self, pictures: Iterable[Tensor]) -> Tensor:
        """(N,) float32 in 0 to 1 on the CPU, for pictures (3, h, w) that are made when needed.

        Raises:
            Cancelled: told to stop.
            MemoryError: not even one picture fits.
            OutOfTime: the time is over.
            RuntimeError: not even one picture fits on the graphics card.
        """
        scores: list[Tensor] = []
        batch: list[Tensor] = []
        for picture in pictures:
            batch.append(picture)
            if len(batch) >= self._batches_for(picture).size:
                scores.extend(self._score(batch))
                batch = []
        if batch:
            scores.extend(self._score(batch))
        return torch.cat(scores) if scores else torch.zeros(0)

    def _batches_for(self, picture: Tensor) -> Batches:
        """As many pictures of this size at once as memory and patience allow."""
        size = (picture.shape[1], picture.shape[2])
        if size not in self._batches:
            self._batches[size] = Batches(
                self._run,
                picture.device,
                Cancellation(self._cancelled),
                bytes_per_picture=_BYTES_PER_PIXEL * size[0] * size[1],
                seconds_per_picture=0.0,
                whole=self._whole,
            )
        return self._batches[size]

    def _score(self, batch: list[Tensor]) -> Iterator[Tensor]:
        self.check()
        batches = self._batches_for(batch[0])
        found = batches.over(len(batch), lambda rows: torch.stack(batch[rows.start : rows.stop]))
        for rows, logits in found:
            self.passes += len(rows)
            yield self._probabilities(logits)[:, self._class_index].float().cpu()
