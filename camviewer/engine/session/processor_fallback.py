"""Goes on with the processor when a graphics card's memory does not suffice."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol, TypeVar

import torch

from camviewer.engine.network.out_of_memory import is_out_of_memory, release_memory

_Value = TypeVar("_Value")
_log = logging.getLogger(__name__)


class Movable(Protocol):
    """What lies on a device."""

    @property
    def device(self) -> torch.device:
        """Where it is now."""

    def move_to(self, device: torch.device) -> None:
        """Moves to another device, and drops everything that was made on this one."""


class ProcessorFallback:
    """Repeats work on the processor when a card's memory does not suffice.

    Args:
        network: what moves.

    Attributes:
        happened: whether it moved for lack of memory.
    """

    def __init__(self, network: Movable) -> None:
        self._network = network
        self.happened = False

    def run(self, work: Callable[[], _Value]) -> _Value:
        """The result of ``work``, which is called again after a move to the processor."""
        try:
            return work()
        except RuntimeError as error:
            if self._network.device.type == "cpu" or not is_out_of_memory(error):
                raise
            _log.warning("out of memory on %s, going on with the CPU", self._network.device)
        # Outside of the block above, because its exception keeps tensors of the work alive.
        card = self._network.device
        self._network.move_to(torch.device("cpu"))
        release_memory(card)
        self.happened = True
        return work()
