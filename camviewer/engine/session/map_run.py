"""Makes the map of a resolved request: from a cache, from one pass, or step by step from many."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

from camviewer.engine.methods.core.logit_cache import LogitCache
from camviewer.engine.methods.core.method_run import MethodRun, Outcome
from camviewer.engine.methods.core.probe import Probe
from camviewer.engine.methods.core.registry import Needs
from camviewer.engine.network.forward import Forward
from camviewer.engine.runtime.half_precision import HalfScores
from camviewer.engine.session.forecasts import effort_of
from camviewer.engine.session.map_cache import State
from camviewer.engine.session.model_parts import ModelParts
from camviewer.engine.session.prefetched_maps import PrefetchedMaps
from camviewer.engine.session.probe_context import PictureContext
from camviewer.engine.session.resolved_request import ResolvedRequest
from camviewer.engine.support.cancellation import Cancellation

_MANY_PASSES = 16
"""Minimum number of passes for which preparing a faster network pays off."""
_LARGE = 300_000_000
"""Maximum size of weights, in bytes, for preparing a faster network during a request; because of
the memory, larger ones are prepared while idle."""


class MapRun:
    """Makes one map: ``start``, ``step`` until it returns False, then ``result``; then close.

    The map is complete after ``start`` if it was cached or needs a single pass.

    Args:
        parts: the model.
        resolved: the request.
        cancellation: ends the work without a result, or with the map so far.
    """

    def __init__(
        self, parts: ModelParts, resolved: ResolvedRequest, cancellation: Cancellation
    ) -> None:
        self._parts = parts
        self._resolved = resolved
        self._cancellation = cancellation
        self._forward: Forward | None = None
        self._complete: Outcome | None = None
        self._work: _Work | None = None

    def start(self) -> None:
        """Runs or finds the pass, and begins the method unless the map is there already.

        Raises:
            Cancelled: told to stop.
            CamviewerError: the method cannot be carried out on this picture.
        """
        resolved, parts = self._resolved, self._parts
        method, picture = resolved.method, resolved.image.key
        self._forward = parts.forward(resolved.image, resolved.placement, resolved.layer)
        if not method.probes:
            maps = maps_of_one_pass(parts, resolved, self._forward)
            self._complete = Outcome(maps.map_of(resolved.class_index), 1.0)
            return
        forward = self._forward.scored(resolved.score)
        state = (resolved.request.nominal, parts.catalogue.wants_offset(resolved.layer))
        self._complete = parts.maps.outcome(picture, resolved.request, state)
        if self._complete is None:
            self._work = self._begin(forward, state)

    def step(self) -> bool:
        """Goes on to the next map; False when the last one was made."""
        work = self._work
        if work is None or not work.method_run.step():
            return False
        work.logits.reach(work.method_run.outcome.share)
        return True

    @property
    def so_far(self) -> Outcome:
        """The map so far, after a ``step``."""
        if self._work is not None:
            return self._work.method_run.outcome
        if self._complete is None:
            raise RuntimeError("this map was not started")
        return self._complete

    def result(self) -> Outcome:
        """The map with its notes; a complete one is cached."""
        work, outcome = self._work, self.so_far
        if work is None:
            return outcome
        self._record_pace(work)
        work.logits.reach(outcome.share)
        work.logits.note = work.half.note or work.logits.note
        outcome = outcome.noted(work.probe.memory_note).noted(work.logits.note)
        request = self._resolved.request
        if outcome.class_map.geometry is not None and not request.nominal:
            outcome = outcome.with_notes(*self._parts.catalogue.cells_without_place())
        if outcome.share == 1.0:
            self._parts.maps.keep(self._resolved.image.key, request, work.state, outcome)
        return outcome

    def close(self) -> None:
        """Ends the method, wherever it is."""
        if self._work is not None:
            self._work.method_run.close()

    @property
    def forward(self) -> Forward:
        """The pass of the picture, after ``start``."""
        if self._forward is None:
            raise RuntimeError("this map was not started")
        return self._forward

    @property
    def engine(self) -> str:
        """Name of the engine that ran the network; empty for torch."""
        method = self._resolved.method
        if not method.probes:
            return self.forward.engine
        if method.needs is Needs.GRADIENTS:
            return ""  # many passes with gradients are torch's
        runner = self._parts.passes.runner
        return self.forward.engine or runner.engine_for(self._resolved.placement.input_size)

    def _begin(self, forward: Forward, state: State) -> _Work:
        parts, resolved = self._parts, self._resolved
        passes, placement = parts.passes, resolved.placement
        context = PictureContext(passes, parts.catalogue, resolved.image, resolved.request.nominal)
        effort = effort_of(forward, placement, resolved.options)
        if resolved.method.passes(effort) >= _MANY_PASSES and passes.size_bytes <= _LARGE:
            passes.prepare(context.tensor(placement), self._cancellation)
        logits = parts.maps.logits(resolved.image.key, resolved.request)
        probe = parts.probe(forward, placement, context, self._cancellation, logits)
        half = passes.half or HalfScores()
        half.begin()
        method_run = MethodRun(resolved.method, probe, resolved.class_index, resolved.options)
        return _Work(probe, logits, half, method_run, state, perf_counter(), passes.count)

    def _record_pace(self, work: _Work) -> None:
        """Records how long the pictures took, if many went through the whole network."""
        passes = self._parts.passes
        ran = passes.count - work.passes_before
        if ran >= _MANY_PASSES and work.probe.ran_whole_network:
            seconds = (perf_counter() - work.began) / ran
            passes.pace.record(seconds, self._resolved.placement.input_size)


def maps_of_one_pass(
    parts: ModelParts, resolved: ResolvedRequest, forward: Forward
) -> PrefetchedMaps:
    """The maps of all classes by a method that needs a single pass."""
    scored = forward.scored(resolved.score)
    return parts.maps.of_one_pass(scored, resolved.method, resolved.options)


@dataclass(frozen=True, eq=False)
class _Work:
    """A method of many passes at work.

    Attributes:
        probe: what the method asks.
        logits: caches what the network gave.
        half: knows how exact scores in bfloat16 are.
        method_run: the method.
        state: what the place of the map's cells depends on.
        began: when it began, by ``perf_counter``.
        passes_before: number of passes that the model had made until then.
    """

    probe: Probe
    logits: LogitCache
    half: HalfScores
    method_run: MethodRun
    state: State
    began: float
    passes_before: int
