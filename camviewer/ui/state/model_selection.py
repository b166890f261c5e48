"""Which model is asked, and which one is being loaded in its stead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import DeviceInfo, MethodInfo, ModelInfo
from camviewer.ui.work.model_client import IMPORT, LOAD, ModelDesk
from camviewer.ui.work.model_file_kinds import EMBEDDED, ImportRequest
from camviewer.ui.work.model_import import Candidate
from camviewer.ui.work.model_requests import Listed

if TYPE_CHECKING:
    from camviewer.engine.packs.store import PackInfo


@dataclass(frozen=True)
class ModelReady:
    """A model that can be asked from now on.

    Attributes:
        info: the model.
        methods: each with why the model does not allow it; empty when it does.
        devices: where it could run.
        before: the model that was asked until now.
        missed: whether what was asked while it was loaded must be asked again.
    """

    info: ModelInfo
    methods: tuple[tuple[MethodInfo, str], ...]
    devices: tuple[DeviceInfo, ...]
    before: ModelInfo | None
    missed: bool


class ModelChoice(QObject):
    """Loads, imports and moves models; the one before is asked until another one is there.

    Signals:
        loaded: (ModelReady).
        loading_changed: (title or id); empty when the model before stays.
        progressed: (share 0 to 1, what is being done).
        import_asks: (ImportRequest, architectures) the user must choose one; with none, say whether
            a program that can run any code may be opened.
        kept: (PackInfo) a file was imported.
        listed: (tuple of PackInfo) the models that can be asked.
        damaged_listed: (tuple of DamagedPack) what lies among them and cannot.
    """

    loaded = Signal(object)
    loading_changed = Signal(str)
    progressed = Signal(float, str)
    import_asks = Signal(object, object)
    kept = Signal(object)
    listed = Signal(object)
    damaged_listed = Signal(object)

    def __init__(self, model: ModelDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._info: ModelInfo | None = None
        self._loading = ""
        self._fallback = EMBEDDED
        self._picture: SourceImage | None = None
        model.loaded.connect(self._loaded)
        model.import_asks.connect(self._import_asks)
        model.imported.connect(self._imported)
        model.models_listed.connect(self._models_listed)
        model.progressed.connect(self.progressed)
        model.failed.connect(self._failed)

    @property
    def info(self) -> ModelInfo | None:
        """The loaded model."""
        return self._info

    @property
    def loading(self) -> str:
        """The id of the model, or the file, that is being loaded; empty when none is."""
        return self._loading

    @property
    def can_cancel_loading(self) -> bool:
        """Whether a model is being loaded or imported in whose stead another can be asked."""
        return bool(self._loading) and (self._info is not None or self._loading != EMBEDDED)

    def start(self, identifier: str) -> None:
        """Loads the first model."""
        self._loading = identifier
        self._model.start(identifier)
        if self.can_cancel_loading:
            self.loading_changed.emit(identifier)

    def choose(self, identifier: str) -> None:
        """Asks another model; the picture stays. The one that is being loaded is not waited for."""
        if self._info is None or identifier != self._info.id:
            self._model.cancel_import()
            self._loading = identifier
            self.loading_changed.emit(identifier)
            self._model.load(identifier)
        else:
            self.cancel_loading()

    def reload(self) -> None:
        """The model was edited: from now on it is asked as it is on the disk."""
        if self._info is not None:
            self._loading = self._info.title
            self.loading_changed.emit(self._loading)
            self._model.load(self._info.id)

    def cancel_loading(self) -> None:
        """The model before is asked again; without one, the one that comes with the program."""
        if not self.can_cancel_loading:
            return
        self._model.cancel_import()
        self._loading = "" if self._info is not None else EMBEDDED
        # It is still in memory. Loading it drops what is under way, even when that has just ended.
        self._model.load(EMBEDDED if self._info is None else self._info.id)
        self.loading_changed.emit(self._loading)

    def choose_device(self, identifier: str) -> None:
        """Runs the model on another device."""
        self._model.move(identifier)

    def import_file(self, request: ImportRequest) -> None:
        """Keeps a checkpoint as a model, and asks that model from then on."""
        self._loading = request.path.name
        self.loading_changed.emit(self._loading)
        self._model.import_model(replace(request, picture=self._picture))

    def compare_on(self, picture: SourceImage | None) -> None:
        """On this picture architectures are compared that only the user can tell apart."""
        self._picture = picture

    def list_kept(self) -> None:
        """Looks up which models were imported."""
        self._model.list_models()

    def _loaded(
        self,
        info: ModelInfo,
        methods: tuple[tuple[MethodInfo, str], ...],
        devices: tuple[DeviceInfo, ...],
    ) -> None:
        before, self._info = self._info, info
        self._loading = ""
        missed = before is not None or not self._fallback
        self.loaded.emit(ModelReady(info, methods, devices, before, missed))

    def _models_listed(self, found: Listed) -> None:
        self.damaged_listed.emit(found.damaged)
        self.listed.emit(found.sound)

    def _import_asks(self, request: ImportRequest, candidates: tuple[Candidate, ...]) -> None:
        self._loading = ""
        self.loading_changed.emit("")
        self.import_asks.emit(request, candidates)

    def _imported(self, pack: PackInfo) -> None:
        self.kept.emit(pack)
        self._model.list_models()
        self.choose(pack.id)

    def _failed(self, kind: str, _message: str, _hint: str) -> None:
        if kind not in (LOAD, IMPORT):
            return
        self._loading = ""
        if self._info is not None:
            self.loading_changed.emit("")  # the model before is still there
        elif kind == LOAD and self._fallback:
            # What was chosen last time is gone or damaged; the program still opens.
            self._loading, self._fallback = self._fallback, ""
            self._model.load(self._loading)
