"""The commands of the menu Explain that change which map is looked at."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from camviewer.engine.geometry import PlacementMode
from camviewer.ui.state import Exploration


class ExplainCommands(QObject):
    """Changes the request, and answers where a method is not defined.

    Args:
        window: the dialogs' parent.
        exploration: takes the requests.
        train: opens the training, which is a way out.
    """

    def __init__(self, window: QWidget, exploration: Exploration, train: QAction) -> None:
        super().__init__(window)
        self._window = window
        self._exploration = exploration
        self._train = train

    def choose_placement(self, mode: PlacementMode) -> None:
        """Gives the network the picture in another way."""
        self._exploration.set_request(replace(self._exploration.request, mode=mode))

    def set_nominal(self, nominal: bool) -> None:
        """Draws the cells at their nominal centres, or where they look."""
        self._exploration.set_request(replace(self._exploration.request, nominal=nominal))

    def next_method(self) -> None:
        """Takes the next method that is defined."""
        ready = self._exploration.models.ready
        usable = [] if ready is None else [method.id for method, why in ready.methods if not why]
        if usable:
            current = self._exploration.request.method
            place = usable.index(current) + 1 if current in usable else 0
            self.choose_method(usable[place % len(usable)])

    def show_ways_out(self, refused: str) -> None:
        """Says why a method is not defined for this model, and offers what can be done."""
        from camviewer.ui.help import WaysOutDialog  # noqa: PLC0415  (start-up)

        ready = self._exploration.models.ready
        if ready is None:
            return
        refusals = {method.id: why for method, why in ready.methods}
        other = next((m for m, _ in ready.methods if m.stands_in_for == refused), None)
        dialog = WaysOutDialog(
            ready.info.title,
            refusals.get(refused, ready.info.cam_refusal),
            "" if other is None else refusals[other.id],
            True,
            self._window,
        )
        if other is not None:
            dialog.convolutional_chosen.connect(lambda: self.choose_method(other.id))
        dialog.training_chosen.connect(self._train.trigger)
        dialog.open()

    def choose_method(self, method: str) -> None:
        """Takes a method, with its options as they are at first."""
        request = self._exploration.request
        self._exploration.set_request(replace(request, method=method, options=()))

    def choose_layer(self, layer: str) -> None:
        """Makes the map on another layer."""
        self._exploration.set_request(replace(self._exploration.request, layer=layer))
