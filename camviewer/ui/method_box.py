"""The box that lists the methods under their heads, those that are not defined with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QWidget

from camviewer.engine.messages import MethodInfo
from camviewer.ui.theme import current_tokens

_UNNAMED = "…"
_METHOD_ID = Qt.ItemDataRole.UserRole + 1
_REFUSED = Qt.ItemDataRole.UserRole + 2
_WITH_WAYS_OUT = ("cam",)
"""Methods that are worth choosing where they are not defined: the answer says what to do."""
_MOST_ROWS = 24
_HEAD_PIXELS = 11


class MethodBox(QComboBox):
    """Chooses a method."""

    method_chosen = Signal(str)
    """The id of the method that the user chose."""

    refused_chosen = Signal(str)
    """The id of a method that was chosen although it is not defined: there are ways out of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen = ""
        self.setAccessibleName("Method")
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(_MOST_ROWS)
        self.setPlaceholderText(_UNNAMED)
        self.currentIndexChanged.connect(self._on_row)

    def set_methods(self, methods: Sequence[tuple[MethodInfo, str]]) -> None:
        """Lists methods, each with why this model does not allow it; empty when it does."""
        model = QStandardItemModel(self)
        group = ""
        for method, refusal in methods:
            if method.group and method.group != group:
                group = method.group
                model.appendRow(_head_item(group))
            model.appendRow(_method_item(method, refusal))
        with QSignalBlocker(self):
            self.setModel(model)
        self.set_chosen(self._chosen)

    def set_chosen(self, method_id: str) -> None:
        """Shows the method in use, without a signal."""
        self._chosen = method_id
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findData(method_id, _METHOD_ID))

    def _on_row(self, row: int) -> None:
        method_id = self.itemData(row, _METHOD_ID)
        if method_id is None or method_id == self._chosen:
            return
        if self.itemData(row, _REFUSED):
            self.set_chosen(self._chosen)  # what is in use stays in use
            self.refused_chosen.emit(method_id)
        else:
            self._chosen = method_id
            self.method_chosen.emit(method_id)


def _head_item(title: str) -> QStandardItem:
    item = QStandardItem(title.upper())
    item.setEnabled(False)
    font = QFont()
    font.setPixelSize(_HEAD_PIXELS)
    font.setWeight(QFont.Weight.DemiBold)
    item.setFont(font)
    return item


def _method_item(method: MethodInfo, refusal: str) -> QStandardItem:
    item = QStandardItem(method.title)
    item.setData(method.id, _METHOD_ID)
    item.setToolTip(refusal or f"{method.summary}\n{method.citation}")
    item.setData(bool(refusal), _REFUSED)
    item.setEnabled(not refusal or method.id in _WITH_WAYS_OUT)
    if refusal:
        item.setForeground(current_tokens().colour("disabled"))
    return item
