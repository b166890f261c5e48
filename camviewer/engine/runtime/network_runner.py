"""Chooses how to run a network: OpenVINO, a copy with folded batch norm, or unchanged."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from time import perf_counter

import torch
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError, Cancelled
from camviewer.engine.network import forward as passes
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.forward import Forward
from camviewer.engine.network.layouts import Layout
from camviewer.engine.runtime.cpu.batchnorm_folding import FoldedNetwork, fold
from camviewer.engine.runtime.cpu.summed_gradients import (
    FlattenedLinear,
    SummedPass,
    find_flattened_linear,
)
from camviewer.engine.runtime.half_precision import HalfScores, half_logits
from camviewer.engine.runtime.second_engine import PassEngine
from camviewer.engine.runtime.tail_network import TailNetwork, tail_network_of
from camviewer.engine.support.cancellation import Stopped

_log = logging.getLogger(__name__)

_FASTER, _TIMED = 0.95, 3
"""Maximum time of the fastest of three passes by the second engine, as a share of torch's time;
because an engine that is no faster only takes memory."""


class NetworkRunner:
    """Runs a classifier's network in the fastest way with equal results.

    There are faster ways on the CPU only. torch computes everything that needs a gradient. It also
    runs networks that a second engine does not accelerate, such as VGG on some machines.

    Args:
        classifier: the classifier to run.
        second_engine: None for torch alone.
        half: computes class scores in bfloat16; None for float32.
    """

    def __init__(
        self,
        classifier: Classifier,
        second_engine: PassEngine | None = None,
        half: HalfScores | None = None,
    ) -> None:
        self._classifier = classifier
        on_cpu = classifier.device.type == "cpu"
        self._second_engine = second_engine if on_cpu else None
        self._half = half if on_cpu else None
        self._folded: FoldedNetwork | None = None
        self._flattened: FlattenedLinear | None = None
        self._engine_seconds: list[float] = []
        self._tails: dict[str, TailNetwork | None] = {}
        self._steps = [self._fold, self._find_sums] if on_cpu else []

    def tapped(self, picture: Tensor, layer: str, layout: Layout | None) -> Forward:
        """A pass of a picture (1, 3, h, w) with a layer tapped.

        Raises:
            CamviewerError: the layer was not reached, or something is not finite.
        """
        found = self._by_second_engine(picture, layer, layout)
        if found is None:
            network, head = self.network_for(layer), self._classifier.head
            found = self._summed(layer).run(network, picture, layer, head, layout)
            self._offer(picture, found)
        return found

    def tapped_together(
        self, pictures: Sequence[Tensor], layer: str, layout: Layout | None
    ) -> list[Forward | None]:
        """Passes of pictures (1, 3, h, w) of one size that the second engine runs at once.

        Returns:
            For each picture its pass; None where something is not finite, and for all without an
            engine that runs this layer at this size.
        """
        if not pictures:
            return []
        found = self._outputs_by_second_engine(torch.cat(tuple(pictures)), layer)
        if found is None:
            return [None] * len(pictures)
        outputs, tail = found
        forwards: list[Forward | None] = []
        for output in torch.split(outputs, 1):
            try:
                forwards.append(self._forward_of(output, tail, layer, layout))
            except CamviewerError:
                forwards.append(None)
        return forwards

    def logits(self, pictures: Tensor) -> Tensor:
        """(N, K) of pictures (N, 3, h, w), without gradients."""
        with torch.no_grad():
            found = self._logits_by_second_engine(pictures)
            return self.network_for(None)(pictures) if found is None else found

    def scores(self, pictures: Tensor) -> Tensor:
        """The same, in bfloat16 if the user has chosen it."""
        if self._half is None:
            return self.logits(pictures)
        with torch.no_grad():
            return self._half.logits(pictures, self._half_logits, self.logits)

    def engine_for(self, size: tuple[int, int]) -> str:
        """Name of the engine for pictures of this size, (h, w); empty for torch."""
        engine = self._second_engine
        return engine.name if engine is not None and engine.layer_for(size) is not None else ""

    def _timed(self, seconds: float, layer: str, size: tuple[int, int]) -> None:
        """Records the time of a pass by the second engine, and drops it if it is no faster."""
        engine, folded = self._second_engine, self._folded
        if engine is None or folded is None or not engine.is_timed:
            return
        if (layer, size) != (self._classifier.info.default_layer, folded.size):
            return
        self._engine_seconds = sorted([*self._engine_seconds, seconds])[:_TIMED]
        best = self._engine_seconds[0]
        if len(self._engine_seconds) == _TIMED and best > _FASTER * folded.seconds:
            _log.info("torch is as fast as %s: %.3g s, %.3g s", engine.name, folded.seconds, best)
            self._second_engine = None
            engine.release()

    def _half_logits(self, pictures: Tensor) -> Tensor:
        found = self._logits_by_second_engine(pictures, half=True)
        return half_logits(self.network_for(None), pictures) if found is None else found

    @property
    def is_warm(self) -> bool:
        """Whether ``warm_up`` has nothing more to do."""
        return not self._steps

    def warm_up(self, picture: Tensor) -> None:
        """Prepares one of two accelerations; it takes the time of a few passes.

        Args:
            picture: any earlier input, (1, 3, h, w).
        """
        if self._steps:
            step = self._steps[0]
            try:
                step(picture)
            except (Cancelled, Stopped):
                raise
            except Exception:  # noqa: BLE001  (the network runs as it is)
                _log.exception("%s could not be made faster", self._classifier.info.title)
            self._steps.remove(step)

    def prepare(self, picture: Tensor) -> None:
        """Folds batch norm now, unless it has been folded."""
        if self._fold in self._steps:
            self.warm_up(picture)

    def _fold(self, picture: Tensor) -> None:
        self._folded = fold(self._classifier.network, picture)

    def _find_sums(self, picture: Tensor) -> None:
        layer, head = self._classifier.info.default_layer, self._classifier.head
        if head is None or head.layer != layer:  # a pooled head gives gradients at no cost
            self._flattened = find_flattened_linear(self.network_for(layer), layer, picture)

    def network_for(self, layer: str | None) -> nn.Module:
        """The network with folded batch norm for logits and for the last layer; else the original.

        Gradients at earlier layers pass many activations with kinks, such as ReLU6, which amplify
        rounding errors. Maps of these layers must not depend on the folding.
        """
        folded = self._folded
        if folded is None or layer not in {None, self._classifier.info.default_layer}:
            return self._classifier.network
        return self._classifier.network if layer in folded.changed else folded.network

    def _logits_by_second_engine(self, pictures: Tensor, *, half: bool = False) -> Tensor | None:
        engine = self._second_engine
        if engine is None:
            return None
        layer = engine.layer_for((pictures.shape[2], pictures.shape[3]))
        found = None if layer is None else engine.run(layer, pictures, half=half)
        if layer is None or found is None:
            return None
        output, logits = found
        if logits is not None:
            return logits
        tail = self.tail_network(layer, pictures[:1])
        return None if tail is None else tail(output)

    def _by_second_engine(
        self, picture: Tensor, layer: str, layout: Layout | None
    ) -> Forward | None:
        """A pass whose part up to the layer runs in the second engine, and whose tail in torch."""
        began = perf_counter()
        found = self._outputs_by_second_engine(picture, layer)
        if found is None:
            return None
        forward = self._forward_of(*found, layer, layout)
        self._timed(perf_counter() - began, layer, (picture.shape[2], picture.shape[3]))
        return forward

    def _outputs_by_second_engine(
        self, pictures: Tensor, layer: str
    ) -> tuple[Tensor, TailNetwork] | None:
        """Outputs of a layer for pictures (N, 3, h, w), and the tail network behind it."""
        engine = self._second_engine
        if engine is None or engine.layer_for((pictures.shape[2], pictures.shape[3])) is None:
            return None
        tail = self.tail_network(layer, pictures[:1])
        found = None if tail is None else engine.run(layer, pictures)
        return None if tail is None or found is None else (found[0], tail)

    def _forward_of(
        self, output: Tensor, tail: TailNetwork, layer: str, layout: Layout | None
    ) -> Forward:
        """The pass of a picture by the layer's output (1, ...)."""
        head = self._classifier.head
        feeds_head = head is not None and head.layer == layer
        leaf = output.requires_grad_(not feeds_head)
        summed = self._summed(layer)
        with torch.set_grad_enabled(not feeds_head), summed.watching(tail.network):
            logits = tail(leaf.clone())  # an in-place layer may follow
        name = "" if self._second_engine is None else self._second_engine.name
        forward = passes.from_outputs(
            layer, logits.detach(), leaf.detach(), head, layout, engine=name
        )
        if feeds_head:
            return forward
        return summed.with_sums(passes.with_graph(forward, leaf, logits))

    def _summed(self, layer: str) -> SummedPass:
        is_default = layer == self._classifier.info.default_layer
        return SummedPass(self._flattened if is_default else None)

    def tail_network(self, layer: str, picture: Tensor) -> TailNetwork | None:
        """The tail network of a layer, cached; None if it cannot be cut off.

        Args:
            layer: dotted name.
            picture: any earlier input, (1, 3, h, w).
        """
        if layer not in self._tails:
            self._tails[layer] = tail_network_of(self._classifier.network, layer, picture)
        return self._tails[layer]

    def _offer(self, picture: Tensor, found: Forward) -> None:
        """Offers a pass to the second engine: the default layer's, or one of a converted layer."""
        if self._second_engine is not None and (
            found.layer == self._classifier.info.default_layer
            or self._second_engine.is_kept(found.layer)
        ):
            cells = _cells_of(found, self._classifier)
            self._second_engine.offer(found.layer, picture, found.logits, found.activations, cells)


def _cells_of(found: Forward, classifier: Classifier) -> Callable[[Tensor], Tensor]:
    """A function that turns an output of the pass's layer, (1, ...), into activations (C, h, w)."""
    logits, layer, layout = found.logits[None], found.layer, found.layout

    def cells(output: Tensor) -> Tensor:
        return passes.from_outputs(layer, logits, output, classifier.head, layout).activations

    return cells
