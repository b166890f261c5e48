"""Compares methods on one picture: ranks their maps by one measure."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

from camviewer.engine.errors import CamviewerError
from camviewer.engine.methods import find_method
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest, Explanation
from camviewer.engine.results.targets import scores_classes
from camviewer.engine.results.without_classes import require_classes
from camviewer.engine.session.session import Session
from camviewer.engine.trust.maps_under_test import MapUnderTest
from camviewer.engine.trust.messages import (
    MEASURES,
    Baseline,
    Better,
    Comparison,
    RankedMethod,
    Subject,
    TrustOptions,
)

_REFERENCES = {Subject.RANDOM: "A random map", Subject.BLOB: "A centred blob"}


def compare(
    session: Session,
    image: SourceImage,
    request: ExplainRequest,
    methods: Sequence[str],
    *,
    measure: str = "insertion",
    options: TrustOptions | None = None,
    cancelled: threading.Event | None = None,
) -> Iterator[Comparison]:
    """Makes a map with every method, measures it, and yields the ranking after each.

    A random map and a centred blob are ranked among them.

    Args:
        session: the session of the model.
        image: the picture.
        request: class, target, layer and placement; a method that is undefined on that layer uses
            its own.
        methods: ids of the methods.
        measure: a key of ``MEASURES``.
        options: steps and seed.
        cancelled: polled between batches.

    Raises:
        CamviewerError: there is no such method or measure, or no method at all.
        Cancelled: told to stop.
    """
    if measure not in MEASURES:
        raise CamviewerError(
            f"There is no measure called {measure}.", f"Choose one of: {', '.join(MEASURES)}."
        )
    if scores_classes(request.target):
        require_classes("Comparing maps by a class score", session.info.labels)
    if not methods:
        raise CamviewerError("There is nothing to compare.", "Choose at least one method.")
    for method in methods:
        find_method(method)
    wanted = tuple(dict.fromkeys(methods))
    return _Comparing(session, image, measure, options or TrustOptions(), cancelled).rank(
        request, wanted
    )


class _Comparing:
    def __init__(
        self,
        session: Session,
        image: SourceImage,
        measure: str,
        options: TrustOptions,
        cancelled: threading.Event | None,
    ) -> None:
        self._session = session
        self._image = image
        self._measure = measure
        self._options = options
        self._cancelled = cancelled

    def rank(self, request: ExplainRequest, methods: tuple[str, ...]) -> Iterator[Comparison]:
        title, better = MEASURES[self._measure]
        steps = len(methods) + len(_REFERENCES)
        found: list[RankedMethod] = []
        test: MapUnderTest | None = None
        yield Comparison(self._measure, title, better)
        for method in methods:
            try:
                explanation = self._explain(request, method)
                request = replace(request, class_index=explanation.class_index)
                test = self._under_test(explanation)
                entry = RankedMethod(
                    explanation.method.title,
                    explanation,
                    self._score(test, Subject.MAP),
                    milliseconds=explanation.milliseconds,
                )
            except CamviewerError as error:
                entry = RankedMethod(find_method(method).info.title, problem=error.message)
            found.append(entry)
            share = len(found) / steps
            yield Comparison(self._measure, title, better, _ranked(found, better), share)
        if test is not None:
            for subject, name in _REFERENCES.items():
                found.append(RankedMethod(name, score=self._score(test, subject)))
        yield Comparison(self._measure, title, better, _ranked(found, better), 1.0, finished=True)

    def _explain(self, request: ExplainRequest, method: str) -> Explanation:
        layer = request.layer
        if layer is not None and self._session.refusal(find_method(method), layer, request.target):
            layer = None
        options = request.options if method == request.method else ()
        wanted = replace(request, method=method, layer=layer, options=options)
        return self._session.explain(self._image, wanted, self._cancelled)

    def _under_test(self, explanation: Explanation) -> MapUnderTest:
        return MapUnderTest(
            self._session, self._image, explanation, self._options.seed, self._cancelled
        )

    def _score(self, test: MapUnderTest, subject: Subject) -> float | None:
        if self._measure in ("insertion", "deletion"):
            curve = test.curve(Baseline.BLUR, subject, 0, self._options.steps)
            return curve.insertion_auc if self._measure == "insertion" else curve.deletion_auc
        if self._measure == "road":
            return test.road(subject, 0).score
        if self._measure == "stability":
            return test.stability(subject)
        masked = test.masked(subject)
        if masked is None:
            raise CamviewerError("Its map has no positive value.")
        if self._measure == "average-drop":
            return masked.drop
        return (test.coherent(masked) if subject is Subject.MAP else masked).adcc


def _ranked(found: Sequence[RankedMethod], better: Better) -> tuple[RankedMethod, ...]:
    """Best first; entries without a score come last, in the order of the request."""
    sign = -1.0 if better is Better.HIGHER else 1.0

    def place(entry: RankedMethod) -> tuple[bool, float]:
        return entry.score is None, 0.0 if entry.score is None else sign * entry.score

    return tuple(sorted(found, key=place))
