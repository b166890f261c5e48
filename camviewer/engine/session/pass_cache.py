"""Runs pictures through a network and caches the last passes."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from time import perf_counter
from typing import TypeVar

import torch
from torch import Tensor

from camviewer.engine.errors import Cancelled
from camviewer.engine.geometry.geometry import Placement
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.forward import Forward
from camviewer.engine.network.input_tensor import picture_tensor
from camviewer.engine.network.interruption import interruptible
from camviewer.engine.network.layouts import Layout
from camviewer.engine.network.out_of_memory import is_out_of_memory, release_memory
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.runtime.half_precision import HalfScores
from camviewer.engine.runtime.network_runner import NetworkRunner
from camviewer.engine.runtime.second_engine import PassEngine
from camviewer.engine.support.cancellation import Cancellation, Stopped

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")
_log = logging.getLogger(__name__)

PictureKey = tuple[str, *tuple[Hashable, ...]]
"""The picture's hash, and what else tells one value from another."""

_KEPT_PASSES = 4
_KEPT_TENSORS = 2
_TIMED_PASSES = 5
_TIMED_AT_MOST, _TIMED_SECONDS = 4, 0.3


class PassCache:
    """Runs a classifier on pictures, and on the CPU when a GPU's memory does not suffice.

    Attributes:
        classifier: the classifier; replaced when it moves to another device.
        runner: runs its network.
        count: number of passes.
        fell_back: whether it moved to the CPU for lack of memory.
        half: computes class scores in bfloat16; None for float32.
    """

    def __init__(self, classifier: Classifier, second_engine: PassEngine | None = None) -> None:
        self.classifier = classifier
        self._second_engine = second_engine
        self._allowed = True
        self.half: HalfScores | None = None
        self.runner = NetworkRunner(classifier, second_engine)
        self.count = 0
        self.fell_back = False
        self._seconds_per_pixel: list[float] = []
        self._passes: OrderedDict[PictureKey, Forward] = OrderedDict()
        self._tensors: OrderedDict[PictureKey, Tensor] = OrderedDict()

    def tensor(self, image: SourceImage, placement: Placement) -> Tensor:
        """The network's input for a picture, (1, 3, h, w), on its device."""

        def make() -> Tensor:
            tensor = picture_tensor(image, placement, self.classifier.info.recipe)
            return tensor.to(self.classifier.device)

        return remembered(self._tensors, (image.sha256, placement), make, _KEPT_TENSORS)

    def forward(
        self, image: SourceImage, placement: Placement, layer: str, layout: Layout
    ) -> Forward:
        """A pass with a layer tapped."""

        def run() -> Forward:
            return self.forward_of(self.tensor(image, placement), layer, layout)

        key = (image.sha256, placement, layer)
        return remembered(self._passes, key, lambda: self.where_memory_suffices(run), _KEPT_PASSES)

    def forward_of(self, picture: Tensor, layer: str, layout: Layout) -> Forward:
        """A pass of any input (1, 3, h, w) with a layer tapped; it is not cached."""
        self.count += 1
        began = perf_counter()
        found = self.runner.tapped(picture, layer, layout)
        self.record_time(perf_counter() - began, (picture.shape[2], picture.shape[3]))
        return found

    def warm_up(self) -> bool:
        """Prepares one acceleration of later maps; False when there is nothing left to prepare."""
        latest = next(reversed(self._passes.values()), None)
        picture = next(reversed(self._tensors.values()), None)
        if latest is None or picture is None:
            return False
        if not self.runner.is_warm:
            self.runner.warm_up(picture)
            return True
        return latest.prefetch_gradients()

    def prepare(self, picture: Tensor, cancellation: Cancellation) -> None:
        """Prepares the acceleration of many passes now.

        Raises:
            Cancelled: cancelled or stopped; there is no partial map yet.
        """
        try:
            with interruptible(cancellation):
                self.runner.prepare(picture)
        except Stopped:
            raise Cancelled from None

    def use_second_engine(self, engine: PassEngine | None) -> None:
        """Runs by another second engine, or by torch alone."""
        self._second_engine = engine
        self._renew()

    def allow_second_engine(self, *, allowed: bool) -> bool:
        """Runs by the second engine where that gives torch's numbers, or by torch alone.

        Returns:
            Whether it did not do so before.
        """
        if allowed == self._allowed:
            return False
        self._allowed = allowed
        self._passes.clear()
        self._renew()
        return True

    def allow_half(self, *, allowed: bool) -> bool:
        """Scores the many pictures of slow methods in bfloat16, or in float32.

        Returns:
            Whether it did not do so before.
        """
        if allowed == (self.half is not None):
            return False
        self.half = HalfScores() if allowed else None
        self._renew()
        return True

    def forget_pictures(self, kept: Collection[str]) -> None:
        """Drops what was made of all pictures but those with these hashes."""
        drop_others(self._passes, kept)
        drop_others(self._tensors, kept)

    def close(self) -> None:
        """Ends all background work."""
        if self._second_engine is not None:
            self._second_engine.close()

    def _renew(self) -> None:
        engine = self._second_engine if self._allowed else None
        self.runner = NetworkRunner(self.classifier, engine, self.half)

    def count_passes(self, count: int) -> None:
        """Adds passes that other code has run."""
        self.count += count

    def record_time(self, seconds: float, input_size: tuple[int, int]) -> None:
        """Records the time of a pass of one picture."""
        self._seconds_per_pixel.append(seconds / (input_size[0] * input_size[1]))
        del self._seconds_per_pixel[:-_TIMED_PASSES]

    def pace(self, input_size: tuple[int, int]) -> float:
        """Estimated seconds for a pass of one picture: the fastest of the last few."""
        lately = min(self._seconds_per_pixel, default=0.0)
        return lately * input_size[0] * input_size[1]

    def time_passes(self, picture: Tensor) -> None:
        """Times a few more passes, because other work on the machine makes single ones slow."""
        begin = perf_counter()
        for _ in range(_TIMED_AT_MOST):
            began = perf_counter()
            self.runner.logits(picture)
            self.record_time(perf_counter() - began, (picture.shape[2], picture.shape[3]))
            if perf_counter() - begin > _TIMED_SECONDS:
                break

    @property
    def timed_passes(self) -> int:
        """Number of passes that ``pace`` is based on."""
        return len(self._seconds_per_pixel)

    def where_memory_suffices(self, run: Callable[[], _Value]) -> _Value:
        """Calls a function, and calls it again on the CPU if the GPU's memory does not suffice."""
        try:
            return run()
        except RuntimeError as error:
            if self.classifier.device.type == "cpu" or not is_out_of_memory(error):
                raise
            _log.warning("out of memory on %s, going on with the CPU", self.classifier.info.device)
        card = self.classifier.device
        self.move_to(torch.device("cpu"))
        release_memory(card)
        self.fell_back = True
        return run()

    def move_to(self, device: torch.device) -> None:
        """Moves to another device and clears the caches."""
        if device == self.classifier.device:
            return
        self._passes.clear()
        self._tensors.clear()
        self._seconds_per_pixel.clear()
        self.fell_back = False
        self.classifier = self.classifier.moved_to(device)
        self._renew()


def drop_others(memory: OrderedDict[PictureKey, _Value], kept: Collection[str]) -> None:
    """Drops the values of all pictures but those with these hashes."""
    for key in [key for key in memory if key[0] not in kept]:
        del memory[key]


def remembered(
    memory: OrderedDict[_Key, _Value],
    key: _Key,
    make: Callable[[], _Value],
    limit: int,
) -> _Value:
    """The value of ``key``, made if it is missing; the least recently used values are evicted."""
    if key in memory:
        memory.move_to_end(key)
        return memory[key]
    value = memory[key] = make()
    while len(memory) > limit:
        memory.popitem(last=False)
    return value
