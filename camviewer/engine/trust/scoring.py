"""Computes the score of many pictures, in batches and within a time limit."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from time import perf_counter

import torch
from torch import Tensor

from camviewer.engine.errors import Cancelled
from camviewer.engine.methods.core.batches import Batches
from camviewer.engine.methods.core.limits import USUAL, Limits
from camviewer.engine.support.cancellation import Cancellation

_BYTES_PER_PIXEL = 32 * 2**20 / (224 * 224)
"""Memory of a pass per input pixel, in bytes: that of VGG16, the largest of common networks."""


class OutOfTime(Exception):  # noqa: N818  (an end, not an error)
    """The time limit is over."""


class Scorer:
    """Computes the probability of a class, or the score of a target, for changed pictures.

    Args:
        run: maps (N, 3, h, w) to outputs (N, K).
        score: maps outputs (N, K) to (N,).
        cancelled: polled before every batch.
        whole: the network's own batch size.
        limits: maximum number of pictures and maximum time of a batch.
    """

    def __init__(
        self,
        run: Callable[[Tensor], Tensor],
        score: Callable[[Tensor], Tensor],
        cancelled: threading.Event | None = None,
        *,
        whole: int = 1,
        limits: Limits = USUAL,
    ) -> None:
        self._run = run
        self._whole = whole
        self._limits = limits
        self._score_of = score
        self._cancelled = cancelled
        self._start = perf_counter()
        self.allowed: float | None = None
        """Time limit in seconds, after which ``OutOfTime`` is raised; None for no limit."""
        self.passes = 0
        self._batches: dict[tuple[int, int], Batches] = {}

    @property
    def seconds(self) -> float:
        """Seconds since it was created."""
        return perf_counter() - self._start

    def check(self) -> None:
        """Raises an exception if the work must end.

        Raises:
            Cancelled: told to stop.
            OutOfTime: the time is over.
        """
        if self._cancelled is not None and self._cancelled.is_set():
            raise Cancelled
        if self.allowed is not None and self.seconds > self.allowed:
            raise OutOfTime

    def score(self, pictures: Iterable[Tensor]) -> Tensor:
        """Scores (N,), float32 on the CPU, of pictures (3, h, w) that are made when needed.

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
        """Batches for pictures of this size, within the limits of memory and time."""
        size = (picture.shape[1], picture.shape[2])
        if size not in self._batches:
            self._batches[size] = Batches(
                self._run,
                picture.device,
                Cancellation(self._cancelled),
                bytes_per_picture=_BYTES_PER_PIXEL * size[0] * size[1],
                seconds_per_picture=0.0,
                limits=self._limits,
                whole=self._whole,
            )
        return self._batches[size]

    def _score(self, batch: list[Tensor]) -> Iterator[Tensor]:
        self.check()
        batches = self._batches_for(batch[0])
        found = batches.over(len(batch), lambda rows: torch.stack(batch[rows.start : rows.stop]))
        for rows, logits in found:
            self.passes += len(rows)
            yield self._score_of(logits).float().cpu()
