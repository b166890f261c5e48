"""Runs a loaded model: chooses device and engine, says which methods fit, and measures layers."""

from __future__ import annotations

import threading

import torch
from torch import Tensor

from camviewer.engine.methods import Method, all_methods, find_method
from camviewer.engine.methods.core.applicability import layer_for, refusal
from camviewer.engine.methods.core.limits import USUAL, Limits
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.offset_store import OffsetStore
from camviewer.engine.results.messages import Explanation, MethodInfo, ModelInfo
from camviewer.engine.results.targets import Target
from camviewer.engine.runtime.half_precision import is_in_hardware
from camviewer.engine.runtime.second_engine import PassEngine
from camviewer.engine.session.layer_catalogue import LayerCatalogue
from camviewer.engine.session.map_cache import MapCache
from camviewer.engine.session.model_parts import ModelParts
from camviewer.engine.session.pass_runner import PassRunner


class LoadedModel:
    """A classifier with the engines that can run it.

    Args:
        classifier: the classifier.
        offsets: stores the measured offsets of its layers.
        second_engine: a faster engine than torch for passes without gradients.
        limits: limits of batches, caches and reports.
    """

    def __init__(
        self,
        classifier: Classifier,
        offsets: OffsetStore | None = None,
        second_engine: PassEngine | None = None,
        limits: Limits = USUAL,
    ) -> None:
        passes = PassRunner(classifier, second_engine)
        offsets = offsets or OffsetStore(classifier.info.weights_sha256)
        catalogue = LayerCatalogue(passes, offsets)
        self._parts = ModelParts(passes, catalogue, MapCache(limits), limits)

    @property
    def info(self) -> ModelInfo:
        """The description of the model."""
        return self.classifier.info

    @property
    def pass_count(self) -> int:
        """Number of pictures that went through the network."""
        return self._parts.passes.count

    @property
    def classifier(self) -> Classifier:
        """The classifier; callers must not change it."""
        return self._parts.passes.classifier

    @property
    def size_bytes(self) -> int:
        """Memory of the model's weights, in bytes."""
        return self._parts.passes.size_bytes

    def fell_back(self) -> None:
        """Records a move to the CPU for lack of memory, which every later map notes."""
        self._parts.passes.fallback.happened = True

    def logits(self, pictures: Tensor) -> Tensor:
        """Logits (N, K) of inputs (N, 3, h, w), computed by the fastest engine."""
        return self._parts.passes.runner.logits(pictures)

    def engine_for(self, size: tuple[int, int]) -> str:
        """Name of the engine for inputs of this size, (h, w); empty for torch."""
        return self._parts.passes.runner.engine_for(size)

    def warm_up(self) -> bool:
        """Prepares one acceleration of later maps; False when there is nothing left to prepare."""
        return self._parts.passes.warm_up() or self._parts.maps.make_one()

    def use_second_engine(self, engine: PassEngine | None) -> None:
        """Runs by another second engine, or by torch alone."""
        self._parts.passes.use_second_engine(engine)

    def allow_second_engine(self, *, allowed: bool) -> None:
        """Runs by the second engine where that gives torch's numbers, or by torch alone."""
        if self._parts.passes.allow_second_engine(allowed=allowed):
            self._parts.maps.clear()

    def allow_half_precision(self, *, allowed: bool) -> bool:
        """Scores the many pictures of slow methods in bfloat16, or in float32.

        Returns:
            Whether this processor computes in bfloat16; where it does not, nothing changes.
        """
        if not is_in_hardware():
            return False
        if self._parts.passes.allow_half(allowed=allowed):
            self._parts.maps.clear()
        return True

    def methods(
        self, layer: str | None = None, target: Target | None = None
    ) -> tuple[tuple[MethodInfo, str], ...]:
        """Every method with the reason why it is undefined, which is empty if it is defined.

        Args:
            layer: the tapped layer; the method's own default when None.
            target: what is explained; None for the score of a class.
        """
        return tuple(
            (method.info, self.refusal(method, layer or layer_for(method, self.classifier), target))
            for method in all_methods()
        )

    def refusal(self, method: Method, layer: str, target: Target | None = None) -> str:
        """Why a method is undefined on a layer of this model; empty if it is defined."""
        return refusal(method, self.classifier, layer, target)

    def method_info(self, identifier: str) -> MethodInfo:
        """The description of a method.

        Raises:
            CamviewerError: there is no method of that id.
        """
        return find_method(identifier).info

    def wants_offset(self, layer: str) -> bool:
        """Whether a layer's offset has not been measured yet; layers of attention have none."""
        return self._parts.catalogue.wants_offset(layer)

    def wants_offset_of(self, explanation: Explanation) -> bool:
        """Whether a map depends on an offset that has not been measured yet."""
        draws_cells = find_method(explanation.method.id).draws_cells
        return draws_cells and self.wants_offset(explanation.layer.name)

    def measure_offset(self, layer: str, cancelled: threading.Event | None = None) -> None:
        """Measures and stores the offset of a layer; takes seconds.

        Raises:
            Cancelled: told to stop.
        """
        self._parts.passes.fallback.run(
            lambda: self._parts.catalogue.measure_offset(layer, cancelled)
        )

    @property
    def knows_its_pace(self) -> bool:
        """Whether enough passes were timed for a forecast; the first one alone is far too slow."""
        return self._parts.passes.pace.is_known

    def close(self) -> None:
        """Ends all background work."""
        self._parts.passes.close()

    def move_to(self, device: torch.device) -> None:
        """Moves to another device and clears the caches."""
        self._parts.maps.clear()
        self._parts.passes.move_to(device)
