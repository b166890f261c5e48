"""Answers requests with a loaded model: verdicts and maps, with caches.

A session belongs to one thread. It caches the last passes, so that another class, or another method
on the same layer, needs no further pass through the network.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

import numpy as np
import torch
from torch import Tensor

from camviewer.engine.geometry.geometry import (
    Placement,
    PlacementMode,
    place,
)
from camviewer.engine.methods import ClassMap, Method, all_methods, find_method
from camviewer.engine.methods.core.applicability import layer_for, refusal, refuse
from camviewer.engine.methods.core.driver import OnProgress, Outcome, drive
from camviewer.engine.methods.core.limits import USUAL, Limits
from camviewer.engine.methods.core.logit_cache import LogitCache
from camviewer.engine.methods.core.probe import Probe
from camviewer.engine.methods.core.registry import Needs
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.embedded import IDENTIFIER, load_embedded
from camviewer.engine.network.forward import Forward
from camviewer.engine.network.offset_store import OffsetStore
from camviewer.engine.network.scores import Score
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import (
    ExplainRequest,
    Explanation,
    LayerInfo,
    MethodInfo,
    OptionValue,
    Verdict,
)
from camviewer.engine.results.method_options import all_options
from camviewer.engine.runtime.half_precision import HalfScores
from camviewer.engine.runtime.second_engine import PassEngine
from camviewer.engine.session.explanation_builder import ExplanationBuilder, as_numpy, chosen_class
from camviewer.engine.session.forecasts import effort_of, forecasts
from camviewer.engine.session.layer_catalogue import LayerCatalogue
from camviewer.engine.session.loaded_model import LoadedModel
from camviewer.engine.session.pass_cache import remembered
from camviewer.engine.session.probe_context import InputContext, PictureContext
from camviewer.engine.support.cancellation import Cancellation

_KEPT_VERDICTS = 64
_MANY_PASSES = 16
"""Minimum number of passes for which preparing a faster network pays off."""
_LARGE = 300_000_000
"""Maximum size of weights, in bytes, for preparing a faster network during a request; because of
the memory, larger ones are prepared while idle."""
_WORTH_TIMING = 1.0
"""Minimum forecast, in seconds, that justifies further passes to measure the pace."""


@dataclass(frozen=True)
class _ResolvedRequest:
    """A request with defaults replaced by the layer, class, options and placement in use."""

    image: SourceImage
    request: ExplainRequest
    method: Method
    options: dict[str, OptionValue]
    layer: str
    class_index: int
    placement: Placement


class Session(LoadedModel):
    """Answers requests about pictures with one classifier.

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
        super().__init__(classifier, second_engine, limits)
        self._catalogue = LayerCatalogue(
            self._passes, offsets or OffsetStore(classifier.info.weights_sha256)
        )
        self._verdicts: OrderedDict[str, Verdict] = OrderedDict()

    @classmethod
    def embedded(cls, cache: Path | None = None, device: torch.device | None = None) -> Session:
        """A session with the model that comes with the program.

        Args:
            cache: folder for measured offsets; None keeps them for this run only.
            device: the best one when None.
        """
        classifier = load_embedded(device)
        offsets = OffsetStore(classifier.info.weights_sha256, cache, shipped=IDENTIFIER)
        return cls(classifier, offsets)

    def verdict(self, image: SourceImage) -> Verdict:
        """The model's prediction for the picture under its own recipe."""
        known = self._verdicts.get(image.sha256)
        if known is not None:
            return known
        recipe_placement = self._place(image, PlacementMode.CROP, 1.0)
        return self._verdict_of(
            image, self._forward(image, recipe_placement, self.info.default_layer)
        )

    def explain(
        self,
        image: SourceImage,
        request: ExplainRequest,
        cancelled: threading.Event | None = None,
        *,
        stopped: threading.Event | None = None,
        on_progress: Callable[[Explanation], None] | None = None,
    ) -> Explanation:
        """Makes a map.

        Args:
            image: the picture.
            request: which map of it.
            cancelled: ends the work without a result.
            stopped: ends the work with the map so far, whose ``share`` is below 1.
            on_progress: called with partial maps, about ten times a second at most.

        Raises:
            CamviewerError: the class, layer or method does not exist or does not fit.
            Cancelled: told to stop.
        """
        start, passes_before = perf_counter(), self.pass_count
        cancellation = Cancellation(cancelled, None)
        method = find_method(request.method)
        options = all_options(method.info, request.options)
        layer = self._layer(method, request)
        placement = self._place(image, request.mode, request.detail)
        self._catalogue.layout(layer, placement.input_size)
        refuse(method, self.classifier, layer, request.score)
        forward = self._forward(image, placement, layer)
        cancellation.check()
        if placement == self._place(image, PlacementMode.CROP, 1.0):
            verdict = self._verdict_of(image, forward)
        else:
            verdict = self.verdict(image)
        cancellation.check()
        class_index = chosen_class(request.class_index, verdict, self.info.labels)
        request = replace(
            request, class_index=class_index, layer=layer, options=tuple(options.items())
        )
        last_report = start

        def explanation(outcome: Outcome) -> Explanation:
            return ExplanationBuilder(
                self._catalogue,
                request,
                method,
                layer,
                self._forward(image, placement, layer),
                placement,
                verdict,
                self._engine(method, forward, placement),
            ).explanation(
                outcome,
                class_index,
                milliseconds=(perf_counter() - start) * 1000,
                passes=self.pass_count - passes_before,
                fell_back=self._passes.fell_back,
            )

        def report_partial_map(share: float, class_map: ClassMap) -> None:
            nonlocal last_report
            if on_progress is None or share <= before:  # cached logits take no time
                return
            if perf_counter() - last_report > self._limits.partial_map_seconds:
                last_report, so_far = perf_counter(), explanation(Outcome(class_map, share))
                on_progress(replace(so_far, underway=True, share_before=before))

        def run() -> Outcome:
            return self._outcome(resolved, cancellation, report_partial_map)

        resolved = _ResolvedRequest(image, request, method, options, layer, class_index, placement)
        before = self._maps.share(image.sha256, request)
        self._catalogue.begin_map()
        cancellation = Cancellation(cancelled, stopped)
        return explanation(self._passes.where_memory_suffices(run))

    def _outcome(
        self, resolved: _ResolvedRequest, cancellation: Cancellation, on_progress: OnProgress
    ) -> Outcome:
        image, request, method = resolved.image, resolved.request, resolved.method
        forward = self._forward(image, resolved.placement, resolved.layer)
        forward = forward.scored(Score(request.score, self.info.activation))
        if not method.probes:
            maps = self._maps.of_one_pass(forward, method, resolved.options)
            return Outcome(maps.map_of(resolved.class_index), 1.0)
        state = (request.nominal, self.wants_offset(resolved.layer))
        cached = self._maps.outcome(image.sha256, request, state)
        if cached is not None:
            return cached
        context = PictureContext(self._passes, self._catalogue, image, request.nominal)
        effort = effort_of(forward, resolved.placement, resolved.options)
        if method.passes(effort) >= _MANY_PASSES and self.size_bytes <= _LARGE:
            self._passes.prepare(context.tensor(resolved.placement), cancellation)
        logits = self._maps.logits(image.sha256, request)
        probe = self._probe(forward, resolved.placement, context, cancellation, logits)
        half = self._passes.half or HalfScores()
        half.begin()
        began, ran = perf_counter(), self.pass_count

        def report(share: float, class_map: ClassMap) -> None:
            logits.reach(share)
            on_progress(share, class_map)

        outcome = drive(method, probe, resolved.class_index, resolved.options, report)
        ran = self.pass_count - ran
        if ran >= _MANY_PASSES and "batches" in vars(probe):  # through the whole network
            self._passes.record_time((perf_counter() - began) / ran, resolved.placement.input_size)
        logits.reach(outcome.share)
        logits.note = half.note or logits.note
        outcome = outcome.noted(probe.memory_note).noted(logits.note)
        if outcome.class_map.geometry is not None and not request.nominal:
            outcome = outcome.with_notes(*self._catalogue.cells_without_place())
        if outcome.share == 1.0:
            self._maps.keep(image.sha256, request, state, outcome)
        return outcome

    def pass_of(
        self, image: SourceImage, layer: str, mode: PlacementMode, detail: float
    ) -> Forward:
        """A pass of the picture with a layer tapped.

        Raises:
            CamviewerError: there is no such layer, or its output is not finite.
        """
        return self._forward(image, self._place(image, mode, detail), layer)

    def input_tensor(self, image: SourceImage, placement: Placement) -> Tensor:
        """The network's input, (1, 3, h, w), on its device; callers must not change it."""
        return self._passes.tensor(image, placement)

    def map_of(
        self,
        picture: Tensor,
        request: ExplainRequest,
        cancelled: threading.Event | None = None,
    ) -> Tensor:
        """The raw map (h, w) of any input, on the CPU, for a request with class and layer.

        Args:
            picture: (1, 3, h, w), normalised, on the network's device.
            request: has method, layer, class, score and options.
            cancelled: polled by methods with several passes.

        Raises:
            CamviewerError: the pass is not finite, or the method does not fit.
            Cancelled: told to stop.
        """
        cancellation = Cancellation(cancelled)
        cancellation.check()
        method = find_method(request.method)
        context = InputContext(self._passes, self._catalogue, picture)
        forward = context.forward(context.placement, self._layer(method, request))
        forward = forward.scored(Score(request.score, self.info.activation))
        probe = self._probe(forward, context.placement, context, cancellation, LogitCache())
        options = all_options(method.info, request.options)
        outcome = drive(method, probe, request.class_index or 0, options)
        return outcome.class_map.values.detach().float().cpu()

    def forecast(self, image: SourceImage, request: ExplainRequest) -> float:
        """Estimated seconds for a map, in addition to the first pass of the picture.

        Raises:
            CamviewerError: the method, its options or the layer do not exist.
        """
        method = find_method(request.method)
        options = all_options(method.info, request.options)
        if not method.probes:
            return 0.0
        layer = self._layer(method, request)
        placement = self._place(image, request.mode, request.detail)
        effort = effort_of(self._forward(image, placement, layer), placement, options)
        wanted = replace(request, layer=layer, options=tuple(options.items()))
        passes = method.passes(effort) * (1 - self._maps.share(image.sha256, wanted))
        size = placement.input_size
        if passes * self._passes.pace(size) >= _WORTH_TIMING and not self.knows_its_pace:
            self._passes.time_passes(self.input_tensor(image, placement))
        return passes * self._passes.pace(size)

    @property
    def knows_its_pace(self) -> bool:
        """Whether enough passes were timed for a forecast; the first one alone is far too slow."""
        return self._passes.timed_passes > 1

    def forecasts(
        self, image: SourceImage, request: ExplainRequest
    ) -> tuple[tuple[str, float], ...]:
        """(id, seconds) of every method that takes more than one pass, with its own options."""
        return forecasts(self, image, request)

    def layers(
        self, image: SourceImage, mode: PlacementMode = PlacementMode.CROP, detail: float = 1.0
    ) -> tuple[LayerInfo, ...]:
        """Every layer with a grid, with its output shape for this picture and placement."""
        input_size = self._place(image, mode, detail).input_size
        return self._passes.where_memory_suffices(lambda: self._catalogue.infos(input_size))

    def methods(self, layer: str | None = None) -> tuple[tuple[MethodInfo, str], ...]:
        """Every method with the reason why it is undefined, which is empty if it is defined.

        Args:
            layer: the tapped layer; the method's own default when None.
        """
        return tuple(
            (method.info, self.refusal(method, layer or layer_for(method, self.classifier)))
            for method in all_methods()
        )

    def refusal(self, method: Method, layer: str) -> str:
        """Why a method is undefined on a layer of this model; empty if it is defined."""
        return refusal(method, self._passes.classifier, layer)

    def method_info(self, identifier: str) -> MethodInfo:
        """The description of a method.

        Raises:
            CamviewerError: there is no method of that id.
        """
        return find_method(identifier).info

    def wants_offset(self, layer: str) -> bool:
        """Whether a layer's offset has not been measured yet; layers of attention have none."""
        return self._catalogue.wants_offset(layer)

    def wants_offset_of(self, explanation: Explanation) -> bool:
        """Whether a map depends on an offset that has not been measured yet."""
        draws_cells = find_method(explanation.method.id).draws_cells
        return draws_cells and self.wants_offset(explanation.layer.name)

    def measure_offset(self, layer: str, cancelled: threading.Event | None = None) -> None:
        """Measures and stores the offset of a layer; takes seconds.

        Raises:
            Cancelled: told to stop.
        """
        self._passes.where_memory_suffices(lambda: self._catalogue.measure_offset(layer, cancelled))

    def forget_pictures(self, kept: Collection[str] = ()) -> None:
        """Drops cached passes, maps and logits of pictures that are no longer in use.

        Args:
            kept: hashes of the pictures that are still open.
        """
        self._passes.forget_pictures(kept)
        self._maps.forget_pictures(kept)
        for picture in [picture for picture in self._verdicts if picture not in kept]:
            del self._verdicts[picture]

    def _probe(
        self,
        forward: Forward,
        placement: Placement,
        context: PictureContext | InputContext,
        cancellation: Cancellation,
        logit_cache: LogitCache,
    ) -> Probe:
        return Probe(
            classifier=self.classifier,
            forward=forward,
            picture=context.tensor(placement),
            placement=placement,
            context=context,
            cancellation=cancellation,
            run_pictures=self._passes.runner.scores,
            torch_network=self._passes.runner.network_for(None),
            count_passes=self._passes.count_passes,
            find_tail=self._passes.runner.tail_network,
            logit_cache=logit_cache,
            limits=self._limits,
        )

    def _engine(self, method: Method, forward: Forward, placement: Placement) -> str:
        if method.probes and method.needs is Needs.GRADIENTS:
            return ""  # many passes with gradients are torch's
        by_batches = self._passes.runner.engine_for(placement.input_size) if method.probes else ""
        return forward.engine or by_batches

    def _layer(self, method: Method, request: ExplainRequest) -> str:
        return layer_for(method, self.classifier, request.layer)

    def _place(self, image: SourceImage, mode: PlacementMode, detail: float) -> Placement:
        return place((image.height, image.width), self.info.recipe, mode, detail)

    def _forward(self, image: SourceImage, placement: Placement, layer: str) -> Forward:
        layout = self._catalogue.layout(layer, placement.input_size)
        return self._passes.forward(image, placement, layer, layout)

    def _verdict_of(self, image: SourceImage, forward: Forward) -> Verdict:
        def make() -> Verdict:
            if not self.info.has_classes:
                return Verdict(np.zeros(0, np.float32), np.zeros(0, np.float32))
            return Verdict(
                logits=as_numpy(forward.logits),
                probabilities=as_numpy(self._passes.classifier.probabilities(forward.logits)),
            )

        return remembered(self._verdicts, image.sha256, make, _KEPT_VERDICTS)
