"""Shows the details of the model in use, and keeps the recipe that is chosen among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from camviewer.engine.geometry import Recipe
from camviewer.engine.results import ModelInfo
from camviewer.ui.preprocessing.model_dialog_commands import (
    KnownPack,
    ModelDialogCommands,
    with_recipe,
)
from camviewer.ui.state import Exploration
from camviewer.ui.work import Job, ModelClient, ModelReady

if TYPE_CHECKING:
    from camviewer.engine.packs import PackInfo
    from camviewer.engine.statistics import StatisticsCheck
    from camviewer.ui.preprocessing.details_dialog import ModelDetailsDialog


class ModelDetails(ModelDialogCommands["ModelDetailsDialog"]):
    """Stands between the dialog and the model's thread.

    Args:
        window: the dialog's parent.
        exploration: the picture and the model that are looked at.
        model: compares it with what it remembers.

    Signals:
        editing_requested: the preprocessing is to be edited.
    """

    editing_requested = Signal()

    def __init__(self, window: QWidget, exploration: Exploration, model: ModelClient) -> None:
        super().__init__(window, exploration, model)
        exploration.model_ready.connect(self._model_changed)
        exploration.picture_shown.connect(self._ask_again)
        exploration.emptied.connect(self._ask_again)

    def _made(self, known: KnownPack) -> ModelDetailsDialog:
        from camviewer.ui.preprocessing.details_dialog import (  # noqa: PLC0415  (the window opens sooner)
            ModelDetailsDialog,
        )

        pack = known.pack
        dialog = ModelDetailsDialog(known.info, can_edit=pack is not None, parent=self._window)
        dialog.editing_requested.connect(self.editing_requested)
        if pack is not None:
            dialog.recipe_chosen.connect(lambda recipe: self._keep(pack, recipe))
        return dialog

    def _check(self, info: ModelInfo) -> None:
        from camviewer.ui.preprocessing.statistics_query import (  # noqa: PLC0415  (start-up)
            CheckDetails,
            looked_at,
        )

        query = CheckDetails(info.id, *looked_at(self._exploration))
        self._model.ask(
            query, self._take_check, failed=self._say_unchecked, dropped=self._ask_again
        )

    def _keep(self, pack: PackInfo, recipe: Recipe) -> None:
        job = Job(lambda: with_recipe(pack, recipe))
        job.done.connect(self._saved)
        job.failed.connect(self._say)
        job.start()

    def _take_check(self, check: StatisticsCheck) -> None:
        if self._dialog is not None:
            self._dialog.show_check(check)

    def _ask_again(self) -> None:
        """A map was more urgent, or other pictures are there to judge by."""
        info = self._models.info
        if info is not None and self._dialog is not None:
            self._check(info)

    def _model_changed(self, ready: ModelReady) -> None:
        """What is shown belongs to the model before; the same one is shown as it is now."""
        dialog, info = self._dialog, ready.info
        if dialog is None or dialog.info == info:
            return
        is_same = dialog.info.id == info.id
        dialog.reject()
        if is_same:
            self.open()

    def _closed(self) -> None:
        super()._closed()
        from camviewer.ui.preprocessing.statistics_query import (  # noqa: PLC0415  (start-up)
            CheckDetails,
        )

        self._model.give_up(CheckDetails)
