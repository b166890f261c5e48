"""Opens one dialog about the model in use, and shows the model anew when something was saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from camviewer.engine.geometry import Recipe
from camviewer.engine.results import ModelInfo
from camviewer.ui.state import Exploration
from camviewer.ui.work import Job, ModelClient

if TYPE_CHECKING:
    from camviewer.engine.packs import PackInfo
    from camviewer.ui.preprocessing.model_dialog import ModelDialog

_Dialog = TypeVar("_Dialog", bound="ModelDialog")


@dataclass(frozen=True, eq=False)
class KnownPack:
    """A loaded model, and the pack that it comes from.

    Attributes:
        info: the model.
        pack: None when it is none that can be changed.
    """

    info: ModelInfo
    pack: PackInfo | None


class ModelDialogCommands(QObject, Generic[_Dialog]):
    """Stands between a dialog and the model's thread.

    A subclass makes the dialog and asks for the check of the model's statistics.

    Args:
        window: the dialog's parent.
        exploration: the picture and the model that are looked at.
        model: answers the dialog's questions.
    """

    def __init__(self, window: QWidget, exploration: Exploration, model: ModelClient) -> None:
        super().__init__(window)
        self._window = window
        self._exploration = exploration
        self._models = exploration.models
        self._model = model
        self._dialog: _Dialog | None = None

    @property
    def dialog(self) -> _Dialog | None:
        """The open dialog."""
        return self._dialog

    def open(self) -> None:
        """Shows the dialog of the model in use; raises it if it is open."""
        info = self._models.info
        if info is None:
            return
        if self._dialog is not None:
            self._dialog.raise_()
            self._dialog.activateWindow()
            return
        job = Job(lambda: _known_pack(info))
        job.done.connect(self._show)  # a method: a lambda would run in the other thread
        job.start()

    def _show(self, known: KnownPack) -> None:
        if self._dialog is not None or known.info != self._models.info:
            return
        self._dialog = dialog = self._made(known)
        dialog.finished.connect(self._closed)
        dialog.show()
        self._check(known.info)

    def _made(self, known: KnownPack) -> _Dialog:
        """The dialog of a model, with its signals connected."""
        raise NotImplementedError

    def _check(self, info: ModelInfo) -> None:
        """Asks how the model's preprocessing fits what its network remembers."""
        raise NotImplementedError

    def _say_unchecked(self, message: str, hint: str) -> None:
        if self._dialog is not None:
            self._dialog.statistics.show_failure(message, hint)

    def _say(self, message: str, hint: str) -> None:
        if self._dialog is not None:
            self._dialog.show_failure(message, hint)

    def _saved(self, _pack: PackInfo) -> None:
        self._models.list_kept()
        self._models.reload()

    def _closed(self) -> None:
        self._dialog = None


def _known_pack(info: ModelInfo) -> KnownPack:
    """A model with its pack; reads the disk."""
    from camviewer.engine.packs import list_packs  # noqa: PLC0415  (hashing, TOML)

    return KnownPack(info, next((pack for pack in list_packs() if pack.id == info.id), None))


def with_recipe(pack: PackInfo, recipe: Recipe) -> PackInfo:
    """The pack with another recipe, written to the disk.

    Raises:
        CamviewerError: it cannot be carried out or written.
    """
    from camviewer.engine.packs import edit_pack  # noqa: PLC0415  (hashing, TOML)

    return edit_pack(pack, recipe=recipe)
