"""Measures the map on screen for the trust panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from camviewer.ui.state import Exploration
from camviewer.ui.trust.queries import CheckSanity, MeasureTrust
from camviewer.ui.widgets import PanelDock
from camviewer.ui.work import ModelClient

if TYPE_CHECKING:
    from camviewer.engine.results import Explanation
    from camviewer.engine.trust import TrustCard, TrustOptions
    from camviewer.ui.trust.panel import TrustPanel


class TrustCommands(QObject):
    """Makes the panel when it is first needed, and asks for what it shows.

    Args:
        dock: holds the panel.
        exploration: tells which picture and map are shown.
        model: measures.

    Attributes:
        options: how much may be spent on a card; the usual when None.

    Signals:
        compare_requested: the comparison of methods is to be opened.
    """

    compare_requested = Signal()

    def __init__(self, dock: PanelDock, exploration: Exploration, model: ModelClient) -> None:
        super().__init__(dock)
        self._dock = dock
        self._exploration = exploration
        self._model = model
        self._panel: TrustPanel | None = None
        self.options: TrustOptions | None = None
        dock.fill_when_shown(self._make_panel)

    @property
    def panel(self) -> TrustPanel:
        """The panel, which is made now if it was never shown."""
        return self._panel or self._make_panel()

    def card_of(self, explanation: Explanation) -> TrustCard | None:
        """What was measured of this map; None when that was not done, or is not finished."""
        card = None if self._panel is None else self._panel.card
        known = card is not None and card.finished and card.explanation is explanation
        return card if known else None

    def show_panel(self) -> None:
        """Opens the panel, and measures the map on screen unless that was done."""
        from camviewer.ui.trust.panel import State  # noqa: PLC0415  (start-up)

        self._dock.show()
        self._dock.raise_()
        self.panel.focus_button()
        unknown = self.panel.card is None or self.panel.is_stale
        if unknown and self.panel.state is not State.RUNNING:
            self.measure()

    def measure(self) -> None:
        """Measures the map on screen."""
        from camviewer.engine.trust import TrustOptions  # noqa: PLC0415  (start-up)

        picture, explanation = self._exploration.picture, self._exploration.finished_map
        if picture is None or explanation is None:
            return
        panel = self.panel
        panel.set_running()
        self._model.ask(
            MeasureTrust(picture.image, explanation, self.options or TrustOptions()),
            panel.show_card,
            partly=panel.show_card,
            failed=lambda _message, _hint: panel.set_stopped(),
            dropped=panel.set_stopped,
        )

    def stop(self) -> None:
        """Gives measuring up."""
        self._model.give_up(MeasureTrust)
        self.panel.set_stopped()

    def check_sanity(self) -> None:
        """Sees whether the map on screen depends on the weights."""
        picture, explanation = self._exploration.picture, self._exploration.finished_map
        if picture is None or explanation is None:
            return
        panel = self.panel
        panel.set_checking(True)
        self._model.ask(
            CheckSanity(picture.image, explanation),
            panel.show_check,
            partly=panel.show_check,
            failed=lambda _message, _hint: panel.set_checking(False),
            dropped=lambda: panel.set_checking(False),
        )

    def _stop_sanity(self) -> None:
        self._model.give_up(CheckSanity)
        self.panel.set_checking(False)

    def _make_panel(self) -> TrustPanel:
        from camviewer.ui.trust.panel import TrustPanel  # noqa: PLC0415  (start-up)

        panel = self._panel = TrustPanel()
        panel.measure_requested.connect(self.measure)
        panel.stop_requested.connect(self.stop)
        panel.sanity_requested.connect(self.check_sanity)
        panel.sanity_stop_requested.connect(self._stop_sanity)
        panel.compare_requested.connect(self.compare_requested)
        explored = self._exploration
        explored.model_ready.connect(panel.clear)
        explored.picture_shown.connect(panel.clear)
        explored.emptied.connect(panel.clear)
        explored.explanation_changed.connect(panel.set_current)
        explanation: Explanation | None = explored.explanation
        panel.set_current(explanation)
        self._dock.fill(panel)
        return panel
