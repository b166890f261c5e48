"""Shows the details of the model in use, and keeps the recipe that is chosen among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.results.messages import ModelInfo
from camviewer.ui.state.explorer import Exploration
from camviewer.ui.work.background_job import Job
from camviewer.ui.work.model_answers import ModelReady
from camviewer.ui.work.model_client import ModelClient

if TYPE_CHECKING:
    from camviewer.engine.packs.store import PackInfo
    from camviewer.engine.statistics.verdict import StatisticsCheck
    from camviewer.ui.preprocessing.details_dialog import ModelDetailsDialog


@dataclass(frozen=True, eq=False)
class KnownPack:
    """A loaded model, and the pack that it comes from.

    Attributes:
        info: the model.
        pack: None when it is none that can be changed.
    """

    info: ModelInfo
    pack: PackInfo | None


class ModelDetails(QObject):
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
        super().__init__(window)
        self._window = window
        self._exploration = exploration
        self._models = exploration.models
        self._model = model
        self._dialog: ModelDetailsDialog | None = None
        exploration.model_ready.connect(self._model_changed)
        exploration.picture_shown.connect(self._ask_again)
        exploration.emptied.connect(self._ask_again)

    @property
    def dialog(self) -> ModelDetailsDialog | None:
        """The open dialog."""
        return self._dialog

    def open(self) -> None:
        """Shows what is known of the model in use."""
        info = self._models.info
        if info is None:
            return
        if self._dialog is not None:
            self._dialog.raise_()
            self._dialog.activateWindow()
            return
        job = Job(lambda: known_pack(info))
        job.done.connect(self._show)  # a method: a lambda would run in the other thread
        job.start()

    def _show(self, known: KnownPack) -> None:
        if self._dialog is not None or known.info != self._models.info:
            return
        from camviewer.ui.preprocessing.details_dialog import (  # noqa: PLC0415  (the window opens sooner)
            ModelDetailsDialog,
        )

        pack = known.pack
        dialog = ModelDetailsDialog(known.info, can_edit=pack is not None, parent=self._window)
        self._dialog = dialog
        dialog.editing_requested.connect(self.editing_requested)
        if pack is not None:
            dialog.recipe_chosen.connect(lambda recipe: self._keep(pack, recipe))
        dialog.finished.connect(self._closed)
        dialog.show()
        self._ask(known.info)

    def _ask(self, info: ModelInfo) -> None:
        from camviewer.ui.preprocessing.statistics_query import (  # noqa: PLC0415  (start-up)
            CheckDetails,
            looked_at,
        )

        query = CheckDetails(info.id, *looked_at(self._exploration))
        self._model.ask(
            query, self._take_check, failed=self._say_unchecked, dropped=self._ask_again
        )

    def _say_unchecked(self, message: str, hint: str) -> None:
        if self._dialog is not None:
            self._dialog.statistics.show_failure(message, hint)

    def _keep(self, pack: PackInfo, recipe: Recipe) -> None:
        job = Job(lambda: with_recipe(pack, recipe))
        job.done.connect(self._kept)
        job.failed.connect(self._say)
        job.start()

    def _kept(self, _pack: PackInfo) -> None:
        self._models.list_kept()
        self._models.reload()

    def _say(self, message: str, hint: str) -> None:
        if self._dialog is not None:
            self._dialog.show_failure(message, hint)

    def _take_check(self, check: StatisticsCheck) -> None:
        if self._dialog is not None:
            self._dialog.show_check(check)

    def _ask_again(self) -> None:
        """A map was more urgent, or other pictures are there to judge by."""
        info = self._models.info
        if info is not None and self._dialog is not None:
            self._ask(info)

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
        self._dialog = None
        from camviewer.ui.preprocessing.statistics_query import (  # noqa: PLC0415  (start-up)
            CheckDetails,
        )

        self._model.give_up(CheckDetails)


def known_pack(info: ModelInfo) -> KnownPack:
    """A model with its pack; reads the disk."""
    from camviewer.engine.packs.store import list_packs  # noqa: PLC0415  (hashing, TOML)

    return KnownPack(info, next((pack for pack in list_packs() if pack.id == info.id), None))


def with_recipe(pack: PackInfo, recipe: Recipe) -> PackInfo:
    """The pack with another recipe, written to the disk.

    Raises:
        CamviewerError: it cannot be carried out or written.
    """
    from camviewer.engine.packs.editing import edit_pack  # noqa: PLC0415  (hashing, TOML)

    return edit_pack(pack, recipe=recipe)
