"""Runs many pictures through a network in batches that fit into memory and time limits."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from time import perf_counter

import torch
from torch import Tensor, nn

from camviewer.engine.methods.core.limits import USUAL, Limits
from camviewer.engine.network.interruption import interruptible
from camviewer.engine.network.out_of_memory import is_out_of_memory, release_memory
from camviewer.engine.support.cancellation import Cancellation

_log = logging.getLogger(__name__)

_CPU_BUDGET = 256 * 2**20
"""Maximum memory of a batch on the CPU, in bytes; because larger batches leave the processor's
caches and are no faster."""
_CARD_BUDGET = 2 * 2**30
_OVERHEAD = 3
"""Assumed peak memory of a layer with its workspace, in sizes of its input and output."""


class Batches:
    """Runs pictures in batches, whose size follows the time and memory of the last ones.

    Args:
        run: (N, 3, h, w) in, logits (N, K) out, without gradients.
        device: where it runs.
        cancellation: polled before each batch and, where the network is torch's, inside it.
        bytes_per_picture: memory of one picture's pass.
        seconds_per_picture: time of one picture's pass.
        limits: maximum number of pictures and maximum time of a batch.
        whole: the network's own batch size; batches are multiples of it.
    """

    def __init__(
        self,
        run: Callable[[Tensor], Tensor],
        device: torch.device,
        cancellation: Cancellation,
        bytes_per_picture: float,
        seconds_per_picture: float,
        *,
        limits: Limits = USUAL,
        whole: int = 1,
    ) -> None:
        self.run = run
        self._whole = whole
        self._device = device
        self._cancellation = cancellation
        fitting = max(1, int(_budget(device) / max(bytes_per_picture, 1.0)))
        self._most = min(limits.pictures_at_once, fitting)
        self._patience = limits.batch_seconds
        self._pace = seconds_per_picture
        self.size = 1
        self.ran_out = False
        self._grow()

    @property
    def seconds_per_picture(self) -> float:
        """The time that a picture has taken recently."""
        return self._pace

    def over(
        self, count: int, make: Callable[[range], Tensor], start: int = 0
    ) -> Iterator[tuple[range, Tensor]]:
        """The logits of ``count`` pictures, batch by batch.

        Args:
            count: how many there are.
            make: the pictures with these numbers; called again with fewer when memory runs out.
            start: the number of the first that is run.

        Raises:
            Cancelled, Stopped: the work must end.
            MemoryError: not even one picture fits.
            RuntimeError: not even one picture fits on the graphics card.
        """
        while start < count:
            self._cancellation.check()
            rows = range(start, min(start + self.size, count))
            began = perf_counter()
            logits = self._logits(rows, make)
            if logits is None:
                release_memory(self._device)
                continue
            self._pace = (perf_counter() - began) / len(rows)
            self._grow()
            start = rows.stop
            yield rows, logits

    def _logits(self, rows: range, make: Callable[[range], Tensor]) -> Tensor | None:
        """Logits of the pictures with these numbers; None when memory did not suffice for them."""
        try:
            with torch.no_grad(), interruptible(self._cancellation):
                logits = self.run(make(rows))
            self._wait()
        except RuntimeError as error:
            if not _ran_out(error):
                raise
            self._shrink(len(rows), error)
            return None
        return logits

    def _wait(self) -> None:
        if self._device.type == "cuda":
            torch.cuda.synchronize(self._device)

    def _grow(self) -> None:
        """Doubles the batch size where limits allow it.

        Sizes are powers of two times the network's own batch, because libraries prepare themselves
        anew for each shape.
        """
        wanted = min(self._patience / max(self._pace, 1e-6), self._most, 2 * self.size)
        self.size = self._whole << max((int(wanted) // self._whole).bit_length() - 1, 0)

    def _shrink(self, tried: int, error: RuntimeError) -> None:
        if tried == 1:
            if is_out_of_memory(error):
                raise error
            raise MemoryError from error
        _log.warning("out of memory with %d pictures at once", tried)
        self._most = self.size = max(tried // 2, 1)
        self.ran_out = True


def memory_of_a_pass(network: Callable[[Tensor], Tensor], picture: Tensor) -> tuple[float, float]:
    """(bytes, seconds) that one picture needs without gradients, measured in one pass."""
    most = float(picture.nbytes)

    def see(_module: nn.Module, inputs: object, output: object) -> None:
        nonlocal most
        held = sum(tensor.nbytes for tensor in _tensors(inputs) + _tensors(output))
        most = max(most, float(held))

    handle = nn.modules.module.register_module_forward_hook(see)
    began = perf_counter()
    try:
        with torch.no_grad():
            network(picture)
    finally:
        handle.remove()
    return most * _OVERHEAD, perf_counter() - began


def _tensors(value: object) -> list[Tensor]:
    if isinstance(value, Tensor):
        return [value]
    if isinstance(value, list | tuple):
        return [tensor for item in value for tensor in _tensors(item)]
    return []


def _budget(device: torch.device) -> float:
    if device.type == "cuda":
        free, _ = torch.cuda.mem_get_info(device)
        return min(_CARD_BUDGET, free / 4)
    return _CPU_BUDGET


def _ran_out(error: RuntimeError) -> bool:
    """Whether an error means that memory ran out; torch has no such error class for the CPU."""
    words = str(error)
    return is_out_of_memory(error) or ("DefaultCPUAllocator" in words and "memory" in words)
