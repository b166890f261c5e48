"""Adjusts a request so that method, layer, options, score and detail fit each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.results.messages import (
    BoundLayer,
    ExplainRequest,
    MethodInfo,
    MethodOption,
    ModelInfo,
    OptionValue,
    OptionValues,
    ScoreKind,
)
from camviewer.engine.results.method_info import method_for_any_layer, usual_method
from camviewer.engine.results.targets import scores_classes, why_not_explained


def portable_options(method: MethodInfo, options: OptionValues) -> OptionValues:
    """Those that make sense for any model: allowed values, and no classes, layers or channels."""
    known = {option.key: option for option in method.options}
    return tuple(
        (key, value)
        for key, value in options
        if key in known
        and key != method.channel_option
        and not known[key].picks
        and _is_allowed(known[key], value)
    )


def _is_allowed(option: MethodOption, value: OptionValue) -> bool:
    if type(value) is not type(option.default):
        return False
    if isinstance(value, str):
        return not option.choices or value in option.choices
    return isinstance(value, bool) or option.low <= value <= option.high


def ask_differently(one: ExplainRequest, other: ExplainRequest) -> bool:
    """Whether two requests mean different maps, when a model's own class and layer are taken."""
    return replace(one, class_index=None, layer=None) != replace(
        other, class_index=None, layer=None
    )


class RequestFitting:
    """Adjusts a request to what is defined for the model: the later of two choices wins.

    Args:
        score: what is explained wherever a method can.
        options: what was set of methods, by their ids.
    """

    def __init__(
        self,
        score: ScoreKind = ScoreKind.LOGIT,
        options: Mapping[str, OptionValues] | None = None,
    ) -> None:
        self._score = score
        self._options: dict[str, OptionValues] = dict(options or {})
        self._info: ModelInfo | None = None
        self._methods: Mapping[str, MethodInfo] = {}
        self._detail_before: float | None = None
        self._left_method = ""
        """What the user had chosen, while a model is asked that it is not defined for."""

    def know(self, info: ModelInfo, methods: Mapping[str, MethodInfo]) -> None:
        """Takes the loaded model and all methods by id."""
        another = self._info is None or self._info.id != info.id
        self._info, self._methods = info, methods
        self._detail_before = None
        if another:  # what names a class or a layer belonged to the model before
            self._options = self.lasting_options

    @property
    def lasting_options(self) -> dict[str, OptionValues]:
        """What was set of methods and makes sense for any model."""
        return {
            id_: portable_options(self._methods[id_], options) if id_ in self._methods else options
            for id_, options in self._options.items()
        }

    def set_before(self, method: str) -> OptionValues:
        """What was set of a method when it was in use last."""
        return self._options.get(method, ())

    def lasting(self, request: ExplainRequest) -> ExplainRequest:
        """The request without what only its method calls for: what comes back at the next start."""
        detail = request.detail if self._detail_before is None else self._detail_before
        return replace(request, detail=detail, score=self._score, target=None)

    def scored(self, request: ExplainRequest) -> ExplainRequest:
        """The request with the score that the user chose last, where its method can explain it."""
        method = self._methods.get(request.method)
        if method is None or not self._has_scores(request):
            return replace(request, score=ScoreKind.LOGIT)
        score = self._score if self._score in method.scores else method.scores[0]
        return replace(request, score=score)

    def carried_over(
        self,
        request: ExplainRequest,
        methods: tuple[tuple[MethodInfo, str], ...],
        *,
        is_another: bool,
    ) -> ExplainRequest:
        """The request for a model that was just loaded.

        Args:
            request: what was asked of the model before.
            methods: each with the reason why it is undefined, which is empty if it is defined.
            is_another: whether the model before was another one.
        """
        info = self._info
        if is_another and info is not None:
            # Classes and layers are another model's; a placement that it does not accept, too.
            request = replace(request, class_index=None, target=None, layer=info.default_layer)
            if not info.recipe.flexible:
                keeps = request.mode is not PlacementMode.WHOLE
                mode = request.mode if keeps else PlacementMode.CROP
                request = replace(request, mode=mode, detail=1.0)
        request = self.scored(self._with_usable_method(request, methods))
        return replace(request, options=self.set_before(request.method))

    def _with_usable_method(
        self, request: ExplainRequest, methods: tuple[tuple[MethodInfo, str], ...]
    ) -> ExplainRequest:
        """The method that was left for want of a definition comes back where it has one."""
        usable = [method.id for method, reason in methods if not reason]
        if self._left_method in usable:
            request = replace(request, method=self._left_method)
            self._left_method = ""
        elif request.method not in usable:
            self._left_method = request.method
            request = replace(request, method=usual_method(methods))
        return request

    def _has_scores(self, request: ExplainRequest) -> bool:
        """Whether what is explained has a logit and a probability."""
        are_classes = self._info is None or self._info.has_probabilities
        return are_classes and scores_classes(request.target)

    def _explainable(self, request: ExplainRequest, before: ExplainRequest) -> ExplainRequest:
        """A target that the method can explain, or a method that can explain the target."""
        method = self._methods.get(request.method)
        if method is None or not why_not_explained(method, request.target):
            return request
        other = method_for_any_layer(self._methods.values())
        if request.method == before.method and other is not None:  # the target was chosen later
            return replace(request, method=other.id, options=())
        return replace(request, target=None)

    def fitted(self, request: ExplainRequest, before: ExplainRequest) -> ExplainRequest:
        """The request as it can be carried out.

        Args:
            request: what was chosen.
            before: what held until then.
        """
        self._left_method = ""
        request = self._explainable(request, before)
        method = self._methods.get(request.method)
        if method is not None:
            if request.method == before.method and request.score is not before.score:
                self._score = request.score
            request = self.scored(request)
            request = replace(request, options=self._fitting_options(request, before, method))
        if self._info is None:
            return request
        own_layer = self._bound_layer(request.method)
        if own_layer is not None and request.layer not in {None, own_layer}:
            other = method_for_any_layer(self._methods.values())
            if before.method == request.method and other is not None:
                request = replace(request, method=other.id)  # the layer was chosen later
            else:
                request = replace(request, layer=own_layer)
        return self._enlarged(request, before)

    def _fitting_options(
        self, request: ExplainRequest, before: ExplainRequest, method: MethodInfo
    ) -> OptionValues:
        """The method's own; of one that is taken up again, what was set of it before."""
        if request.method != before.method and not request.options:
            return self.set_before(request.method)
        known = {option.key for option in method.options}
        options = tuple(pair for pair in request.options if pair[0] in known)
        self._options[request.method] = options
        return options

    def _enlarged(self, request: ExplainRequest, before: ExplainRequest) -> ExplainRequest:
        """A method that is made for a larger picture gets it; what was before comes back."""
        had, wants = self._detail_of(before.method), self._detail_of(request.method)
        if had == wants or self._info is None or not self._info.recipe.flexible:
            return request
        method = self._methods.get(request.method)
        if method is not None and method.channel_option:  # of the grid that is seen
            return request
        if wants > had:
            if self._detail_before is None:
                self._detail_before = request.detail
            return replace(request, detail=max(request.detail, wants))
        detail, self._detail_before = self._detail_before, None
        if detail is None or request.detail != before.detail:
            return request
        return replace(request, detail=detail)

    def _bound_layer(self, method: str) -> str | None:
        """The layer that a method is bound to; None where any can be chosen."""
        known = self._methods.get(method)
        if known is None or self._info is None:
            return None
        layers = {
            BoundLayer.CAM: self._info.cam_layer,
            BoundLayer.DEFAULT: self._info.default_layer,
        }
        return layers.get(known.bound_layer)

    def _detail_of(self, method: str) -> float:
        known = self._methods.get(method)
        return 1.0 if known is None else known.detail
