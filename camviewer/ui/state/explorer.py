"""What the user is looking at: the picture, its classes, and the map that is wanted of it.

It stands between the widgets and the two threads: widgets call it when something is chosen, it asks
for what that needs, and its signals have what there is to show.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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
from camviewer.ui.state.folder_ranges import FolderRanges
from camviewer.ui.state.model_selection import ModelChange, ModelChoice
from camviewer.ui.state.opened_files import OpenedFiles
from camviewer.ui.state.request_rules import RequestFitting, ask_differently
from camviewer.ui.style import mark, tr
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
from camviewer.ui.work.picture_client import FindPictures, ReadPicture

if TYPE_CHECKING:
    from camviewer.engine.picture.input_range import InputRange
    from camviewer.engine.picture.source_image import SourceImage

_CLIPBOARD = mark("Clipboard")
_OF_A_PICTURE = (Classify, Explain, ListLayers, MeasureOffset, LongQuery)
"""Queries whose answers belong to the picture and the model that were asked."""


class Exploration(QObject):
    """The state of the window, without any widget.

    Attributes:
        models: which model is asked.
        ranges: the ranges of values that the user chose for the pictures of folders.

    Signals:
        model_ready: another model, or the same on another device, is asked from now on.
        pictures_listed: (tuple of Path) the files that were opened together.
        picture_opening: (name) a picture is being decoded.
        picture_shown: a picture was decoded.
        verdict_changed: (Verdict, class index that is explained).
        explanation_changed: (Explanation, or None when there is none any more); it may still be
            underway.
        forecast: (tuple of method id and seconds) what slow methods will take.
        layers_changed: (tuple of LayerInfo).
        request_changed: (ExplainRequest) also when it was adjusted to what is defined.
        failed: (message, hint).
        file_failed: (Path, message).
        busy_changed: (bool).
        work_changed: (bool) whether a map is awaited that takes more than an instant.
        emptied: all pictures were closed.
    """

    model_ready = Signal(ModelReady)
    pictures_listed = Signal(object)
    picture_opening = Signal(str)
    picture_shown = Signal(LoadedPicture)
    verdict_changed = Signal(Verdict, int)
    explanation_changed = Signal(object)
    forecast = Signal(object)
    layers_changed = Signal(object)
    request_changed = Signal(ExplainRequest)
    failed = Signal(str, str)
    file_failed = Signal(object, str)
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
        self._pictures = pictures
        self._fitting = RequestFitting(request.score, options)
        self._request = self._fitting.scored(request)
        self.models = ModelChoice(model, self)
        self._picture: LoadedPicture | None = None
        self._verdict: Verdict | None = None
        self._explanation: Explanation | None = None
        self._files = OpenedFiles()
        self._copied = b""
        """The file that was pasted, whose pages may be asked for."""
        self.ranges = FolderRanges()
        self._layers_for: object = None
        self._exact: ExplainRequest | None = None
        """The request that comes with the picture that is being opened, class and all."""
        self._page_wanted = 0
        """The page of the picture on screen that was asked for last."""
        self._working = False
        self._stopping = False
        self._awaits_map = False
        self._was_dropped = False
        """Whether a model or device change interrupted the map that is wanted."""
        self._methods: dict[str, MethodInfo] = {}
        self.models.loaded.connect(self._model_loaded)
        self.models.stayed.connect(self._make_up)
        model.failed.connect(self.failed)
        model.busy_changed.connect(self.busy_changed)

    @property
    def picture(self) -> LoadedPicture | None:
        """The picture on screen."""
        return self._picture

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that were opened together, among them that of the picture on screen."""
        return self._files.paths

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
    def opening(self) -> str:
        """Name of the picture that is being decoded; empty when none is."""
        return self._files.name

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
                self.open_paths(pictures)
        else:
            # A picture without a file takes the place of the files that were open.
            self._files.replace()
            self.pictures_listed.emit(())
            copied = incoming.data if incoming.pixels is None else incoming.pixels
            self._copied = incoming.data
            self._read(ReadPicture(copied, tr(_CLIPBOARD)), tr(_CLIPBOARD))

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Opens files and folders; the first picture among them is shown."""
        self._pictures.ask(
            FindPictures(tuple(paths)), self._pictures_found, failed=self._picture_failed
        )

    def open_rows(self, pages: Mapping[Path, int], kept: InputRange | None) -> None:
        """Opens pictures of a run together, fed as the run fed them.

        Args:
            pages: of each file the page, from 0, that is shown first.
            kept: as in ``show_exactly``.
        """
        self._pictures.give_up(FindPictures)
        paths = tuple(pages)
        self._files.replace(paths, pages)
        self.ranges.keep_for(paths, kept)
        self.pictures_listed.emit(paths)
        self.show_file(paths[0])

    def show_exactly(
        self, path: Path, request: ExplainRequest, page: int = 0, kept: InputRange | None = None
    ) -> None:
        """Opens a picture alone, with a map that was made elsewhere by the model in use.

        Args:
            path: of the picture.
            request: that of the map.
            page: which page of the file, from 0.
            kept: the range of values that was assumed there where nothing says one; it holds, and
                not what was chosen here, until another is chosen.
        """
        self._files.replace((path,), {path: page})
        self.ranges.keep_for((path,), kept)
        self.pictures_listed.emit((path,))
        self.show_file(path)
        self._exact = request

    def show_file(self, path: Path) -> None:
        """Shows one of the files that were opened together."""
        self._files.ask(path)
        self._read_file(path, self._files.first_page(path))

    def redraw(self, loaded: LoadedPicture) -> None:
        """The same picture has other colours for the eye; what is known of it stays."""
        self._picture = loaded

    def show_page(self, page: int) -> None:
        """Shows another page (from 0) of the file, or of what was pasted, on screen."""
        image = None if self._picture is None else self._picture.image
        if image is None or not 0 <= page < image.pages:
            return
        if image.path is not None:
            self._page_wanted = page
            self._read_file(image.path, page)
        elif self._copied:
            self._page_wanted = page
            name = tr(_CLIPBOARD)
            self._read(ReadPicture(self._copied, name, page=page), name)

    def choose_range(self, low: float, high: float) -> None:
        """Feeds these values as 0 and 1, of the picture on screen and those beside it like it."""
        image = None if self._picture is None else self._picture.image
        if image is not None and image.path is not None:
            from camviewer.engine.picture.input_range import (  # noqa: PLC0415  (numpy)
                chosen_range,
                type_name,
            )

            self.ranges.choose(image, chosen_range(low, high, type_name(image.values)))
            self._read_file(image.path, image.page)

    def step_page(self, step: int) -> None:
        """Shows the next (1) or previous (-1) page, beyond the last one the next picture."""
        image = None if self._picture is None else self._picture.image
        page = self._page_wanted + step
        is_asked = image is not None and (image.path is None or self._files.is_asked(image.path))
        if image is not None and is_asked and 0 <= page < image.pages:
            self.show_page(page)
        else:
            self.step_picture(step)

    def step_picture(self, step: int) -> None:
        """Shows the next (1) or previous (-1) of the files that were opened together."""
        path = self._files.beside(step)
        if path is not None:
            self.show_file(path)

    def close_pictures(self) -> None:
        """Back to the empty window."""
        self._model.give_up(*_OF_A_PICTURE)
        self._pictures.give_up(FindPictures, ReadPicture)
        self._picture = self._verdict = self._explanation = None
        self.models.compare_on(None)
        self._files.close()
        self._copied = b""
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
        if self._picture is None:
            return
        image, request = self._picture.image, self._request
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

    def _read_file(self, path: Path, page: int = 0) -> None:
        # What pictures of a run share was found over all of them, not over these.
        among = () if self.ranges.are_of_run(path) else self._files.paths
        chosen = self.ranges.of(path)
        self._read(ReadPicture(path, among=among, page=page, chosen=chosen), path.name)

    def _read(self, query: ReadPicture, name: str) -> None:
        self._files.name = name
        self._exact = None
        self.picture_opening.emit(name)
        self._pictures.ask(query, self._picture_read, failed=self._picture_failed)

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
        if (change.missed or ask_differently(asked, self._request)) and self._picture is not None:
            self._verdict = self._explanation = None
            self._layers_for = None
            self.explanation_changed.emit(None)
            self._ask()

    def _pictures_found(self, paths: tuple[Path, ...]) -> None:
        self._files.replace(paths)
        self.ranges.keep_no_more()
        self.pictures_listed.emit(paths)
        self.show_file(paths[0])

    def _picture_read(self, loaded: LoadedPicture) -> None:
        closes_others = self._files.decoded()
        self._model.give_up(*_OF_A_PICTURE)
        self._picture, self._verdict, self._explanation = loaded, None, None
        self._page_wanted = loaded.image.page
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

    def _picture_failed(self, message: str, hint: str) -> None:
        self._page_wanted = 0 if self._picture is None else self._picture.image.page
        file = self._files.failed()
        if file is not None:
            self.file_failed.emit(file, message)
        self.failed.emit(message, hint)

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
        elif self._picture is not None:
            self._model.ask(Classify(self._picture.image), self._classified)

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
        elif self._picture is not None:
            self._list_layers(self._picture.image, self._request)

    def _return_to(self, explanation: Explanation) -> None:
        """The map before stays on screen, so the controls say again what it shows."""
        request = explanation.request
        self._request = replace(request, target=without_class(request.target))
        self.request_changed.emit(self._request)

    def _set_working(self, working: bool) -> None:
        if working != self._working:
            self._working = working
            self.work_changed.emit(working)
