"""Opens the training dialog, lists the trained model, and asks before the program quits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from camviewer.ui.state import ModelChoice
from camviewer.ui.style import tr
from camviewer.ui.widgets import wants_to_quit
from camviewer.ui.work import EMBEDDED, EMBEDDED_TITLE, KeptModels

if TYPE_CHECKING:
    from camviewer.ui.training.dialog import TrainingDialog


class TrainingCommands(QObject):
    """Owns the dialog, which lives on when it is hidden.

    Args:
        window: the dialog's parent.
        models: the model in use, and those that are kept.
    """

    def __init__(self, window: QWidget, models: ModelChoice) -> None:
        super().__init__(window)
        self._window = window
        self._model_choice = models
        self._dialog: TrainingDialog | None = None
        self._models: list[tuple[str, str]] = [(EMBEDDED, EMBEDDED_TITLE)]
        models.listed.connect(self._know_models)

    @property
    def dialog(self) -> TrainingDialog | None:
        """None until it was opened once."""
        return self._dialog

    def open(self) -> None:
        """Shows the dialog, with the model that is being asked as the base."""
        info = self._model_choice.info
        chosen = EMBEDDED if info is None else info.id
        dialog = self._dialog or self._made(chosen)
        if not dialog.busy:
            dialog.form.choose_base(chosen)
        self._model_choice.list_kept()
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def may_close(self) -> bool:
        """Whether the program may end; asks while a training runs."""
        if self._dialog is None or not self._dialog.busy:
            return True
        return wants_to_quit(
            self._window,
            tr("A training is running"),
            tr(
                "Quit all the same? What was learnt is kept, and the training can go on the "
                "next time: Model > Train a CAM head."
            ),
        )

    def shut_down(self) -> None:
        """Stops what is running, so that it can go on later."""
        if self._dialog is not None:
            self._dialog.process.shut_down()
            self._dialog.close()

    def _made(self, chosen: str) -> TrainingDialog:
        from camviewer.ui.training.dialog import TrainingDialog  # noqa: PLC0415  (start-up)

        dialog = TrainingDialog(self._window)
        dialog.form.set_models(self._models, chosen)
        dialog.trained.connect(lambda _model: self._model_choice.list_kept())
        dialog.use_requested.connect(self._model_choice.choose)
        self._dialog = dialog
        return dialog

    def _know_models(self, kept: KeptModels) -> None:
        from camviewer.engine.packs import TENSORS  # noqa: PLC0415  (start-up)

        # A whole program cannot be taken apart, so it is no base.
        bases = [(pack.id, pack.title) for pack in kept.sound if pack.format == TENSORS]
        self._models = [(EMBEDDED, EMBEDDED_TITLE), *bases]
        if self._dialog is not None:
            info = self._model_choice.info
            self._dialog.form.set_models(self._models, EMBEDDED if info is None else info.id)
