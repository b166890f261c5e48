"""Opens the dialog for runs, and asks before the program quits while work goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from camviewer.ui.state import Exploration
from camviewer.ui.style import tr
from camviewer.ui.widgets import wants_to_quit

if TYPE_CHECKING:
    from camviewer.engine.picture.eye_choice import EyeChoice
    from camviewer.ui.runs.dialog import RunDialog


class RunCommands(QObject):
    """Owns the dialog, which lives on when it is hidden.

    Signals:
        review_requested: (Path) the run in this folder is to be looked through.

    Args:
        window: the dialog's parent.
        exploration: the model in use and its methods.
        folder: where to begin to look for pictures.
        eye: which values overlays show from black to white, where the user keeps it.
    """

    review_requested = Signal(object)

    def __init__(
        self,
        window: QWidget,
        exploration: Exploration,
        folder: Callable[[], Path],
        eye: Callable[[], EyeChoice | None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._exploration = exploration
        self._folder, self._eye = folder, eye
        self._dialog: RunDialog | None = None
        exploration.model_ready.connect(self._show_model)

    @property
    def dialog(self) -> RunDialog | None:
        """None until it was opened once."""
        return self._dialog

    def open(self) -> None:
        """Shows the dialog, with the model and the method in use."""
        dialog = self._dialog or self._made()
        if not dialog.busy and not dialog.shows_work:
            request = self._exploration.request
            dialog.form.choose_target(request.target)
            dialog.form.choose_method(request.method)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def open_over(self, source: Path) -> None:
        """Shows the dialog with a folder or a list of pictures filled in."""
        self.open()
        if self._dialog is not None and not self._dialog.shows_work:
            self._dialog.form.look_at(source)

    def may_close(self) -> bool:
        """Whether the program may end; asks while a run or an export goes on."""
        if self._dialog is None:
            return True
        if self._dialog.busy:
            return wants_to_quit(
                self._window,
                tr("A run goes on"),
                tr(
                    "Quit all the same? The rows that are written are kept, and the run can go on "
                    "the next time: File > Run over a folder."
                ),
            )
        return not self._dialog.export.running or wants_to_quit(
            self._window,
            tr("An export goes on"),
            tr("Quit all the same? The export stays unfinished, and has to be begun again."),
        )

    def shut_down(self) -> None:
        """Stops what is running, so that it can go on later."""
        if self._dialog is not None:
            self._dialog.shut_down()
            self._dialog.close()

    def _made(self) -> RunDialog:
        from camviewer.ui.runs.dialog import RunDialog  # noqa: PLC0415  (start-up)

        self._dialog = RunDialog(
            self._folder, self._exploration.pictures.ranges.within, self._eye, self._window
        )
        self._dialog.review_requested.connect(self.review_requested)
        self._show_model()
        return self._dialog

    def _show_model(self) -> None:
        ready = self._exploration.models.ready
        if self._dialog is not None and ready is not None:
            self._dialog.form.set_model(ready.info, ready.methods)
