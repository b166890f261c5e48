"""Runs pictures through a loaded network, by the engine and on the device that were chosen."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from time import perf_counter

import torch
from torch import Tensor

from camviewer.engine.errors import CamviewerError, Cancelled
from camviewer.engine.geometry.geometry import Placement
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.forward import Forward
from camviewer.engine.network.input_tensor import picture_tensor
from camviewer.engine.network.interruption import interruptible
from camviewer.engine.network.layouts import Layout
from camviewer.engine.network.network_contracts import StatesSize
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.runtime.half_precision import HalfScores
from camviewer.engine.runtime.network_runner import NetworkRunner
from camviewer.engine.runtime.second_engine import PassEngine
from camviewer.engine.session.pass_cache import PassCache
from camviewer.engine.session.pass_timing import Pace
from camviewer.engine.session.processor_fallback import ProcessorFallback
from camviewer.engine.support.cancellation import Cancellation, Stopped


class PassRunner:
    """Runs one classifier on pictures.

    Attributes:
        classifier: the classifier; replaced when it moves to another device.
        runner: runs its network.
        count: number of passes.
        half: computes class scores in bfloat16; None for float32.
        pace: how long a pass takes.
        fallback: goes on with the processor when a card's memory does not suffice.
    """

    def __init__(self, classifier: Classifier, second_engine: PassEngine | None = None) -> None:
        self.classifier = classifier
        self._second_engine = second_engine
        self._allowed = True
        self.half: HalfScores | None = None
        self.runner = NetworkRunner(classifier, second_engine)
        self.count = 0
        self.pace = Pace()
        self.fallback = ProcessorFallback(self)
        self._cache = PassCache()

    @property
    def device(self) -> torch.device:
        """Where the classifier is now."""
        return self.classifier.device

    @property
    def size_bytes(self) -> int:
        """Memory of the model's weights, in bytes."""
        network = self.classifier.network
        if isinstance(network, StatesSize):
            return network.size_bytes
        tensors = (*network.parameters(), *network.buffers())
        return sum(tensor.numel() * tensor.element_size() for tensor in tensors)

    def tensor(self, image: SourceImage, placement: Placement) -> Tensor:
        """The network's input for a picture, (1, 3, h, w), on its device."""

        def make() -> Tensor:
            tensor = picture_tensor(image, placement, self.classifier.info.recipe)
            return tensor.to(self.classifier.device)

        return self._cache.tensor(image, placement, make)

    def forward(
        self, image: SourceImage, placement: Placement, layer: str, layout: Layout
    ) -> Forward:
        """A pass with a layer tapped."""

        def run() -> Forward:
            return self.forward_of(self.tensor(image, placement), layer, layout)

        return self._cache.forward(image, placement, layer, lambda: self.fallback.run(run))

    def run_ahead(
        self, pictures: Sequence[tuple[SourceImage, Placement]], layer: str, layout: Layout
    ) -> None:
        """Runs pictures of one input size at once where the second engine can.

        ``forward`` then has their passes. It runs those of which anything went wrong by themselves,
        and says what.
        """
        wanted: dict[str, tuple[SourceImage, Placement, Tensor]] = {}
        for image, placement in pictures:
            if not self._cache.has(image, placement, layer):
                with suppress(CamviewerError):
                    wanted[image.key] = image, placement, self.tensor(image, placement)
        tensors = [tensor for *_, tensor in wanted.values()]
        made = self.runner.tapped_together(tensors, layer, layout)
        for (image, placement, _), forward in zip(wanted.values(), made, strict=True):
            if forward is not None:
                self.count += 1
                self._cache.keep(image, placement, layer, forward)

    def forward_of(self, picture: Tensor, layer: str, layout: Layout) -> Forward:
        """A pass of any input (1, 3, h, w) with a layer tapped; it is not cached."""
        self.count += 1
        began = perf_counter()
        found = self.runner.tapped(picture, layer, layout)
        self.pace.record(perf_counter() - began, (picture.shape[2], picture.shape[3]))
        return found

    def count_passes(self, count: int) -> None:
        """Adds passes that other code has run."""
        self.count += count

    def measure_pace(self, picture: Tensor) -> None:
        """Runs and times a few more passes of a picture (1, 3, h, w)."""
        size = (picture.shape[2], picture.shape[3])
        self.pace.measure(lambda: self.runner.logits(picture), size)

    def warm_up(self) -> bool:
        """Prepares one acceleration of later maps; False when there is nothing left to prepare."""
        if self._cache.latest is None:
            return False
        forward, picture = self._cache.latest
        if not self.runner.is_warm:
            self.runner.warm_up(picture)
            return True
        return forward.prefetch_gradients()

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
        self._cache.forget_passes()
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

    def move_to(self, device: torch.device) -> None:
        """Moves to another device and clears the caches."""
        if device == self.classifier.device:
            return
        self._cache.clear()
        self.pace.clear()
        self.fallback.happened = False
        self.classifier = self.classifier.moved_to(device)
        self._renew()

    def forget_pictures(self, kept: Collection[str]) -> None:
        """Drops what was made of all pictures but those with these hashes."""
        self._cache.forget_pictures(kept)

    def close(self) -> None:
        """Ends all background work."""
        if self._second_engine is not None:
            self._second_engine.close()

    def _renew(self) -> None:
        engine = self._second_engine if self._allowed else None
        self.runner = NetworkRunner(self.classifier, engine, self.half)
