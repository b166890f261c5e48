"""Keeps what is asked for in accord: method, layer, options, score and detail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from camviewer.engine.messages import ExplainRequest, MethodInfo, ModelInfo


class RequestFitting:
    """Adjusts a request to what is defined for the model: the later of two choices wins."""

    def __init__(self) -> None:
        self._info: ModelInfo | None = None
        self._methods: Mapping[str, MethodInfo] = {}
        self._detail_before: float | None = None

    def know(self, info: ModelInfo, methods: Mapping[str, MethodInfo]) -> None:
        """Takes the loaded model and all methods by id."""
        self._info, self._methods = info, methods
        self._detail_before = None

    def lasting(self, request: ExplainRequest) -> ExplainRequest:
        """The request without what only its method calls for: what comes back at the next start."""
        if self._detail_before is None:
            return request
        return replace(request, detail=self._detail_before)

    def fitted(self, request: ExplainRequest, before: ExplainRequest) -> ExplainRequest:
        """The request as it can be carried out.

        Args:
            request: what was chosen.
            before: what held until then.
        """
        method = self._methods.get(request.method)
        if method is not None:
            score = request.score if request.score in method.scores else method.scores[0]
            known = {option.key for option in method.options}
            options = tuple(pair for pair in request.options if pair[0] in known)
            request = replace(request, score=score, options=options)
        if self._info is None:
            return request
        own_layers = {"cam": self._info.cam_layer, "fc-cam": self._info.default_layer}
        own_layer = own_layers.get(request.method)
        if own_layer is not None and request.layer not in {None, own_layer}:
            if before.method == request.method:  # the layer was chosen later
                request = replace(request, method="grad-cam")
            else:
                request = replace(request, layer=own_layer)
        return self._enlarged(request, before)

    def _enlarged(self, request: ExplainRequest, before: ExplainRequest) -> ExplainRequest:
        """A method that is made for a larger picture gets it; what was before comes back."""
        had, wants = self._detail_of(before.method), self._detail_of(request.method)
        if had == wants or self._info is None or not self._info.recipe.flexible:
            return request
        if request.method == "channel":  # of the grid that is seen
            return request
        if wants > had:
            if self._detail_before is None:
                self._detail_before = request.detail
            return replace(request, detail=max(request.detail, wants))
        detail, self._detail_before = self._detail_before, None
        if detail is None or request.detail != before.detail:
            return request
        return replace(request, detail=detail)

    def _detail_of(self, method: str) -> float:
        known = self._methods.get(method)
        return 1.0 if known is None else known.detail
