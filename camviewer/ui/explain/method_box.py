"""The box that names the method in use and opens the list to choose another one from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QWidget

from camviewer.engine.results import MethodInfo
from camviewer.ui.explain.method_list import MethodList, method_item
from camviewer.ui.explain.progress_row import forecast_words
from camviewer.ui.style import tr
from camviewer.ui.widgets.headed_list import DETAIL, KEY, REFUSED, head_item
from camviewer.ui.widgets.quiet_combo import PopupCombo

_UNNAMED = "…"
_REMEMBERED = 4
"""Maximum number of methods under *Used last*, the one in use among them."""


class MethodBox(PopupCombo):
    """Looks like a combo box, and opens a list to search in place of its own."""

    method_chosen = Signal(str)
    """The id of the method that the user chose."""

    recent_changed = Signal(list)
    """The ids of the methods that were used last, the last one first."""

    refused_chosen = Signal(str)
    """The id of a method that was chosen although it is not defined: there are ways out of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen = ""
        self._methods: tuple[tuple[MethodInfo, str], ...] = ()
        self._forecasts: dict[str, float] = {}
        self._recent: list[str] = []
        self._popup: MethodList | None = None
        self.setAccessibleName(tr("Method"))
        self.setMinimumContentsLength(8)
        self.setPlaceholderText(_UNNAMED)
        self.currentIndexChanged.connect(self._on_row)

    @property
    def popup(self) -> MethodList:
        """The list, which is made when it is first wanted."""
        if self._popup is None:
            self._popup = MethodList(self)
            self._popup.method_taken.connect(self._on_taken)
        return self._popup

    def set_methods(self, methods: Sequence[tuple[MethodInfo, str]]) -> None:
        """Lists methods, each with why this model does not allow it; empty when it does."""
        self._methods = tuple(methods)
        model = QStandardItemModel(self)
        stood_in_for = {method.stands_in_for for method, _ in methods}
        group = ""
        for method, refusal in methods:
            if method.group and method.group != group:
                group = method.group
                model.appendRow(head_item(group))
            has_way_out = method.id in stood_in_for
            model.appendRow(method_item(method, refusal, has_way_out=has_way_out))
        with QSignalBlocker(self):
            self.setModel(model)
        self.set_forecasts({})
        self.set_chosen(self._chosen)

    def set_recent(self, recent: Sequence[str]) -> None:
        """Takes the ids of the methods that were used last, the last one first."""
        self._recent = list(recent)[:_REMEMBERED]

    def set_forecasts(self, forecasts: Mapping[str, float]) -> None:
        """Says in the list how many seconds methods will take on this machine."""
        self._forecasts = dict(forecasts)
        with QSignalBlocker(self):
            for row in range(self.count()):
                seconds = forecasts.get(self.itemData(row, KEY), 0.0)
                self.setItemData(row, forecast_words(seconds), DETAIL)

    def set_chosen(self, method_id: str) -> None:
        """Shows the method in use, without a signal."""
        self._chosen = method_id
        if method_id and method_id in {method.id for method, _ in self._methods}:
            others = [used for used in self._recent if used != method_id]
            recent = [method_id, *others][:_REMEMBERED]
            if recent != self._recent:
                self._recent = recent
                self.recent_changed.emit(recent)
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findData(method_id, KEY))

    def showPopup(self) -> None:
        """Opens the list; what was used last comes first once there is a choice among it."""
        if self._methods:
            recent = self._recent if len(self._recent) > 1 else ()
            self.popup.open_below(self, self._methods, self._forecasts, self._chosen, recent)

    def _on_taken(self, method_id: str) -> None:
        self.setCurrentIndex(self.findData(method_id, KEY))

    def _on_row(self, row: int) -> None:
        method_id = self.itemData(row, KEY)
        if method_id is None or method_id == self._chosen:
            return
        if self.itemData(row, REFUSED):
            self.set_chosen(self._chosen)  # what is in use stays in use
            self.refused_chosen.emit(method_id)
        else:
            self.set_chosen(method_id)
            self.method_chosen.emit(method_id)
