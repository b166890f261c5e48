"""What was made of pictures with one model, kept for the questions that come next."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import replace

from camviewer.engine.methods import Method
from camviewer.engine.methods.core.driver import Outcome
from camviewer.engine.methods.core.limits import USUAL, Limits
from camviewer.engine.methods.core.logit_cache import LogitCache
from camviewer.engine.network.forward import Forward
from camviewer.engine.results.messages import ExplainRequest, OptionValue, ScoreKind
from camviewer.engine.session.pass_cache import remembered
from camviewer.engine.session.prefetched_maps import PrefetchedMaps

_KEPT = 16
_MOST_LOGITS = 128 * 2**20
"""Bytes of class scores that are kept, of all pictures and methods."""

State = tuple[bool, bool]
"""Whether nominal centres are asked for, and whether the layer's offset is not known yet."""


class MapCache:
    """Maps, and the class scores that they are made of.

    All requests are told with class, layer and options. What another engine or device has made
    must be cleared.

    Args:
        limits: how much is kept of one map.
    """

    def __init__(self, limits: Limits = USUAL) -> None:
        self._limits = limits
        self._outcomes: OrderedDict[Hashable, tuple[Outcome, State]] = OrderedDict()
        self._logits: OrderedDict[Hashable, LogitCache] = OrderedDict()
        self._prefetched: PrefetchedMaps | None = None

    def outcome(self, picture: str, request: ExplainRequest, state: State) -> Outcome | None:
        """A map that took many passes; None when it is not kept, or lies elsewhere by now."""
        kept, known = self._outcomes.get(_of_map(picture, request), (None, state))
        if kept is not None and (kept.class_map.geometry is None or known == state):
            return kept
        return None

    def keep(self, picture: str, request: ExplainRequest, state: State, outcome: Outcome) -> None:
        """Keeps a map for when it is asked for again."""
        key = _of_map(picture, request)
        self._outcomes.pop(key, None)
        remembered(self._outcomes, key, lambda: (outcome, state), _KEPT)

    def logits(self, picture: str, request: ExplainRequest) -> LogitCache:
        """What was scored for such a map of any class; empty when nothing was."""
        while sum(kept.nbytes for kept in self._logits.values()) > _MOST_LOGITS:
            self._logits.popitem(last=False)
        key = _of_any_class(picture, request)
        return remembered(self._logits, key, lambda: LogitCache(self._limits), _KEPT)

    def share(self, picture: str, request: ExplainRequest) -> float:
        """How much of the work for such a map was done for any class, 0 to 1."""
        kept = self._logits.get(_of_any_class(picture, request))
        return 0.0 if kept is None else kept.share

    def of_one_pass(
        self, forward: Forward, method: Method, options: dict[str, OptionValue]
    ) -> PrefetchedMaps:
        """The maps of a pass by a method that needs nothing but the pass."""
        if self._prefetched is None or not self._prefetched.answers(forward, method, options):
            self._prefetched = PrefetchedMaps(forward, method, options)
        return self._prefetched

    def make_one(self) -> bool:
        """Makes a map that may be asked for next; False when there is none left."""
        return self._prefetched is not None and self._prefetched.make_one()

    def clear(self) -> None:
        """Forgets everything."""
        self._outcomes.clear()
        self._logits.clear()
        self._prefetched = None


def _of_map(picture: str, request: ExplainRequest) -> Hashable:
    return picture, replace(request, nominal=False)


def _of_any_class(picture: str, request: ExplainRequest) -> Hashable:
    return picture, replace(request, class_index=None, score=ScoreKind.LOGIT)
