"""A loaded model and what runs it: its device, its engines, its memory."""

from __future__ import annotations

import torch
from torch import Tensor

from camviewer.engine.methods.core.limits import USUAL, Limits
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.results.messages import ModelInfo
from camviewer.engine.runtime.half_precision import is_in_hardware
from camviewer.engine.runtime.second_engine import SecondEngine
from camviewer.engine.session.map_cache import MapCache
from camviewer.engine.session.pass_cache import PassCache


class LoadedModel:
    """A classifier, and the engines that it may be run by.

    Args:
        classifier: what is run.
        second_engine: a faster engine than torch for passes without gradients.
        limits: how much is done at once and kept.
    """

    def __init__(
        self,
        classifier: Classifier,
        second_engine: SecondEngine | None,
        limits: Limits = USUAL,
    ) -> None:
        self._limits = limits
        self._passes = PassCache(classifier, second_engine)
        self._maps = MapCache(limits)

    @property
    def info(self) -> ModelInfo:
        """The model, in words."""
        return self._passes.classifier.info

    @property
    def pass_count(self) -> int:
        """Pictures that went through the network."""
        return self._passes.count

    @property
    def classifier(self) -> Classifier:
        """What is asked; nobody may change it."""
        return self._passes.classifier

    @property
    def size_bytes(self) -> int:
        """Memory that the model's weights take."""
        network = self._passes.classifier.network
        known = getattr(network, "size_bytes", None)
        if isinstance(known, int):
            return known  # a black box has its weights elsewhere
        tensors = (*network.parameters(), *network.buffers())
        return sum(tensor.numel() * tensor.element_size() for tensor in tensors)

    def fell_back(self) -> None:
        """Its device's memory did not suffice, so it runs on the CPU, and every map says so."""
        self._passes.fell_back = True

    def logits(self, pictures: Tensor) -> Tensor:
        """(N, K) of pictures (N, 3, h, w) as the network is fed them, by the fastest engine."""
        return self._passes.runner.logits(pictures)

    def engine_for(self, size: tuple[int, int]) -> str:
        """What gives the logits of inputs of this size, (h, w); empty for torch."""
        return self._passes.runner.engine_for(size)

    def warm_up(self) -> bool:
        """Does one thing that makes later maps faster; False when there is nothing left to do."""
        return self._passes.warm_up() or self._maps.make_one()

    def use_second_engine(self, engine: SecondEngine | None) -> None:
        """Runs by another second engine, or by torch alone."""
        self._passes.use_second_engine(engine)

    def allow_second_engine(self, *, allowed: bool) -> None:
        """Runs by the second engine where that gives torch's numbers, or by torch alone."""
        if self._passes.allow_second_engine(allowed=allowed):
            self._maps.clear()

    def allow_half_precision(self, *, allowed: bool) -> bool:
        """Scores the many pictures of slow methods in bfloat16, or in float32.

        Returns:
            Whether this processor computes in bfloat16; where it does not, nothing changes.
        """
        if not is_in_hardware():
            return False
        if self._passes.allow_half(allowed=allowed):
            self._maps.clear()
        return True

    def close(self) -> None:
        """Ends what still goes on in the background."""
        self._passes.close()

    def move_to(self, device: torch.device) -> None:
        """Runs on another device from now on; what was kept on the old one is dropped."""
        self._maps.clear()
        self._passes.move_to(device)
