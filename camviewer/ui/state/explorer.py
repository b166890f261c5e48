"""What the user is looking at: the picture, its classes, and the map that is wanted of it.

It stands between the widgets and the two threads: widgets call it when something is chosen, it asks
for what that needs, and its signals have what there is to show.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from camviewer.engine.results import (
    NO_CLASS,
    Cost,
    ExplainRequest,
    Explanation,
    MethodInfo,
    OptionValues,
    Verdict,
)
from camviewer.engine.results.targets import without_class
from camviewer.ui.state.model_selection import ModelChange, ModelChoice
from camviewer.ui.state.picture_choice import PictureChoice
from camviewer.ui.state.request_rules import RequestFitting, ask_differently
from camviewer.ui.work import (
    ImportRequest,
    Incoming,
    LoadedPicture,
    LongQuery,
    MeasureOffset,
    ModelClient,
    ModelReady,
    PictureClient,
    told_apart,
)
from camviewer.ui.work.model_answers import Explained
from camviewer.ui.work.model_queries import Classify, Explain, ForgetPictures, ListLayers

if TYPE_CHECKING:
    from camviewer.engine.picture.input_range import InputRange
    from camviewer.engine.picture.source_image import SourceImage

_OF_A_PICTURE = (Classify, Explain, ListLayers, MeasureOffset, LongQuery)
"""Queries whose answers belong to the picture and the model that were asked."""


class Exploration(QObject):
    """The state of the window, without any widget.

    Attributes:
        models: which model is asked.
        pictures: which pictures are open.

    Signals:
        model_ready: another model, or the same on another device, is asked from now on.
        picture_shown: a picture was decoded.
        verdict_changed: (Verdict, class index that is explained).
        explanation_changed: (Explanation, or None when there is none any more); it may still be
            underway.
        forecast: (tuple of method id and seconds) what slow methods will take.
        layers_changed: (tuple of LayerInfo).
        request_changed: (ExplainRequest) also when it was adjusted to what is defined.
        failed: (message, hint).
        busy_changed: (bool).
        work_changed: (bool) whether a map is awaited that takes more than an instant.
        emptied: all pictures were closed.
    """

    model_ready = Signal(ModelReady)
    picture_shown = Signal(LoadedPicture)
    verdict_changed = Signal(Verdict, int)
    explanation_changed = Signal(object)
    forecast = Signal(object)
    layers_changed = Signal(object)
    request_changed = Signal(ExplainRequest)
    failed = Signal(str, str)
    busy_changed = Signal(bool)
    work_changed = Signal(bool)
    emptied = Signal()

    def __init__(
        self,
        model: ModelClient,
        pictures: PictureClient,
        request: ExplainRequest,
        options: Mapping[str, OptionValues] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._fitting = RequestFitting(request.score, options)
        self._request = self._fitting.scored(request)
        self.models = ModelChoice(model, self)
        self.pictures = PictureChoice(pictures, self)
        self._verdict: Verdict | None = None
        self._explanation: Explanation | None = None
        self._layers_for: object = None
        self._exact: ExplainRequest | None = None
        """The request that comes with the picture that is being opened, class and all."""
        self._working = False
        self._stopping = False
        self._awaits_map = False
        self._was_dropped = False
        """Whether a model or device change interrupted the map that is wanted."""
        self._methods: dict[str, MethodInfo] = {}
        self.models.loaded.connect(self._model_loaded)
        self.models.stayed.connect(self._make_up)
        self.pictures.opening.connect(self._forget_exact)
        self.pictures.decoded.connect(self._picture_decoded)
        self.pictures.failed.connect(self.failed)
        model.failed.connect(self.failed)
        model.busy_changed.connect(self.busy_changed)

    @property
    def picture(self) -> LoadedPicture | None:
        """The picture on screen."""
        return self.pictures.shown

    @property
    def verdict(self) -> Verdict | None:
        """What the model says of the picture on screen."""
        return self._verdict

    @property
    def explanation(self) -> Explanation | None:
        """The map on screen."""
        return self._explanation

    @property
    def finished_map(self) -> Explanation | None:
        """The map on screen, unless it is still being made."""
        explanation = self._explanation
        return None if explanation is None or explanation.underway else explanation

    @property
    def methods(self) -> Collection[MethodInfo]:
        """All methods, those that the model does not allow among them."""
        return self._methods.values()

    @property
    def request(self) -> ExplainRequest:
        """The map that is wanted."""
        return self._request

    @property
    def lasting_request(self) -> ExplainRequest:
        """What of it is to come back at the next start."""
        return self._fitting.lasting(self._request)

    @property
    def lasting_options(self) -> dict[str, OptionValues]:
        """What was set of methods, by their ids, as far as it is to come back."""
        return self._fitting.lasting_options

    @property
    def is_working(self) -> bool:
        """Whether a map is awaited that can be stopped."""
        return self._working

    @property
    def awaits_map(self) -> bool:
        """Whether a map of the picture is still to come."""
        return self._awaits_map

    def open_incoming(self, incoming: Incoming) -> None:
        """Opens what was dropped or pasted: a model, or pictures."""
        if incoming.paths:
            models, pictures = told_apart(incoming.paths)
            if models:
                self.models.import_file(ImportRequest(models[0]))
            if pictures:
                self.pictures.open_paths(pictures)
        else:
            self.pictures.open_without_file(incoming)

    def show_exactly(
        self, path: Path, request: ExplainRequest, page: int = 0, kept: InputRange | None = None
    ) -> None:
        """Opens a picture alone, with a map that was made elsewhere by the model in use.

        Args:
            path: of the picture.
            request: that of the map.
            page: which page of the file, from 0.
            kept: as in ``PictureChoice.open_rows``.
        """
        self.pictures.open_rows({path: page}, kept)
        self._exact = request

    def close_pictures(self) -> None:
        """Back to the empty window."""
        self._model.give_up(*_OF_A_PICTURE)
        self.pictures.close()
        self._verdict = self._explanation = None
        self.models.compare_on(None)
        self._layers_for = None
        self._awaits_map = self._was_dropped = False
        self._set_working(False)
        self.emptied.emit()
        self._model.ask(ForgetPictures())

    def choose_class(self, index: int) -> None:
        """Explains another class."""
        if index != self._request.class_index:
            self._request = replace(self._request, class_index=index)
            self._ask()

    def finish_early(self) -> None:
        """Keeps the map that is being made as it is; the one before when there is nothing of it."""
        self._stopping = True
        self._model.finish_early(Explain)

    def step_class(self, step: int) -> None:
        """Explains the class that the model finds next less (1) or more (-1) probable."""
        verdict, chosen = self._verdict, self._request.class_index
        order = () if verdict is None else verdict.top(len(verdict.logits))
        if chosen is not None and chosen in order:
            place = order.index(chosen) + step
            if 0 <= place < len(order):
                self.choose_class(order[place])

    def set_request(self, request: ExplainRequest) -> None:
        """Takes over everything but the class, adjusted to what is defined for the model."""
        before = self._request
        request = self._fitting.fitted(replace(request, class_index=before.class_index), before)
        self._request = request
        self.request_changed.emit(request)
        if request != before:
            self._ask()

    def explain_again(self) -> None:
        """Makes the map on screen anew."""
        if self._explanation is not None:
            self._ask()

    def show_map(self, explained: Explained) -> None:
        """Takes a map that was made, or a part of it, as the one that is looked at."""
        verdict, explanation = explained.verdict, explained.explanation
        self._request = replace(self._request, class_index=explanation.class_index)
        is_news = verdict is not self._verdict
        self._verdict, self._explanation = verdict, explanation
        self._awaits_map, self._was_dropped = explanation.underway, False
        self._set_working(explanation.underway)
        if is_news:
            self.verdict_changed.emit(verdict, explanation.class_index)
        self.explanation_changed.emit(explanation)

    def _ask(self) -> None:
        if self.picture is None:
            return
        image, request = self.picture.image, self._request
        method = self._methods.get(request.method)
        self._stopping = self._was_dropped = False
        self._awaits_map = True
        self._set_working(method is not None and method.cost is not Cost.INSTANT)
        queries = [self._explain, self._list_layers]
        if method is not None and method.cost is Cost.SLOW:
            queries.reverse()  # the layers would have to wait long for their turn
        for ask in queries:
            ask(image, request)

    def _list_layers(self, image: SourceImage, request: ExplainRequest) -> None:
        wanted = (image.key, request.mode, request.detail)
        if wanted != self._layers_for:
            self._layers_for = wanted
            query = ListLayers(image, request.mode, request.detail)
            self._model.ask(query, self.layers_changed.emit, dropped=self._layers_dropped)

    def _explain(self, image: SourceImage, request: ExplainRequest) -> None:
        self._model.ask(
            Explain(image, request),
            self._explained_whole,
            partly=self.show_map,
            failed=self._explaining_failed,
            dropped=self._explaining_dropped,
        )

    def _model_loaded(self, change: ModelChange) -> None:
        ready, info, before = change.ready, change.ready.info, change.before
        self._methods = {method.id: method for method, _ in ready.methods}
        self._fitting.know(info, self._methods)
        if info == before and self._explanation is not None:
            # Another one was given up; this one's map is true still.
            self.models.loading_changed.emit("")
            self._make_up()
            return
        asked = self._request
        is_another = before is None or before.id != info.id
        self._request = self._fitting.carried_over(asked, ready.methods, is_another=is_another)
        self.model_ready.emit(ready)
        self.request_changed.emit(self._request)
        # What was asked while the first model was being loaded may not be defined for it.
        if (change.missed or ask_differently(asked, self._request)) and self.picture is not None:
            self._verdict = self._explanation = None
            self._layers_for = None
            self.explanation_changed.emit(None)
            self._ask()

    def _forget_exact(self) -> None:
        self._exact = None

    def _picture_decoded(self, loaded: LoadedPicture, closes_others: bool) -> None:
        self._model.give_up(*_OF_A_PICTURE)
        self._verdict = self._explanation = None
        self._request = replace(self._request, class_index=None)
        exact, self._exact = self._exact, None
        if exact is not None:
            self._request = exact
            self.request_changed.emit(exact)
        self._layers_for = None
        self._awaits_map = True
        self.models.compare_on(loaded.image)
        self.picture_shown.emit(loaded)
        self._ask()
        if closes_others:
            self._model.ask(ForgetPictures((loaded.image.key,)))

    def _classified(self, verdict: Verdict) -> None:
        self._verdict = verdict
        self.verdict_changed.emit(verdict, (*verdict.top(1), NO_CLASS)[0])

    def _explained_whole(self, explained: Explained) -> None:
        self.show_map(explained)
        self.forecast.emit(explained.forecasts)
        if explained.wants_offset:
            layer = explained.explanation.layer.name
            self._model.ask(MeasureOffset(layer), self._offset_measured)

    def _offset_measured(self, layer: str) -> None:
        if self._explanation is not None and self._explanation.layer.name == layer:
            self._ask()

    def _explaining_failed(self, _message: str, _hint: str) -> None:
        self._awaits_map = False
        self._set_working(False)
        if self._explanation is not None:
            self._return_to(self._explanation)
        elif self.picture is not None:
            self._model.ask(Classify(self.picture.image), self._classified)

    def _explaining_dropped(self) -> None:
        self._set_working(False)
        self._was_dropped = not self._stopping
        self._awaits_map = self._was_dropped
        if self._stopping and self._explanation is not None:
            self._return_to(self._explanation)

    def _layers_dropped(self) -> None:
        self._layers_for = None

    def _make_up(self) -> None:
        """The model before stays: asks again for what was interrupted in favour of another one."""
        if self._was_dropped:
            self._ask()
        elif self.picture is not None:
            self._list_layers(self.picture.image, self._request)

    def _return_to(self, explanation: Explanation) -> None:
        """The map before stays on screen, so the controls say again what it shows."""
        request = explanation.request
        self._request = replace(request, target=without_class(request.target))
        self.request_changed.emit(self._request)

    def _set_working(self, working: bool) -> None:
        if working != self._working:
            self._working = working
            self.work_changed.emit(working)
