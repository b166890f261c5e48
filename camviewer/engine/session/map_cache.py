"""Caches maps, and the logits they are made from, for later requests."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import replace

from camviewer.engine.methods import Method
from camviewer.engine.methods.core.limits import USUAL, Limits
from camviewer.engine.methods.core.logit_cache import LogitCache
from camviewer.engine.methods.core.method_run import Outcome
from camviewer.engine.network.forward import Forward
from camviewer.engine.results.messages import ExplainRequest, OptionValue, ScoreKind
from camviewer.engine.session.pass_cache import PictureKey, drop_others, remembered
from camviewer.engine.session.prefetched_maps import PrefetchedMaps

_KEPT = 16
_MOST_LOGITS = 128 * 2**20
"""Maximum memory of cached logits, in bytes, for all pictures and methods."""

State = tuple[bool, bool]
"""Whether nominal centres are requested, and whether the layer's offset is still unknown."""


class MapCache:
    """Caches maps and logits of one model.

    Requests must have class, target, layer and options filled in. The owner clears the cache when
    the engine or the device changes.

    Args:
        limits: limits of the logits of one map.
    """

    def __init__(self, limits: Limits = USUAL) -> None:
        self._limits = limits
        self._outcomes: OrderedDict[PictureKey, tuple[Outcome, State]] = OrderedDict()
        self._logits: OrderedDict[PictureKey, LogitCache] = OrderedDict()
        self._prefetched: PrefetchedMaps | None = None

    def outcome(self, picture: str, request: ExplainRequest, state: State) -> Outcome | None:
        """A cached map of many passes; None without one, or if its geometry is outdated."""
        kept, known = self._outcomes.get(_of_map(picture, request), (None, state))
        if kept is not None and (kept.class_map.geometry is None or known == state):
            return kept
        return None

    def keep(self, picture: str, request: ExplainRequest, state: State, outcome: Outcome) -> None:
        """Caches a map."""
        key = _of_map(picture, request)
        self._outcomes.pop(key, None)
        remembered(self._outcomes, key, lambda: (outcome, state), _KEPT)

    def logits(self, picture: str, request: ExplainRequest) -> LogitCache:
        """The logits for such a map of any target; an empty cache when there are none."""
        while sum(kept.nbytes for kept in self._logits.values()) > _MOST_LOGITS:
            self._logits.popitem(last=False)
        key = _of_any_target(picture, request)
        return remembered(self._logits, key, lambda: LogitCache(self._limits), _KEPT)

    def share(self, picture: str, request: ExplainRequest) -> float:
        """Share of the work for such a map that was done for any target, 0 to 1."""
        kept = self._logits.get(_of_any_target(picture, request))
        return 0.0 if kept is None else kept.share

    def of_one_pass(
        self, forward: Forward, method: Method, options: dict[str, OptionValue]
    ) -> PrefetchedMaps:
        """The maps of one pass by a method that needs a single pass."""
        if self._prefetched is None or not self._prefetched.answers(forward, method, options):
            self._prefetched = PrefetchedMaps(forward, method, options)
        return self._prefetched

    def make_one(self) -> bool:
        """Makes a map that is likely to be requested next; False when none is left."""
        return self._prefetched is not None and self._prefetched.make_one()

    def forget_pictures(self, kept: Collection[str]) -> None:
        """Drops what was made of all pictures but those with these hashes."""
        drop_others(self._outcomes, kept)
        drop_others(self._logits, kept)
        self._prefetched = None

    def clear(self) -> None:
        """Clears all caches."""
        self._outcomes.clear()
        self._logits.clear()
        self._prefetched = None


def _of_map(picture: str, request: ExplainRequest) -> PictureKey:
    return picture, replace(request, nominal=False)


def _of_any_target(picture: str, request: ExplainRequest) -> PictureKey:
    return picture, replace(request, class_index=None, score=ScoreKind.LOGIT, target=None)
