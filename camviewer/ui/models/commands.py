"""What the user can do with models: import, choose among candidates, manage."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from camviewer.ui.models.consent_dialog import ConsentDialog
from camviewer.ui.models.import_dialog import ImportDialog
from camviewer.ui.models.manager_dialog import ModelManager
from camviewer.ui.state.model_selection import ModelChoice
from camviewer.ui.state.settings import Settings
from camviewer.ui.widgets.notice import Notice
from camviewer.ui.work.model_file_kinds import EMBEDDED, MODEL_SUFFIXES, ImportRequest
from camviewer.ui.work.model_import import Candidate

if TYPE_CHECKING:
    from camviewer.engine.packs.store import DamagedPack, PackInfo

_EMBEDDED_TITLE = "EfficientNet-Lite0 · ImageNet"


class ModelCommands(QObject):
    """Opens the dialogs about models, and carries out what was said in them.

    Args:
        window: the dialogs' parent.
        settings: remembers the folder of the last file.
        models: the model in use, and those that are kept.
        notice: shows what an import had to say.

    Signals:
        choices_changed: (id, title) of each model that can be chosen.
    """

    choices_changed = Signal(list)

    def __init__(
        self, window: QWidget, settings: Settings, models: ModelChoice, notice: Notice
    ) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._models = models
        self._notice = notice
        self._packs: tuple[PackInfo, ...] | None = None
        self._damaged: tuple[DamagedPack, ...] = ()
        self._manager: ModelManager | None = None

    def ask_for_model(self) -> None:
        """Asks for a file, and for what it cannot tell by itself."""
        kinds = " ".join(("config.json", *(f"*{suffix}" for suffix in MODEL_SUFFIXES)))
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            "Import a model",
            str(self._settings.folder),
            f"Models ({kinds});;All files (*)",
        )
        if name:
            self._ask(ImportRequest(Path(name)), ())

    def ask_about_import(self, request: ImportRequest, candidates: tuple[Candidate, ...]) -> None:
        """Several architectures have the tensors of a checkpoint, or a program can run code."""
        if candidates:
            self._ask(request, candidates)
            return
        dialog = ConsentDialog(request, self._window)
        dialog.confirmed.connect(self._models.import_file)
        dialog.open()

    def tell_kept(self, pack: PackInfo) -> None:
        """A file was imported; what was chosen or could not be told is said."""
        if pack.notes:
            self._notice.show_info(f"{pack.title} was imported.", " ".join(pack.notes))

    def know_damaged(self, packs: tuple[DamagedPack, ...]) -> None:
        """These cannot be asked, and are only seen in the list of models."""
        self._damaged = packs

    def show_models(self, packs: tuple[PackInfo, ...]) -> None:
        """These models were imported."""
        self._packs = packs
        choices = [(EMBEDDED, _EMBEDDED_TITLE), *((pack.id, pack.title) for pack in packs)]
        self.choices_changed.emit(choices)
        if self._manager is not None:
            self._manager.show_packs(packs, self._damaged)

    def manage(self) -> None:
        """Opens the list of imported models."""
        manager = ModelManager(self._packs, self._damaged, self._window)
        self._manager = manager
        manager.changed.connect(self._models.list_kept)
        manager.removed.connect(self._leave)
        manager.import_requested.connect(self.ask_for_model)
        manager.finished.connect(self._close_manager)
        manager.open()
        self._models.list_kept()

    def _ask(self, request: ImportRequest, candidates: tuple[Candidate, ...]) -> None:
        dialog = ImportDialog(request, candidates, self._window)
        dialog.confirmed.connect(self._models.import_file)
        dialog.open()

    def _leave(self, identifier: str) -> None:
        """A model that is gone is not asked any more."""
        info = self._models.info
        if info is not None and info.id == identifier:
            self._models.choose(EMBEDDED)

    def _close_manager(self) -> None:
        self._manager = None

    def list_once(self) -> None:
        """Asks which models are kept, unless that is known."""
        if not self._packs:
            self._models.list_kept()
