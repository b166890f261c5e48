"""A popup to search the methods in: those used last first, then all of them under their heads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QPainter, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from camviewer.engine.results import MethodInfo
from camviewer.ui.explain.progress_row import forecast_words
from camviewer.ui.style import current_tokens, mark, tr, translated
from camviewer.ui.widgets import SearchPopup, in_tip

METHOD_ID = Qt.ItemDataRole.UserRole + 1
REFUSED = Qt.ItemDataRole.UserRole + 2
TIME_ROLE = Qt.ItemDataRole.UserRole + 3
_SOUGHT = Qt.ItemDataRole.UserRole + 4
_RECENT = mark("Used last")
_ROW_HEIGHT, _HEAD_HEIGHT = 28, 30
_HEAD_PIXELS = 11
_TIME_MARGIN = 8
_SIZE = QSize(340, 480)
_ROW_STYLE = "QListView::item { border-radius: 4px; padding: 0 8px; min-height: 0; }"
_Index = QModelIndex | QPersistentModelIndex


class MethodList(SearchPopup):
    """A search field over the methods; those that are not defined are grey and say why."""

    method_taken = Signal(str)
    """The id of the method that was clicked, or taken with Enter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._list = QListView()
        super().__init__(self._list, _SOUGHT, tr("Find a method"), tr("No method matches."), parent)
        self.setAccessibleName(tr("Methods"))
        self._model = QStandardItemModel(self)
        self.proxy.setSourceModel(self._model)
        self._list.setProperty("kind", "plain")
        self._list.setAccessibleName(tr("Methods"))
        self._list.setStyleSheet(_ROW_STYLE)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setItemDelegate(_RowPainter(self._list))

    @property
    def view(self) -> QListView:
        """The list itself."""
        return self._list

    def open_below(
        self,
        anchor: QWidget,
        methods: Sequence[tuple[MethodInfo, str]],
        forecasts: Mapping[str, float],
        chosen: str,
        recent: Sequence[str],
    ) -> None:
        """Opens under a widget, with the method in use marked.

        Args:
            anchor: the widget.
            methods: each with why it is not defined; empty when it is.
            forecasts: seconds that slow ones take, by their ids.
            chosen: id of the one in use.
            recent: ids of those that were used, the last one first.
        """
        self._model.clear()
        known = {method.id: (method, refusal) for method, refusal in methods}
        stood_in_for = {method.stands_in_for for method, _ in methods}
        used = [known[method_id] for method_id in recent if method_id in known]
        rows = [(tr(_RECENT), *entry) for entry in used]
        rows += [(method.group, method, refusal) for method, refusal in methods]
        head = ""
        for title, method, refusal in rows:
            if title and title != head:
                head = title
                self._model.appendRow(head_item(head))
            item = method_item(method, refusal, forecasts, has_way_out=method.id in stood_in_for)
            self._model.appendRow(item)
        self.show_below(anchor, _SIZE)
        self._mark(chosen)

    def first_hit(self) -> QModelIndex:
        """The first method that is left and can be chosen."""
        rows = (self.proxy.index(row, 0) for row in range(self.proxy.rowCount()))
        return next((index for index in rows if _can_be_taken(index)), QModelIndex())

    def take(self, index: QModelIndex) -> None:
        """Chooses a method."""
        if _can_be_taken(index):
            self.close()
            self.method_taken.emit(index.data(METHOD_ID))

    def searched(self) -> None:
        """A method that is sought is named once, not among those used last as well."""
        seeking = bool(self.search_field.text().strip())
        seen: set[str] = set()
        for row in range(self.proxy.rowCount()):
            method_id = self.proxy.index(row, 0).data(METHOD_ID)
            self._list.setRowHidden(row, seeking and method_id in seen)
            seen.add(method_id)

    def _mark(self, method_id: str) -> None:
        for row in range(self.proxy.rowCount()):
            index = self.proxy.index(row, 0)
            if index.data(METHOD_ID) == method_id:
                self._list.setCurrentIndex(index)
                self._list.scrollTo(index)
                return


def head_item(title: str) -> QStandardItem:
    """The head of a group, which cannot be chosen."""
    item = QStandardItem(translated(title).upper())
    item.setEnabled(False)
    item.setSizeHint(QSize(0, _HEAD_HEIGHT))
    font = QFont()
    font.setPixelSize(_HEAD_PIXELS)
    font.setWeight(QFont.Weight.DemiBold)
    item.setFont(font)
    return item


def method_item(
    method: MethodInfo,
    refusal: str,
    forecasts: Mapping[str, float] | None = None,
    *,
    has_way_out: bool = False,
) -> QStandardItem:
    """A method, with the seconds that it takes where that is worth a word.

    Args:
        method: the method.
        refusal: why it is not defined; empty when it is.
        forecasts: seconds that slow ones take, by their ids.
        has_way_out: whether it can be chosen although it is not defined: the answer says what can
            be done instead.
    """
    time = forecast_words((forecasts or {}).get(method.id, 0.0))
    refusal = translated(refusal)
    item = QStandardItem(method.title)
    item.setData(method.id, METHOD_ID)
    item.setData(f"{method.title} {method.id} {method.group}", _SOUGHT)
    item.setData(time, TIME_ROLE)
    item.setData(bool(refusal), REFUSED)
    item.setToolTip(in_tip(refusal or f"{translated(method.summary)}\n{method.citation}"))
    item.setEnabled(not refusal or has_way_out)
    item.setEditable(False)
    item.setSizeHint(QSize(0, _ROW_HEIGHT))
    told = (
        method.title,
        tr("takes {time}").format(time=time) if time else "",
        tr("not defined: {refusal}").format(refusal=refusal),
    )
    item.setAccessibleText(", ".join(words for words in told[: 3 if refusal else 2] if words))
    return item


class _RowPainter(QStyledItemDelegate):
    """Draws a method with the time that it takes at its right; Qt's own cannot do the latter."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        super().initStyleOption(option, index)
        head = index.data(METHOD_ID) is None
        if head or index.data(REFUSED):
            role = QPalette.ColorRole.Text
            option.palette.setColor(role, current_tokens().colour("muted" if head else "disabled"))
        if head:
            option.displayAlignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom

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


def _can_be_taken(index: QModelIndex) -> bool:
    enabled = bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)
    return index.isValid() and enabled and index.data(METHOD_ID) is not None
