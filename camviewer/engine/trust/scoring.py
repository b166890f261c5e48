"""The probability of a class for many pictures: in batches, counted, timed and cancellable."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from time import perf_counter

import torch
from torch import Tensor

from camviewer.engine.errors import Cancelled

_BATCH_SECONDS = 0.1
"""So long a batch may take, as far as the one before tells: no stop waits longer."""

_BATCH_PIXELS = 8 * 224 * 224
"""Input pixels of one batch: VGG16's largest activations take 13 MB for each 224 x 224."""


class OutOfTime(Exception):  # noqa: N818  (an end, not an error)
    """The time that was allowed is over."""


class Scorer:
    """Asks a network about changed pictures, for the probability of one class.

    Args:
        run: (N, 3, h, w) to logits (N, K).
        probabilities: logits (N, K) to probabilities (N, K).
        class_index: the class.
        cancelled: polled before every batch.
    """

    def __init__(
        self,
        run: Callable[[Tensor], Tensor],
        probabilities: Callable[[Tensor], Tensor],
        class_index: int,
        cancelled: threading.Event | None = None,
    ) -> None:
        self._run = run
        self._probabilities = probabilities
        self._class_index = class_index
        self._cancelled = cancelled
        self._start = perf_counter()
        self.allowed: float | None = None
        """Seconds from the beginning until ``OutOfTime``; None for no end."""
        self.passes = 0
        self._pace = 0.0

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
            OutOfTime: the time is over.
        """
        scores: list[Tensor] = []
        batch: list[Tensor] = []
        for picture in pictures:
            batch.append(picture)
            if len(batch) >= self._most(picture):
                scores.append(self._score(batch))
                batch = []
        if batch:
            scores.append(self._score(batch))
        return torch.cat(scores) if scores else torch.zeros(0)

    def _most(self, picture: Tensor) -> int:
        """Pictures of this size that memory and patience allow in one batch."""
        by_memory = -(-_BATCH_PIXELS // (picture.shape[1] * picture.shape[2]))
        by_time = int(_BATCH_SECONDS / self._pace) if self._pace > 0.0 else 1
        return max(min(by_memory, by_time), 1)

    def _score(self, batch: list[Tensor]) -> Tensor:
        self.check()
        start = perf_counter()
        with torch.no_grad():
            probabilities = self._probabilities(self._run(torch.stack(batch)))
        self.passes += len(batch)
        self._pace = (perf_counter() - start) / len(batch)
        return probabilities[:, self._class_index].float().cpu()
