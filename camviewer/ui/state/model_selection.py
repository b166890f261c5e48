"""The model in use, and the one that is being loaded to replace it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from camviewer.engine.results import ModelInfo
from camviewer.ui.work import (
    EMBEDDED,
    EMBEDDED_TITLE,
    ImportQuestion,
    ImportRequest,
    KeptModels,
    MeasureOffset,
    ModelClient,
    ModelReady,
)
from camviewer.ui.work.model_queries import (
    FeedModel,
    ImportModel,
    ListModels,
    LoadModel,
    MoveModel,
)

if TYPE_CHECKING:
    from camviewer.engine.geometry.input_scale import InputChoice
    from camviewer.engine.packs import PackInfo
    from camviewer.engine.picture import SourceImage


@dataclass(frozen=True)
class ModelChange:
    """A model was loaded or moved.

    Attributes:
        ready: the model that is asked from now on.
        before: the model that was asked until now.
        missed: whether what was asked while it was loaded must be asked again.
    """

    ready: ModelReady
    before: ModelInfo | None
    missed: bool


class ModelChoice(QObject):
    """Loads, imports and moves models; the one before is asked until another one is there.

    Signals:
        loaded: the model in use changed.
        stayed: another model or device was asked for and is not to be had; the one before stays.
        loading_changed: (title or id); empty when the model before stays.
        import_asks: the user must say something before a file can be imported.
        progressed: (title of the model that is loaded or imported, share 0 to 1, what is done).
        kept: (PackInfo) a file was imported.
        listed: the models that were imported.
    """

    loaded = Signal(ModelChange)
    stayed = Signal()
    loading_changed = Signal(str)
    progressed = Signal(str, float, str)
    import_asks = Signal(ImportQuestion)
    kept = Signal(object)
    listed = Signal(KeptModels)

    def __init__(self, model: ModelClient, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._ready: ModelReady | None = None
        self._loading = ""
        self._importing = ""
        """The file that is being imported, also while a model is loaded or moved meanwhile."""
        self._fallback = EMBEDDED
        self._picture: SourceImage | None = None
        self._kept = KeptModels((), ())
        self._are_listed = False
        model.progressed.connect(self._progressed)

    @property
    def ready(self) -> ModelReady | None:
        """The loaded model with its methods and devices."""
        return self._ready

    @property
    def info(self) -> ModelInfo | None:
        """The loaded model."""
        return None if self._ready is None else self._ready.info

    @property
    def loading(self) -> str:
        """The id of the model, or the file, that is being loaded; empty when none is."""
        return self._loading

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """Id and title of each model that can be asked; empty until they were looked up."""
        if not self._are_listed:
            return ()
        packs = ((pack.id, pack.title) for pack in self._kept.sound)
        return ((EMBEDDED, EMBEDDED_TITLE), *packs)

    def title_of(self, identifier: str) -> str:
        """A model's name on screen; its id where it is not listed."""
        return dict(self.choices).get(identifier, identifier)

    @property
    def can_cancel_loading(self) -> bool:
        """Whether a model is being loaded or imported in whose stead another can be asked."""
        return bool(self._loading) and (self.info is not None or self._loading != EMBEDDED)

    def start(self, identifier: str) -> None:
        """Loads the first model."""
        self._loading = identifier
        self._model.start()
        self._load(identifier)
        if self.can_cancel_loading:
            self.loading_changed.emit(identifier)

    def choose(self, identifier: str) -> None:
        """Asks another model; the picture stays. The one that is being loaded is not waited for."""
        if self.info is None or identifier != self.info.id:
            self._give_up_import()
            self._loading = identifier
            self.loading_changed.emit(identifier)
            self._load(identifier)
        else:
            self.cancel_loading()

    def reload(self) -> None:
        """The model was edited: from now on it is asked as it is on the disk."""
        if self.info is not None:
            self._loading = self.info.title
            self.loading_changed.emit(self._loading)
            self._load(self.info.id)

    def feed(self, choice: InputChoice | None) -> None:
        """Feeds the model in use otherwise until the program ends; by its own recipe when None."""
        if self.info is not None:
            self._loading = self.info.title
            self.loading_changed.emit(self._loading)
            self._model.give_up(MeasureOffset)
            query = FeedModel(self.info.id, choice)
            self._model.ask(query, self._loaded, failed=self._load_failed)

    def cancel_loading(self) -> None:
        """The model before is asked again; without one, the one that comes with the program."""
        if not self.can_cancel_loading:
            return
        self._give_up_import()
        self._loading = "" if self.info is not None else EMBEDDED
        # It is still in memory. Loading it drops what is under way, even when that has just ended.
        self._load(EMBEDDED if self.info is None else self.info.id)
        self.loading_changed.emit(self._loading)

    def choose_device(self, identifier: str) -> None:
        """Runs the model on another device."""
        self._model.ask(MoveModel(identifier), self._loaded, failed=lambda *_: self.stayed.emit())

    def import_file(self, request: ImportRequest) -> None:
        """Keeps a checkpoint as a model, and asks that model from then on."""
        self._loading = self._importing = request.path.name
        self.loading_changed.emit(self._loading)
        query = ImportModel(replace(request, picture=self._picture))
        self._model.ask(query, self._imported, failed=self._import_failed)

    def compare_on(self, picture: SourceImage | None) -> None:
        """On this picture architectures are compared that only the user can tell apart."""
        self._picture = picture

    def list_kept(self) -> None:
        """Looks up which models were imported."""
        self._model.ask(ListModels(), self._take_list)

    def list_once(self) -> None:
        """Looks up which models were imported, unless some are known."""
        if not self._kept.sound:
            self.list_kept()

    def _take_list(self, kept: KeptModels) -> None:
        self._kept, self._are_listed = kept, True
        self.listed.emit(kept)

    def _progressed(self, share: float, words: str) -> None:
        if self._loading:
            self.progressed.emit(self.title_of(self._loading), share, words)

    def _give_up_import(self) -> None:
        self._importing = ""
        self._model.give_up(ImportModel)

    def _load(self, identifier: str) -> None:
        self._model.give_up(MeasureOffset)  # of a layer that the other model need not have
        self._model.ask(LoadModel(identifier), self._loaded, failed=self._load_failed)

    def _loaded(self, ready: ModelReady) -> None:
        before, self._ready = self.info, ready
        self._loading = self._importing
        missed = before is not None or not self._fallback
        self.loaded.emit(ModelChange(ready, before, missed))
        if self._loading:
            self.loading_changed.emit(self._loading)

    def _imported(self, outcome: PackInfo | ImportQuestion) -> None:
        self._importing = ""
        if isinstance(outcome, ImportQuestion):
            self._loading = ""
            self.loading_changed.emit("")
            self.import_asks.emit(outcome)
            return
        self.kept.emit(outcome)
        self.list_kept()
        self.choose(outcome.id)

    def _import_failed(self, _message: str, _hint: str) -> None:
        self._importing = self._loading = ""
        if self.info is not None:
            self.loading_changed.emit("")  # the model before is still there

    def _load_failed(self, _message: str, _hint: str) -> None:
        self._loading = self._importing
        if self.info is not None:
            self.loading_changed.emit(self._loading)
            self.stayed.emit()
        elif self._fallback:
            # What was chosen last time is gone or damaged; the program still opens.
            self._loading, self._fallback = self._fallback, ""
            self._load(self._loading)
