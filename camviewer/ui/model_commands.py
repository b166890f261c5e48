"""What the user can do with models: import, choose among candidates, manage."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from camviewer.ui.consent_dialog import ConsentDialog
from camviewer.ui.import_dialog import ImportDialog
from camviewer.ui.model_files import EMBEDDED, MODEL_SUFFIXES, ImportRequest
from camviewer.ui.model_manager import ModelManager
from camviewer.ui.parts import Parts

if TYPE_CHECKING:
    from camviewer.engine.packs import PackInfo

_EMBEDDED_TITLE = "EfficientNet-Lite0 · ImageNet"


class ModelCommands(QObject):
    """Opens the dialogs about models, and carries out what was said in them."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._packs: tuple[PackInfo, ...] | None = None
        self._manager: ModelManager | None = None
        parts.corner.model_menu.aboutToShow.connect(self._refresh_once)

    def ask_for_model(self) -> None:
        """Asks for a file, and for what it cannot tell by itself."""
        kinds = " ".join(f"*{suffix}" for suffix in MODEL_SUFFIXES)
        name, _ = QFileDialog.getOpenFileName(
            self._parts.window,
            "Import a model",
            str(self._parts.settings.folder),
            f"Models ({kinds});;All files (*)",
        )
        if name:
            self._ask(ImportRequest(Path(name)), ())

    def ask_about_import(self, request: ImportRequest, candidates: tuple[str, ...]) -> None:
        """Several architectures have the tensors of a checkpoint, or a program can run code."""
        if candidates:
            self._ask(request, candidates)
            return
        dialog = ConsentDialog(request, self._parts.window)
        dialog.confirmed.connect(self._parts.models.import_file)
        dialog.open()

    def tell_kept(self, pack: PackInfo) -> None:
        """A file was imported; what was chosen or could not be told is said."""
        if pack.notes:
            self._parts.stage.notice.show_info(f"{pack.title} was imported.", " ".join(pack.notes))

    def show_models(self, packs: tuple[PackInfo, ...]) -> None:
        """These models were imported."""
        self._packs = packs
        choices = [(EMBEDDED, _EMBEDDED_TITLE), *((pack.id, pack.title) for pack in packs)]
        self._parts.corner.show_models(choices)
        if self._manager is not None:
            self._manager.show_packs(packs)

    def manage(self) -> None:
        """Opens the list of imported models."""
        manager = ModelManager(self._packs, self._parts.window)
        self._manager = manager
        manager.changed.connect(self._parts.models.list_kept)
        manager.removed.connect(self._leave)
        manager.import_requested.connect(self.ask_for_model)
        manager.finished.connect(self._close_manager)
        manager.open()
        self._parts.models.list_kept()

    def _ask(self, request: ImportRequest, candidates: tuple[str, ...]) -> None:
        dialog = ImportDialog(request, candidates, self._parts.window)
        dialog.confirmed.connect(self._parts.models.import_file)
        dialog.open()

    def _leave(self, identifier: str) -> None:
        """A model that is gone is not asked any more."""
        info = self._parts.models.info
        if info is not None and info.id == identifier:
            self._parts.models.choose(EMBEDDED)

    def _close_manager(self) -> None:
        self._manager = None

    def _refresh_once(self) -> None:
        if not self._packs:
            self._parts.models.list_kept()
