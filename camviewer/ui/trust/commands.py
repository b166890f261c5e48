"""Connects what is asked about trust with the model's thread: card, comparison, region."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QWidget

from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.render.overlay import Look
from camviewer.engine.results.messages import Explanation, MethodInfo
from camviewer.engine.trust.messages import Comparison, TrustCard, TrustOptions
from camviewer.engine.trust.region import Region, RegionScore
from camviewer.engine.trust.sanity import SanityCheck
from camviewer.ui.state.explorer import Exploration
from camviewer.ui.trust.compare_dialog import CompareDialog
from camviewer.ui.trust.panel import State, TrustPanel
from camviewer.ui.trust.queries import (
    COMPARE,
    REGION,
    SANITY,
    TRUST,
    AskComparison,
    AskRegion,
    AskSanity,
    AskTrust,
)
from camviewer.ui.trust.region_tool import RegionTool
from camviewer.ui.work.model_client import ModelDesk


class TrustCommands(QObject):
    """Asks for what the trust panel, the comparison and the region tool want to show.

    Args:
        window: the parent of the comparison.
        exploration: tells which picture and map are shown.
        model: answers the questions.
        panel: shows cards.
        dock: holds the panel.
        region_tool: draws regions on the picture.
        region_action: takes the tool up.
        look: gives the colours in which maps are shown.

    Attributes:
        options: how much may be spent on a card.
    """

    def __init__(
        self,
        window: QWidget,
        exploration: Exploration,
        model: ModelDesk,
        *,
        panel: TrustPanel,
        dock: QDockWidget,
        region_tool: RegionTool,
        region_action: QAction,
        look: Callable[[], Look],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._exploration = exploration
        self._region_action = region_action
        self._look = look
        self._model = model
        self._panel = panel
        self._dock = dock
        self.options = TrustOptions()
        self._methods: tuple[tuple[MethodInfo, str], ...] = ()
        self._dialog: CompareDialog | None = None
        self._tool = region_tool
        model.partly.connect(self._take)
        model.answered.connect(self._take)
        model.dropped.connect(self._dropped)
        model.failed.connect(lambda kind, _message, _hint: self._dropped(kind))
        panel.measure_requested.connect(self.measure)
        panel.stop_requested.connect(self.stop)
        panel.sanity_requested.connect(self.check_sanity)
        panel.sanity_stop_requested.connect(self._stop_sanity)
        panel.compare_requested.connect(self.compare)
        exploration.model_ready.connect(self._know_methods)
        exploration.explanation_changed.connect(self._map_changed)
        exploration.picture_shown.connect(lambda _: self._new_picture())
        exploration.emptied.connect(self._new_picture)
        self._tool.region_drawn.connect(self._ask_region)
        self._tool.region_removed.connect(lambda: model.give_up(REGION))
        self._tool.active_changed.connect(region_action.setChecked)

    @property
    def dialog(self) -> CompareDialog | None:
        """The comparison, while it is open."""
        return self._dialog

    def show_panel(self) -> None:
        """Opens the panel, and measures the map on screen unless that was done."""
        self._dock.show()
        self._dock.raise_()
        self._panel.focus_button()
        unknown = self._panel.card is None or self._panel.is_stale
        if unknown and self._panel.state is not State.RUNNING:
            self.measure()

    def measure(self) -> None:
        """Measures the map on screen."""
        asked = self._shown()
        if asked is not None:
            self._panel.set_running()
            image, explanation = asked
            self._model.ask(TRUST, AskTrust(image, explanation, self.options))

    def stop(self) -> None:
        """Gives measuring up."""
        self._model.give_up(TRUST)
        self._panel.set_stopped()

    def check_sanity(self) -> None:
        """Sees whether the map on screen depends on the weights."""
        asked = self._shown()
        if asked is not None:
            self._panel.set_checking(True)
            self._model.ask(SANITY, AskSanity(*asked))

    def _stop_sanity(self) -> None:
        self._model.give_up(SANITY)
        self._panel.set_checking(False)

    def draw_region(self) -> None:
        """Takes up the tool that draws a region, or lays it down."""
        self._tool.set_active(self._region_action.isChecked())

    def compare(self) -> None:
        """Opens the comparison of methods."""
        picture = self._exploration.picture
        if picture is None:
            return
        if self._dialog is None:
            dialog = CompareDialog(self._window)
            dialog.start_requested.connect(self._ask_comparison)
            dialog.stop_requested.connect(self._stop_comparison)
            dialog.adopted.connect(self._adopt)
            dialog.destroyed.connect(self._forget_dialog)
            self._dialog = dialog
        self._dialog.set_picture(picture.levels, picture.image.name)
        self._dialog.set_methods(self._methods)
        self._dialog.set_look(self._look())
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()

    def _ask_comparison(self, methods: tuple[str, ...], measure: str) -> None:
        picture = self._exploration.picture
        if picture is not None:
            request = self._exploration.request
            question = AskComparison(picture.image, request, methods, measure)
            self._model.ask(COMPARE, question, interrupts=(TRUST, SANITY))

    def _stop_comparison(self) -> None:
        self._model.give_up(COMPARE)
        if self._dialog is not None:
            self._dialog.set_stopped()

    def _adopt(self, explanation: Explanation) -> None:
        """Shows the map of a method that was chosen in the comparison."""
        wanted, request = explanation.request, self._exploration.request
        layer = request.layer if explanation.method.fixed_layer else wanted.layer
        request = replace(request, method=wanted.method, layer=layer, options=wanted.options)
        self._exploration.set_request(request)

    def _ask_region(self, region: Region) -> None:
        asked = self._shown()
        if asked is not None:
            question = AskRegion(*asked, region)
            self._model.ask(REGION, question, interrupts=(TRUST, SANITY, COMPARE))

    def _shown(self) -> tuple[SourceImage, Explanation] | None:
        """The picture and its map, once that is made."""
        explored = self._exploration
        picture, explanation = explored.picture, explored.explanation
        if picture is None or explanation is None or explanation.underway:
            return None
        return picture.image, explanation

    def _take(self, _kind: str, answer: object) -> None:
        if isinstance(answer, TrustCard):
            self._panel.show_card(answer)
        elif isinstance(answer, SanityCheck):
            self._panel.show_check(answer)
        elif isinstance(answer, Comparison) and self._dialog is not None:
            self._dialog.show_comparison(answer)
        elif isinstance(answer, RegionScore):
            self._tool.show_score(answer)

    def _dropped(self, kind: str) -> None:
        if kind == TRUST:
            self._panel.set_stopped()
        elif kind == SANITY:
            self._panel.set_checking(False)
        elif kind == COMPARE and self._dialog is not None:
            self._dialog.set_stopped()
        elif kind == REGION:
            self._tool.show_score(None)

    def _know_methods(
        self, _info: object, methods: tuple[tuple[MethodInfo, str], ...], _devices: object
    ) -> None:
        self._methods = methods
        self._tool.remove()
        self._panel.clear()
        if self._dialog is not None:
            self._dialog.close()

    def _map_changed(self, explanation: Explanation | None) -> None:
        self._panel.set_current(explanation)
        self._tool.set_seen(None if explanation is None else explanation.placement.box)
        region = self._tool.region
        if explanation is not None and region is not None:
            self._ask_region(region)

    def _new_picture(self) -> None:
        self._tool.remove()
        self._panel.clear()
        if self._dialog is not None:
            self._dialog.close()

    def _forget_dialog(self) -> None:
        self._dialog = None
