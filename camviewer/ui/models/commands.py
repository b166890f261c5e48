"""Opens the dialogs about models: import, choice among candidates, list of imported models."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from camviewer.ui.state import ModelChoice, Settings
from camviewer.ui.style import tr
from camviewer.ui.widgets import Notice
from camviewer.ui.work import EMBEDDED, Candidate, ImportQuestion, ImportRequest, KeptModels
from camviewer.ui.work.model_file_kinds import MODEL_SUFFIXES

if TYPE_CHECKING:
    from camviewer.engine.packs import PackInfo
    from camviewer.ui.models.manager_dialog import ModelManager


class ModelCommands(QObject):
    """Opens the dialogs about models, and carries out what was said in them.

    Args:
        window: the dialogs' parent.
        settings: remembers the folder of the last file.
        models: the model in use, and those that are kept.
        notice: shows what an import had to say.
    """

    def __init__(
        self, window: QWidget, settings: Settings, models: ModelChoice, notice: Notice
    ) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._models = models
        self._notice = notice
        self._kept: KeptModels | None = None
        self._manager: ModelManager | None = None
        models.listed.connect(self._show_kept)
        models.kept.connect(self._tell_kept)
        models.import_asks.connect(self._ask_about_import)

    def ask_for_model(self) -> None:
        """Asks for a file, and for what it cannot tell by itself."""
        kinds = " ".join(("config.json", *(f"*{suffix}" for suffix in MODEL_SUFFIXES)))
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            tr("Import a model"),
            str(self._settings.folder),
            tr("Models ({kinds});;All files (*)").format(kinds=kinds),
        )
        if name:
            self._ask(ImportRequest(Path(name)), ())

    def manage(self) -> None:
        """Opens the list of imported models."""
        from camviewer.ui.models.manager_dialog import ModelManager  # noqa: PLC0415  (start-up)

        kept = self._kept
        manager = ModelManager(
            None if kept is None else kept.sound, () if kept is None else kept.damaged, self._window
        )
        self._manager = manager
        manager.changed.connect(self._models.list_kept)
        manager.removed.connect(self._leave)
        manager.import_requested.connect(self.ask_for_model)
        manager.finished.connect(self._close_manager)
        manager.open()
        self._models.list_kept()

    def _ask_about_import(self, question: ImportQuestion) -> None:
        """Several architectures have the tensors of a checkpoint, or a program can run code."""
        from camviewer.ui.models.consent_dialog import ConsentDialog  # noqa: PLC0415  (start-up)

        if question.candidates:
            self._ask(question.request, question.candidates)
            return
        dialog = ConsentDialog(question.request, self._window)
        dialog.confirmed.connect(self._models.import_file)
        dialog.open()

    def _tell_kept(self, pack: PackInfo) -> None:
        """A file was imported; what was chosen or could not be told is said."""
        if pack.notes:
            self._notice.show_info(
                tr("{title} was imported.").format(title=pack.title), " ".join(pack.notes)
            )

    def _show_kept(self, kept: KeptModels) -> None:
        self._kept = kept
        if self._manager is not None:
            self._manager.show_packs(kept.sound, kept.damaged)

    def _ask(self, request: ImportRequest, candidates: tuple[Candidate, ...]) -> None:
        from camviewer.ui.models.import_dialog import ImportDialog  # noqa: PLC0415  (start-up)

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
