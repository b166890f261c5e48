"""A popup to search a list in whose rows stand under heads, each with a word at its right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from camviewer.ui.style import current_tokens, translated
from camviewer.ui.widgets.search_popup import SearchPopup

KEY = Qt.ItemDataRole.UserRole + 1
REFUSED = Qt.ItemDataRole.UserRole + 2
DETAIL = Qt.ItemDataRole.UserRole + 3
SOUGHT = Qt.ItemDataRole.UserRole + 4
_ROW_HEIGHT, _HEAD_HEIGHT = 28, 30
_HEAD_PIXELS = 11
_MARGIN = 8
_GAP = 24
# The theme's rows are too low for one line with a mark around it.
_ROW_STYLE = "QListView::item { border-radius: 4px; padding: 0 8px; min-height: 0; }"
_Index = QModelIndex | QPersistentModelIndex


class HeadedList(SearchPopup):
    """A search field over rows under heads; a subclass says what taking a row does.

    Args:
        name: what a screen reader calls the list.
        placeholder: what the field is for.
        nothing: is said where nothing matches.
        parent: the widget that it opens under, or one above.
    """

    def __init__(
        self, name: str, placeholder: str, nothing: str, parent: QWidget | None = None
    ) -> None:
        self._list = QListView()
        super().__init__(self._list, SOUGHT, placeholder, nothing, parent)
        self.setAccessibleName(name)
        self.rows = QStandardItemModel(self)
        self.proxy.setSourceModel(self.rows)
        self._list.setProperty("kind", "plain")
        self._list.setAccessibleName(name)
        self._list.setStyleSheet(_ROW_STYLE)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setItemDelegate(_RowPainter(self._list))

    @property
    def view(self) -> QListView:
        """The list itself."""
        return self._list

    def first_hit(self) -> QModelIndex:
        """The first row that is left and can be taken."""
        rows = (self.proxy.index(row, 0) for row in range(self.proxy.rowCount()))
        return next((index for index in rows if can_be_taken(index)), QModelIndex())

    def is_uppermost(self, index: QModelIndex) -> bool:
        """Whether no row that the keyboard could lead to stands above this one."""
        rows = (self.proxy.index(row, 0) for row in range(index.row()))
        return not any(bool(row.flags() & Qt.ItemFlag.ItemIsEnabled) for row in rows)

    def searched(self) -> None:
        """What is sought is named once, not among those used last as well."""
        seeking = bool(self.search_field.text().strip())
        seen: set[str] = set()
        for row in range(self.proxy.rowCount()):
            key = self.proxy.index(row, 0).data(KEY)
            self._list.setRowHidden(row, seeking and key in seen)
            seen.add(key)

    def mark(self, key: str) -> None:
        """Marks a row and scrolls to it."""
        for row in range(self.proxy.rowCount()):
            index = self.proxy.index(row, 0)
            if index.data(KEY) == key:
                self._list.setCurrentIndex(index)
                self._list.scrollTo(index)
                return


def can_be_taken(index: QModelIndex) -> bool:
    """Whether it is a row, and one that is allowed."""
    enabled = bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)
    return index.isValid() and enabled and index.data(KEY) is not None


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


def row_item(title: str, key: str, detail: str, *, sought: str, refused: bool) -> QStandardItem:
    """A row.

    Args:
        title: at the left.
        key: what it is told apart by.
        detail: at the right, muted.
        sought: what a search finds it by.
        refused: whether it is dimmed.
    """
    item = QStandardItem(title)
    item.setData(key, KEY)
    item.setData(sought, SOUGHT)
    item.setData(detail, DETAIL)
    item.setData(refused, REFUSED)
    item.setEditable(False)
    item.setSizeHint(QSize(0, _ROW_HEIGHT))
    return item


class _RowPainter(QStyledItemDelegate):
    """Draws a row with its detail at its right; Qt's own cannot do the latter."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        super().initStyleOption(option, index)
        head = index.data(KEY) is None
        if head or index.data(REFUSED):
            role = QPalette.ColorRole.Text
            option.palette.setColor(role, current_tokens().colour("muted" if head else "disabled"))
        if head:
            option.displayAlignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        detail = index.data(DETAIL)
        if detail:
            painter.save()
            painter.setFont(option.font)
            painter.setPen(current_tokens().colour("muted"))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            box = option.rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
            title = option.fontMetrics.horizontalAdvance(str(index.data()))
            room = max(box.width() - title - _GAP, 0)
            words = option.fontMetrics.elidedText(detail, Qt.TextElideMode.ElideRight, room)
            painter.drawText(box, right, words)
            painter.restore()
