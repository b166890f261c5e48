"""Opens the comparison of methods, and asks for the ranking that it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from camviewer.engine.render import Look
from camviewer.engine.results import Explanation
from camviewer.ui.state import Exploration
from camviewer.ui.trust.queries import RankMethods
from camviewer.ui.work import ModelClient

if TYPE_CHECKING:
    from camviewer.ui.trust.compare_dialog import CompareDialog


class Comparing(QObject):
    """Owns the dialog while it is open; it closes when the picture or the model changes.

    Args:
        window: the dialog's parent.
        exploration: tells which picture is shown.
        model: ranks.
        look: gives the colours in which maps are shown.
    """

    def __init__(
        self,
        window: QWidget,
        exploration: Exploration,
        model: ModelClient,
        look: Callable[[], Look],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._exploration = exploration
        self._model = model
        self._look = look
        self._dialog: CompareDialog | None = None
        exploration.model_ready.connect(self._close)
        exploration.picture_shown.connect(self._close)
        exploration.emptied.connect(self._close)

    @property
    def dialog(self) -> CompareDialog | None:
        """The comparison, while it is open."""
        return self._dialog

    def open(self) -> None:
        """Opens the comparison."""
        picture, ready = self._exploration.picture, self._exploration.models.ready
        if picture is None or ready is None:
            return
        dialog = self._dialog or self._made()
        dialog.set_picture(picture.levels, picture.image.name)
        dialog.set_methods(ready.methods)
        dialog.set_look(self._look())
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _made(self) -> CompareDialog:
        from camviewer.ui.trust.compare_dialog import CompareDialog  # noqa: PLC0415  (start-up)

        dialog = self._dialog = CompareDialog(self._window)
        dialog.start_requested.connect(self._ask)
        dialog.stop_requested.connect(self._stop)
        dialog.adopted.connect(self._adopt)
        dialog.destroyed.connect(self._forget)
        return dialog

    def _ask(self, methods: tuple[str, ...], measure: str) -> None:
        picture, dialog = self._exploration.picture, self._dialog
        if picture is not None and dialog is not None:
            self._model.ask(
                RankMethods(picture.image, self._exploration.request, methods, measure),
                dialog.show_comparison,
                partly=dialog.show_comparison,
                failed=lambda _message, _hint: dialog.set_stopped(),
                dropped=dialog.set_stopped,
            )

    def _stop(self) -> None:
        self._model.give_up(RankMethods)
        if self._dialog is not None:
            self._dialog.set_stopped()

    def _adopt(self, explanation: Explanation) -> None:
        """Shows the map of a method that was chosen in the comparison."""
        wanted, request = explanation.request, self._exploration.request
        layer = request.layer if explanation.method.fixed_layer else wanted.layer
        request = replace(request, method=wanted.method, layer=layer, options=wanted.options)
        self._exploration.set_request(request)

    def _close(self) -> None:
        if self._dialog is not None:
            self._dialog.close()

    def _forget(self) -> None:
        self._model.give_up(RankMethods)  # its answers would go to a dialog that is gone
        self._dialog = None
