"""The box that lists the methods under their heads, those that are not defined with the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QPainter, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from camviewer.engine.results.messages import MethodInfo
from camviewer.ui.explain.progress_row import forecast_words
from camviewer.ui.style.theme import current_tokens
from camviewer.ui.widgets.plain_text import in_tip

_UNNAMED = "…"
_METHOD_ID = Qt.ItemDataRole.UserRole + 1
_REFUSED = Qt.ItemDataRole.UserRole + 2
TIME_ROLE = Qt.ItemDataRole.UserRole + 3
_WITH_WAYS_OUT = ("cam",)
"""Methods that are worth choosing where they are not defined: the answer says what to do."""
_MOST_ROWS = 24
_HEAD_PIXELS = 11
_TIME_GAP, _TIME_MARGIN = 24, 8
_LIST_EDGES = 20
_Index = QModelIndex | QPersistentModelIndex


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
        self.setItemDelegate(_RowPainter(self))
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
        self.set_forecasts({})
        self.set_chosen(self._chosen)

    def set_forecasts(self, forecasts: Mapping[str, float]) -> None:
        """Says in the list how many seconds methods will take on this machine."""
        with QSignalBlocker(self):
            for row in range(self.count()):
                seconds = forecasts.get(self.itemData(row, _METHOD_ID), 0.0)
                self.setItemData(row, forecast_words(seconds), TIME_ROLE)

    def set_chosen(self, method_id: str) -> None:
        """Shows the method in use, without a signal."""
        self._chosen = method_id
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findData(method_id, _METHOD_ID))

    def showPopup(self) -> None:
        """Opens the list, wide enough for the times behind the methods."""
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + _LIST_EDGES)
        super().showPopup()

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


class _RowPainter(QStyledItemDelegate):
    """Draws a method with the time that it takes at its right; Qt's own cannot do the latter."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        size = super().sizeHint(option, index)
        time = index.data(TIME_ROLE)
        if time:
            size.setWidth(size.width() + option.fontMetrics.horizontalAdvance(time) + _TIME_GAP)
        return size

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        super().initStyleOption(option, index)
        head = index.data(_METHOD_ID) is None
        if head or index.data(_REFUSED):
            role = QPalette.ColorRole.Text
            option.palette.setColor(role, current_tokens().colour("muted" if head else "disabled"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        time = index.data(TIME_ROLE)
        if time:
            painter.save()
            painter.setFont(option.font)
            painter.setPen(current_tokens().colour("muted"))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(option.rect.adjusted(0, 0, -_TIME_MARGIN, 0), right, time)
            painter.restore()


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
    item.setToolTip(in_tip(refusal or f"{method.summary}\n{method.citation}"))
    item.setData(bool(refusal), _REFUSED)
    item.setEnabled(not refusal or method.id in _WITH_WAYS_OUT)
    return item
