"""Prepares a compiled copy of a network in the background, and compares it with PyTorch.

PyTorch stays the reference. The compiled network is used only for a layer and an input size at
which its outputs were compared with PyTorch's. Errors are logged, and PyTorch continues alone.
"""

from __future__ import annotations

import atexit
import logging
import queue
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import torch
from torch import Tensor

from camviewer.engine.errors import CamviewerError, Cancelled
from camviewer.engine.runtime.converted_networks import ConvertedNetworks
from camviewer.engine.runtime.openvino import NAME, CompiledNetwork
from camviewer.engine.support.numeric_comparison import same_numbers

_log = logging.getLogger(__name__)

_KEPT_LAYERS = 2
"""Maximum number of compiled layers; because each compiled network has its own copy of the
weights."""


class Converter(Protocol):
    """Writes a network as files of the engine."""

    def __call__(self, layer: str, folder: Path) -> None:
        """Fills an empty folder with the network up to this layer; takes seconds."""

    def close(self) -> None:
        """Ends a running conversion."""


class PassEngine(Protocol):
    """What a network runner asks of an engine for passes without gradients.

    Attributes:
        name: of the engine.
        is_timed: whether it is dropped where it is no faster than PyTorch.
    """

    name: str
    is_timed: bool

    def offer(
        self,
        layer: str,
        picture: Tensor,
        logits: Tensor,
        activations: Tensor,
        cells: Callable[[Tensor], Tensor],
    ) -> None:
        """Takes PyTorch's results for a picture, to compare with."""

    def is_kept(self, layer: str) -> bool:
        """Whether passes with this layer tapped are to be offered."""

    def layer_for(self, size: tuple[int, int]) -> str | None:
        """A layer that was compared at this size, (h, w); None when there is none."""

    def run(
        self, layer: str, pictures: Tensor, *, half: bool = False
    ) -> tuple[Tensor, Tensor | None] | None:
        """Outputs of a layer for pictures, and logits if it has them; None if it cannot."""

    def release(self) -> None:
        """Drops the compiled networks for good."""

    def close(self) -> None:
        """Ends all background work."""


@dataclass(frozen=True, eq=False)
class _Sample:
    """A picture with PyTorch's results, to compare with."""

    layer: str
    picture: Tensor
    logits: Tensor
    activations: Tensor
    cells: Callable[[Tensor], Tensor]

    @property
    def size(self) -> tuple[int, int]:
        return self.picture.shape[2], self.picture.shape[3]


class SecondEngine:
    """Runs pictures without gradients, where its results were found equal to PyTorch's.

    Args:
        kept: converted networks of this model.
        convert: converts networks; None to use only earlier conversions.
        begin_after: seconds from the first offer until it begins to prepare a network.
    """

    name = NAME
    is_timed = True

    def __init__(
        self, kept: ConvertedNetworks, convert: Converter | None, begin_after: float = 0.0
    ) -> None:
        self._begin_after = begin_after
        self._closing = threading.Event()
        self._kept = kept
        self._convert = convert
        self._found: dict[str, bool] = {}
        self._networks: OrderedDict[str, CompiledNetwork] = OrderedDict()
        self._believed: set[tuple[str, tuple[int, int]]] = set()
        self._samples: queue.SimpleQueue[_Sample | None] = queue.SimpleQueue()
        self._offered: set[tuple[str, tuple[int, int]]] = set()
        self._idle = threading.Condition()
        self._waiting = 0
        self._thread: threading.Thread | None = None

    def offer(
        self,
        layer: str,
        picture: Tensor,
        logits: Tensor,
        activations: Tensor,
        cells: Callable[[Tensor], Tensor],
    ) -> None:
        """Takes PyTorch's results for a picture, to prepare a compiled network and compare with.

        The call returns at once and ignores a layer and size that was offered before.

        Args:
            layer: dotted name.
            picture: (1, 3, h, w), on the CPU.
            logits: (K,).
            activations: (C, h, w) of the layer.
            cells: turns an output of the layer, (1, ...), into activations.
        """
        sample = _Sample(layer, picture, logits, activations, cells)
        if (layer, sample.size) in self._offered:
            return
        self._offered.add((layer, sample.size))
        with self._idle:
            self._waiting += 1
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name=NAME, daemon=True)
            self._thread.start()
            atexit.register(self.close)
        self._samples.put(sample)

    def is_kept(self, layer: str) -> bool:
        """Whether the network up to this layer was converted before.

        The answer is cached, because every pass asks for it.
        """
        if layer not in self._found:
            self._found[layer] = self._kept.find(layer) is not None
        return self._found[layer]

    def layer_for(self, size: tuple[int, int]) -> str | None:
        """A layer that was compared at this size, (h, w); None when there is none."""
        for layer in tuple(self._networks):
            if (layer, size) in self._believed:
                return layer
        return None

    def release(self) -> None:
        """Drops the compiled networks for good."""
        self._believed = set()
        self._offered = set()
        self._networks.clear()

    def run(
        self, layer: str, pictures: Tensor, *, half: bool = False
    ) -> tuple[Tensor, Tensor | None] | None:
        """Outputs of a layer for pictures (N, 3, h, w), and logits (N, K) if it has them.

        Results in bfloat16, ``half``, are not compared with PyTorch's.

        Returns:
            None if the layer was not compared at this size. An engine that fails returns None from
            then on.
        """
        network, pair = self._networks.get(layer), (layer, (pictures.shape[2], pictures.shape[3]))
        if network is None or pair not in self._believed:
            return None
        try:
            return network.run(pictures, half=half)
        except (CamviewerError, RuntimeError) as error:
            _log.warning("%s is not used any more for %s: %s", NAME, layer, error)
            self._believed = self._believed - {pair}
            return None

    def wait(self, seconds: float | None = None) -> bool:
        """Waits until everything that was offered has been compared; False after a timeout."""
        with self._idle:
            return self._idle.wait_for(lambda: self._waiting == 0, seconds)

    def close(self) -> None:
        """Ends the background work; a conversion is aborted, a compilation is finished."""
        self._closing.set()
        if self._convert is not None:
            self._convert.close()
        if self._thread is not None:
            atexit.unregister(self.close)
            self._samples.put(None)
            self._thread.join()  # the library must not be at work when the process ends
            self._thread = None

    def _work(self) -> None:
        if self._closing.wait(self._begin_after):
            return
        while (sample := self._samples.get()) is not None:
            try:
                self._compare(self._prepared(sample.layer), sample)
            except Cancelled:
                return
            except CamviewerError as error:
                _log.warning("%s is not used for %s: %s", NAME, sample.layer, error)
            except Exception:  # noqa: BLE001  (the thread's edge: PyTorch goes on alone)
                _log.exception("%s failed on %s", NAME, sample.layer)
            finally:
                with self._idle:
                    self._waiting -= 1
                    self._idle.notify_all()

    def _prepared(self, layer: str) -> CompiledNetwork:
        if layer in self._networks:
            return self._networks[layer]
        network = self._compiled(layer)
        self._networks[layer] = network
        while len(self._networks) > _KEPT_LAYERS:
            gone, _ = self._networks.popitem(last=False)
            self._offered = {offer for offer in self._offered if offer[0] != gone}
            self._believed = {pair for pair in self._believed if pair[0] != gone}
        return network

    def _compiled(self, layer: str) -> CompiledNetwork:
        place = self._kept.find(layer)
        if place is not None:
            try:
                return CompiledNetwork(place)
            except CamviewerError as error:
                _log.warning("%s", error)
                self._kept.forget(layer)
        convert = self._convert
        if convert is None:
            raise CamviewerError("It was not prepared.", "`camviewer prepare` does it.")
        try:
            place = self._kept.make(layer, lambda folder: convert(layer, folder))
        except OSError as error:
            raise CamviewerError(f"It could not be kept: {error.strerror or error}.") from error
        return CompiledNetwork(place)

    def _compare(self, network: CompiledNetwork, sample: _Sample) -> None:
        """Compares a batch of two pictures, because the batch size must be free as well."""
        output, logits = network.run(torch.cat((sample.picture, sample.picture)))
        for place in range(2):
            if logits is not None:
                require_equal(logits[place], sample.logits)
            require_equal(sample.cells(output[place : place + 1]), sample.activations)
        self._believed.add((sample.layer, sample.size))


def require_equal(found: Tensor, reference: Tensor) -> None:
    """Compares an output with PyTorch's.

    Raises:
        CamviewerError: it has another shape, or differs by more than rounding.
    """
    reference = reference.detach().float()
    if found.shape != reference.shape:
        raise CamviewerError(f"It gives {tuple(found.shape)} for {tuple(reference.shape)}.")
    if not same_numbers(found, reference):
        difference = float((found - reference).abs().max())
        raise CamviewerError(f"Its numbers differ by {difference:.2g}.")
