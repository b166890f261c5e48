"""Shows the rows of a view as cards: the picture with its map, and what the model says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QRegion, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from camviewer.ui.review.card_painter import CardPainter
from camviewer.ui.review.card_shape import USUAL, CardShape, fitted_shape
from camviewer.ui.review.gallery_model import GalleryModel
from camviewer.ui.style import notifier, tr

_Index = QModelIndex | QPersistentModelIndex
_Cursor = QAbstractItemView.CursorAction

_SETTLE_MS = 25
"""Delay in ms until thumbnails are asked for, because what only scrolls by needs none."""


class GalleryView(QAbstractItemView):
    """Cards in as many columns as there is room for; it asks for the thumbnails in sight.

    All cards have one size, so nothing is reckoned of those out of sight: Qt's own list lays out
    every row anew, which takes a third of a second for 100,000.

    Signals:
        wanted: (list of row numbers) in sight and without a thumbnail, from above.
        opened: (row number) by a double click or Enter.
        current_moved: (row number).
        selection_moved: how many rows are selected may have changed.
        shape_changed: cards have another size.
    """

    wanted = Signal(object)
    opened = Signal(int)
    current_moved = Signal(int)
    selection_moved = Signal()
    shape_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = GalleryModel(self)
        self._painter = CardPainter(self)
        self._usual = USUAL
        self._side_by_side = 0
        """How many cards are to be seen together; 0 for as many as there are of the usual size."""
        self._anchor = QPersistentModelIndex()
        """The card that a selection of several begins at."""
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._ask_for_seen)
        self._build()

    @property
    def cards(self) -> GalleryModel:
        """The rows that are shown."""
        return self._cards

    @property
    def picture_size(self) -> QSize:
        """Room for the picture on a card, in view pixels."""
        return self._painter.shape.picture

    @property
    def _card_height(self) -> int:
        return self._painter.shape.card.height()

    def set_shape(self, usual: CardShape, side_by_side: int = 0) -> None:
        """Shows cards of this size, or so many as large as they are seen together."""
        self._usual, self._side_by_side = usual, side_by_side
        self._fit_cards()

    @property
    def selected_numbers(self) -> tuple[int, ...]:
        """The selected rows, in their order."""
        chosen = self.selectionModel().selection()
        parts = (chosen.at(part) for part in range(chosen.size()))
        places = (place for part in parts for place in range(part.top(), part.bottom() + 1))
        return tuple(self._cards.number_at(place) for place in sorted(places))

    @property
    def selected_count(self) -> int:
        """How many rows are selected."""
        chosen = self.selectionModel().selection()
        return sum(chosen.at(part).height() for part in range(chosen.size()))

    @property
    def current_number(self) -> int | None:
        """The row that the keyboard is at."""
        index = self.currentIndex()
        return self._cards.number_at(index.row()) if index.isValid() else None

    def seen_places(self) -> range:
        """The places within the view, and a line beyond on either side."""
        height, top = self._card_height, self.verticalOffset()
        return self._places(top // height - 1, (top + self.viewport().height()) // height + 1)

    def go_to(self, number: int) -> None:
        """Makes a row the current one, and scrolls to it."""
        place = self._cards.place_of(number)
        if place is not None:
            self.setCurrentIndex(self._cards.index(place))

    def go_on(self) -> None:
        """Makes the next row the current one; at the last one nothing changes."""
        here = self.currentIndex()
        if here.isValid() and here.row() + 1 < self._cards.rowCount():
            self.setCurrentIndex(self._cards.index(here.row() + 1))

    def ask_again(self) -> None:
        """Asks for the thumbnails in sight, when the last ones are of another look."""
        self._settle.start()

    # -- where cards lie -------------------------------------------------------------------------

    def visualRect(self, index: _Index) -> QRect:
        return next(self._boxes((index.row(),)))[1] if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        line = (point.y() + self.verticalOffset()) // self._card_height
        column = point.x() // self._column_width()
        place = line * self._columns() + column
        if 0 <= column < self._columns() and 0 <= place < self._cards.rowCount():
            return self._cards.index(place)
        return QModelIndex()

    def scrollTo(
        self,
        index: _Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        del hint
        box, bar = self.visualRect(index), self.verticalScrollBar()
        if box.top() < 0:
            bar.setValue(bar.value() + box.top())
        elif box.bottom() > self.viewport().height():
            bar.setValue(bar.value() + box.bottom() - self.viewport().height() + 1)

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: _Index) -> bool:
        del index
        return False

    def moveCursor(self, action: _Cursor, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        del modifiers
        count, columns = self._cards.rowCount(), self._columns()
        if not count:
            return QModelIndex()
        current = self.currentIndex()
        if not current.isValid():
            return self._cards.index(count - 1 if action == _Cursor.MoveEnd else 0)
        page = columns * max(self.viewport().height() // self._card_height, 1)
        steps = {
            _Cursor.MoveLeft: -1,
            _Cursor.MovePrevious: -1,
            _Cursor.MoveRight: 1,
            _Cursor.MoveNext: 1,
            _Cursor.MoveUp: -columns,
            _Cursor.MoveDown: columns,
            _Cursor.MovePageUp: -page,
            _Cursor.MovePageDown: page,
            _Cursor.MoveHome: -count,
            _Cursor.MoveEnd: count,
        }
        place = current.row() + steps[action]
        if action == _Cursor.MoveUp and place < 0:
            place = current.row()
        return self._cards.index(min(max(place, 0), count - 1))

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Selects one card, or in reading order all from the one that was chosen last.

        Args:
            rect: of the viewport; its end is at the card.
            command: extends the selection when it has the flag ``Current``, as Shift does.
        """
        here = self.indexAt(rect.bottomRight())
        if command & QItemSelectionModel.SelectionFlag.Current and self._anchor.isValid():
            here = self.currentIndex()
        elif here.isValid():
            self._anchor = QPersistentModelIndex(here)
        chosen = QItemSelection()
        if here.isValid():
            low, high = sorted((self._anchor.row(), here.row()))
            chosen = QItemSelection(self._cards.index(low), self._cards.index(high))
        self.selectionModel().select(chosen, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for place, box in self._boxes(self.seen_places()):
            if selection.contains(self._cards.index(place)):
                region += box
        return region

    def _boxes(self, places: Iterable[int]) -> Iterator[tuple[int, QRect]]:
        """Each place with its box in the viewport."""
        columns, width = self._columns(), self._column_width()
        height, offset = self._card_height, self.verticalOffset()
        for place in places:
            line, column = divmod(place, columns)
            yield place, QRect(column * width, line * height - offset, width, height)

    def _places(self, first_line: int, last_line: int) -> range:
        """The places in these lines, both included."""
        count, columns = self._cards.rowCount(), self._columns()
        start = min(max(first_line, 0) * columns, count)
        return range(start, max(min((last_line + 1) * columns, count), start))

    def _columns(self) -> int:
        return max(self.viewport().width() // self._painter.shape.card.width(), 1)

    def _column_width(self) -> int:
        return max(self.viewport().width() // self._columns(), 1)

    # -- Qt's events -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        under = self.viewport().mapFromGlobal(self.cursor().pos())
        for place, box in self._boxes(self.seen_places()):
            if not box.intersects(event.rect()):
                continue
            index = self._cards.index(place)
            option = QStyleOptionViewItem()
            option.rect = box
            option.state |= QStyle.StateFlag.State_Enabled
            if self.selectionModel().isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            if index == self.currentIndex() and self.hasFocus():
                option.state |= QStyle.StateFlag.State_HasFocus
            if self.viewport().underMouse() and box.contains(under):
                option.state |= QStyle.StateFlag.State_MouseOver
            self.itemDelegate().paint(painter, option, index)
        painter.end()

    def updateGeometries(self) -> None:
        lines = -(-self._cards.rowCount() // self._columns())
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(lines * self._card_height - height, 0))
        bar.setPageStep(height)
        bar.setSingleStep(self._card_height // 3)
        super().updateGeometries()

    def reset(self) -> None:
        super().reset()
        self.verticalScrollBar().setValue(0)
        self.updateGeometries()
        self.viewport().update()
        self._settle.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = self.current_number
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and number is not None:
            self.opened.emit(number)
        elif event.key() == Qt.Key.Key_Space:
            self.go_on()
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid():
            self.current_moved.emit(self._cards.number_at(current.row()))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.viewport().update()
        self.selection_moved.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        del dx, dy
        self.viewport().update()
        self._settle.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_cards()
        self.updateGeometries()
        self._settle.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settle.start()

    def _ask_for_seen(self) -> None:
        if self.isVisible():
            self.wanted.emit(self._cards.lacking(map(self._cards.number_at, self.seen_places())))

    def _fit_cards(self) -> None:
        shape = self._usual
        if self._side_by_side:
            shape = fitted_shape(self._side_by_side, self.viewport().size(), self._usual)
        if shape != self._painter.shape:
            self._painter.shape = shape
            self.updateGeometries()
            self.viewport().update()
            self.shape_changed.emit()

    def _build(self) -> None:
        self.setModel(self._cards)
        self.setItemDelegate(self._painter)
        self.setProperty("kind", "plain")
        self.setAccessibleName(tr("Pictures of the run"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.entered.connect(lambda _index: self.viewport().update())
        self.viewportEntered.connect(self.viewport().update)
        self.doubleClicked.connect(
            lambda index: self.opened.emit(self._cards.number_at(index.row()))
        )
        notifier().changed.connect(self.viewport().update)
