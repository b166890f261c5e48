"""Answers requests with a loaded model: verdicts and maps, with caches.

A session belongs to one thread. It caches the last passes, so that another class, or another method
on the same layer, needs no further pass through the network.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import groupby
from pathlib import Path
from time import perf_counter

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from camviewer.engine.geometry.geometry import (
    Placement,
    PlacementMode,
    place,
)
from camviewer.engine.methods import find_method
from camviewer.engine.methods.core.applicability import layer_for, refuse
from camviewer.engine.methods.core.limits import USUAL, Limits
from camviewer.engine.methods.core.logit_cache import LogitCache
from camviewer.engine.methods.core.method_run import MethodRun, Outcome
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.embedded import IDENTIFIER, load_embedded
from camviewer.engine.network.forward import Forward
from camviewer.engine.network.offset_store import OffsetStore
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import (
    ExplainRequest,
    Explanation,
    LayerInfo,
    Verdict,
)
from camviewer.engine.results.method_options import all_options
from camviewer.engine.results.without_classes import NO_CLASS
from camviewer.engine.runtime.second_engine import PassEngine
from camviewer.engine.session.explanation_builder import MadeMap, as_numpy, build_explanation
from camviewer.engine.session.forecasts import effort_of, forecasts
from camviewer.engine.session.loaded_model import LoadedModel
from camviewer.engine.session.map_run import MapRun, maps_of_one_pass
from camviewer.engine.session.partial_maps import PartialMaps
from camviewer.engine.session.probe_context import InputContext, placement_of_input
from camviewer.engine.session.readings import Reading, Readings
from camviewer.engine.session.resolved_request import ResolvedRequest, require_target_of
from camviewer.engine.session.target_scores import target_of, with_target
from camviewer.engine.session.verdicts import Verdicts
from camviewer.engine.support.cancellation import Cancellation

_WORTH_TIMING = 1.0
"""Minimum forecast, in seconds, that justifies further passes to measure the pace."""


class Session(LoadedModel):
    """Answers requests about pictures with one classifier.

    Args:
        classifier: the classifier.
        offsets: stores the measured offsets of its layers.
        second_engine: a faster engine than torch for passes without gradients.
        limits: limits of batches, caches and reports.
        calibrated: whether verdicts have what the model's calibration says, which may take a pass.
    """

    def __init__(
        self,
        classifier: Classifier,
        offsets: OffsetStore | None = None,
        second_engine: PassEngine | None = None,
        limits: Limits = USUAL,
        *,
        calibrated: bool = True,
    ) -> None:
        super().__init__(classifier, offsets, second_engine, limits)
        self._verdicts = Verdicts(classifier, self._features_of, calibrated=calibrated)
        self._readings = Readings(self._parts)

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

    def verdict(self, image: SourceImage, layer: str | None = None) -> Verdict:
        """The model's prediction for the picture under its own recipe.

        Args:
            image: the picture.
            layer: what to tap if the picture goes through the network, so that a map there needs no
                other pass; the default layer when None.
        """
        known = self._verdicts.known(image)
        if known is not None:
            return known
        recipe_placement = self._place(image, PlacementMode.CROP, 1.0)
        tapped = layer or self.info.default_layer
        return self._verdicts.of(image, self._parts.forward(image, recipe_placement, tapped))

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
        resolved = self._resolved(image, request, Cancellation(cancelled))
        return self._made(resolved, Cancellation(cancelled, stopped), on_progress)

    def explain_classes(
        self, image: SourceImage, request: ExplainRequest, class_indices: Sequence[int]
    ) -> list[Explanation]:
        """Maps of several classes of one picture, each as ``explain`` makes it.

        What they have in common is found once. A target that leaves its class open is read for each
        of them.

        Raises:
            CamviewerError: a class, the layer or the method does not exist or does not fit, or the
                target names another class than those.
        """
        if request.target is not None:
            require_target_of(request.target, class_indices, self.info.labels)
            wanted = (replace(request, class_index=index) for index in class_indices)
            return [self.explain(image, each) for each in wanted]
        first = replace(request, class_index=class_indices[0])
        resolved = self._resolved(image, first, Cancellation())
        if resolved.method.probes:
            return [self._made(resolved.of_class(index), Cancellation()) for index in class_indices]
        work = partial(self._of_one_pass, resolved, class_indices)
        return self._parts.passes.fallback.run(work)

    def _of_one_pass(
        self, resolved: ResolvedRequest, class_indices: Sequence[int]
    ) -> list[Explanation]:
        parts = resolved.parts
        parts.catalogue.begin_map()
        forward = parts.forward(resolved.image, resolved.placement, resolved.layer)
        maps = maps_of_one_pass(parts, resolved, forward)
        found: list[Explanation] = []
        for index in class_indices:
            wanted = resolved.of_class(index)
            outcome = Outcome(maps.map_of(wanted.class_index), 1.0)
            made = self._made_map(wanted, outcome, forward, forward.engine)
            alike = found[0] if found else None
            found.append(build_explanation(parts.catalogue, wanted, made, alike))
        return found

    def _made(
        self,
        resolved: ResolvedRequest,
        cancellation: Cancellation,
        on_progress: Callable[[Explanation], None] | None = None,
    ) -> Explanation:
        """Makes the map of a resolved request, on the processor if a card has no memory for it."""
        resolved.parts.catalogue.begin_map()
        work = partial(self._explained, resolved, cancellation, on_progress)
        return self._parts.passes.fallback.run(work)

    def _resolved(
        self, image: SourceImage, request: ExplainRequest, cancellation: Cancellation
    ) -> ResolvedRequest:
        """The request with everything filled in; the picture goes through the network for it."""
        began, passes_before = perf_counter(), self.pass_count
        method = find_method(request.method)
        if method.info.classless:
            request = replace(request, target=None)
        options = all_options(method.info, request.options)
        layer = layer_for(method, self.classifier, request.layer)
        placement = self._place(image, request.mode, request.detail)
        self._parts.catalogue.layout(layer, placement.input_size)
        refuse(method, self.classifier, layer, request.score, target_of(request))
        forward = self._parts.forward(image, placement, layer)
        cancellation.check()
        is_recipe = placement == self._place(image, PlacementMode.CROP, 1.0)
        verdict = self._verdicts.of(image, forward) if is_recipe else self.verdict(image)
        cancellation.check()
        request = with_target(request, verdict, self.info.labels, len(forward.logits))
        request = replace(request, layer=layer, options=tuple(options.items()))
        reading = self._reading(image, request, placement)
        return ResolvedRequest(
            image=image,
            request=request,
            method=method,
            layer=layer,
            class_index=NO_CLASS if request.class_index is None else request.class_index,
            placement=placement,
            is_recipe=is_recipe,
            labels=self.info.labels,
            verdict=verdict,
            began=began,
            passes_before=passes_before,
            score=reading.score,
            parts=reading.parts,
        )

    def reading_of(self, image: SourceImage, explanation: Explanation) -> Reading:
        """How the target of a map of a picture is read from the model."""
        return self._reading(image, explanation.request, explanation.placement)

    def _reading(
        self, image: SourceImage, request: ExplainRequest, placement: Placement
    ) -> Reading:
        return self._readings.reading(
            request, lambda: self.input_tensor(image, placement), placement
        )

    def _explained(
        self,
        resolved: ResolvedRequest,
        cancellation: Cancellation,
        on_progress: Callable[[Explanation], None] | None,
    ) -> Explanation:
        """Runs a resolved request and shows the maps so far."""
        before = resolved.parts.maps.share(resolved.image.key, resolved.request)
        shown = PartialMaps(before, self._parts.limits.partial_map_seconds, resolved.began)
        with closing(MapRun(resolved.parts, resolved, cancellation)) as run:
            run.start()
            while run.step():
                if on_progress is not None and shown.is_due(run.so_far.share):
                    so_far = self._explanation(resolved, run, run.so_far)
                    on_progress(replace(so_far, underway=True, share_before=before))
            return self._explanation(resolved, run, run.result())

    def _explanation(self, resolved: ResolvedRequest, run: MapRun, outcome: Outcome) -> Explanation:
        made = self._made_map(resolved, outcome, run.forward, run.engine)
        return build_explanation(resolved.parts.catalogue, resolved, made)

    def _made_map(
        self, resolved: ResolvedRequest, outcome: Outcome, forward: Forward, engine: str
    ) -> MadeMap:
        return MadeMap(
            outcome=outcome,
            forward=forward,
            engine=engine,
            milliseconds=(perf_counter() - resolved.began) * 1000,
            passes=self.pass_count - resolved.passes_before,
            fell_back=self._parts.passes.fallback.happened,
        )

    @property
    def pass_count(self) -> int:
        """Number of pictures that went through the network."""
        return super().pass_count + self._readings.pass_count

    def pass_of(
        self, image: SourceImage, layer: str, mode: PlacementMode, detail: float
    ) -> Forward:
        """A pass of the picture with a layer tapped.

        Raises:
            CamviewerError: there is no such layer, or its output is not finite.
        """
        return self._parts.forward(image, self._place(image, mode, detail), layer)

    def run_ahead(self, images: Sequence[SourceImage], layer: str) -> None:
        """Runs pictures under the model's own recipe at once, where the second engine can.

        ``pass_of`` and ``verdict`` then have these passes, as long as the cache holds so many. What
        goes wrong is said by those.
        """
        placed = [(image, self._place(image, PlacementMode.CROP, 1.0)) for image in images]
        for size, group in groupby(placed, lambda pair: pair[1].input_size):
            self._parts.passes.run_ahead(
                list(group), layer, self._parts.catalogue.layout(layer, size)
            )

    def input_tensor(self, image: SourceImage, placement: Placement) -> Tensor:
        """The network's input, (1, 3, h, w), on its device; callers must not change it."""
        return self._parts.passes.tensor(image, placement)

    def map_of(
        self,
        picture: Tensor,
        request: ExplainRequest,
        cancelled: threading.Event | None = None,
        *,
        placement: Placement | None = None,
    ) -> Tensor:
        """The raw map (h, w) of any input, on the CPU, for a request with class and layer.

        Args:
            picture: (1, 3, h, w), normalised, on the network's device.
            request: has method, layer, class, score and options.
            cancelled: polled by methods with several passes.
            placement: how the input lies on the picture, for a target with a region of that.

        Raises:
            CamviewerError: the pass is not finite, or the method does not fit.
            Cancelled: told to stop.
        """
        cancellation = Cancellation(cancelled)
        cancellation.check()
        method = find_method(request.method)
        placement = placement or placement_of_input(picture)
        reading = self._readings.reading(request, lambda: picture, placement)
        parts = reading.parts
        context = InputContext(parts.passes, parts.catalogue, picture)
        layer = layer_for(method, self.classifier, request.layer)
        forward = context.forward(context.placement, layer)
        forward = forward.scored(reading.score)
        probe = parts.probe(forward, context.placement, context, cancellation, LogitCache())
        options = all_options(method.info, request.options)
        with closing(MethodRun(method, probe, request.class_index or 0, options)) as run:
            while run.step():
                pass
            return run.outcome.class_map.values.detach().float().cpu()

    def forecast(self, image: SourceImage, request: ExplainRequest) -> float:
        """Estimated seconds for a map, in addition to the first pass of the picture.

        Raises:
            CamviewerError: the method, its options or the layer do not exist.
        """
        method = find_method(request.method)
        options = all_options(method.info, request.options)
        if not method.probes:
            return 0.0
        layer = layer_for(method, self.classifier, request.layer)
        placement = self._place(image, request.mode, request.detail)
        effort = effort_of(self._parts.forward(image, placement, layer), placement, options)
        wanted = replace(request, layer=layer, options=tuple(options.items()))
        passes = method.passes(effort) * (1 - self._parts.maps.share(image.key, wanted))
        size, pace = placement.input_size, self._parts.passes.pace
        if passes * pace.seconds(size) >= _WORTH_TIMING and not pace.is_known:
            self._parts.passes.measure_pace(self.input_tensor(image, placement))
        return passes * pace.seconds(size)

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
        return self._parts.passes.fallback.run(lambda: self._parts.catalogue.infos(input_size))

    def forget_pictures(self, kept: Collection[str] = ()) -> None:
        """Drops cached passes, maps and logits of pictures that are no longer in use.

        Args:
            kept: hashes of the pictures that are still open.
        """
        self._parts.passes.forget_pictures(kept)
        self._parts.maps.forget_pictures(kept)
        self._readings.forget_pictures(kept)
        self._verdicts.forget_pictures(kept)

    def _place(self, image: SourceImage, mode: PlacementMode, detail: float) -> Placement:
        return place((image.height, image.width), self.info.recipe, mode, detail)

    def _features_of(self, image: SourceImage) -> NDArray[np.float32]:
        layer = self.info.default_layer
        found = self.pass_of(image, layer, PlacementMode.CROP, 1.0).activations
        return as_numpy(found.mean((1, 2)))
