"""Shows which class was taken for which; a cell, a row or a column leads to its pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from camviewer.ui.review.matrix_cells import Cells
from camviewer.ui.style import theme, tr
from camviewer.ui.widgets.keys_and_tips import ARROWS, show_tip

if TYPE_CHECKING:
    from camviewer.engine.review import ConfusionMatrix

_LARGEST = 44.0
"""Largest side of a cell, in view pixels."""
_NAMES_FROM = 13.0
"""Least side of a cell, in view pixels, for names beside the cells."""
_LINES_FROM = 5.0
_STEP = 1.25
_NOTCH = 120.0
_NAME_WIDTH = 104
_EDGE = 18
"""Width of the strips at left and top that stand for whole rows and columns, in view pixels."""
_CLICK = 4.0
"""Maximum way of the pointer between press and release of a click, in pixels."""


class MatrixView(QAbstractScrollArea):
    """A row for each true class, a column for each predicted one; what is right is the diagonal.

    Ctrl and the wheel, or + and -, zoom; arrow keys move a mark, and Enter chooses its cell.

    Signals:
        chosen: (true class or None, predicted class or None): a cell, a whole row, or a column.

    Args:
        parent: Qt's.
        kind: what rows and columns stand for.
    """

    chosen = Signal(object, object)

    def __init__(self, parent: QWidget | None = None, kind: type[Cells] = Cells) -> None:
        super().__init__(parent)
        self._kind = kind
        self._cells: Cells | None = None
        self._labels: tuple[str, ...] = ()
        self._side = 0.0
        """Side of a cell in view pixels; 0 while the whole matrix is fitted."""
        self._mark = (0, 0)
        self._pressed: QPointF | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("kind", "plain")
        self.setAccessibleName(tr(kind.title))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        theme.notifier().changed.connect(self.viewport().update)

    def sizeHint(self) -> QSize:
        return QSize(300, 300)

    def show_matrix(
        self, matrix: ConfusionMatrix | None, labels: tuple[str, ...], *, shares: bool
    ) -> None:
        """Shows a matrix; in shares of each row, or in counts."""
        another = self._cells is None or matrix is not self._cells.matrix
        self._cells = None if matrix is None else self._kind(matrix, shares=shares)
        self._labels = labels
        if another:
            self._mark, self._side = (0, 0), 0.0
        self._tell_mark()
        self._fit_bars()
        self.viewport().update()

    @property
    def cell_side(self) -> float:
        """Side of a cell in view pixels."""
        return self._side or self._fitted_side()

    def cell_box(self, row: int, column: int) -> QRectF:
        """Where a cell lies in the viewport, by its place in the matrix."""
        side, origin = self.cell_side, self._origin()
        return QRectF(origin.x() + column * side, origin.y() + row * side, side, side)

    def zoom_by(self, factor: float, about: QPointF | None = None) -> None:
        """Zooms about a point of the viewport, its middle when None."""
        if self._cells is None:
            return
        before, origin = self.cell_side, self._origin()
        point = QPointF(self.viewport().rect().center()) if about is None else about
        cell = (point - origin) / before
        side = min(before * factor, _LARGEST)
        self._side = 0.0 if side <= self._fitted_side() else side
        self._fit_bars()
        moved = self._origin() + cell * self.cell_side - point
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + round(moved.x()))
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + round(moved.y()))
        self.viewport().update()

    def words_at(self, point: QPoint) -> str:
        """What is to be said of the cell under a point of the viewport; empty beside the cells."""
        row, column = self._place_at(QPointF(point))
        if self._cells is None or (row is None and column is None):
            return ""
        return self._cells.words(row, column, self._labels)

    # -- events ----------------------------------------------------------------------------------

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            show_tip(event, self.words_at(event.pos()), self)
            return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_bars()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(_STEP ** (event.angleDelta().y() / _NOTCH), event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is None or (event.position() - pressed).manhattanLength() > _CLICK:
            return
        row, column = self._place_at(event.position())
        if row is not None and column is not None:
            self._move_mark(row, column)
        self._choose(row, column)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self._cells is not None and key in ARROWS:
            right, down = ARROWS[key]
            self._move_mark(self._mark[0] + down, self._mark[1] + right)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(*self._mark)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(1 / _STEP)
        else:
            super().keyPressEvent(event)

    # -- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._cells is None:
            return
        painter = QPainter(self.viewport())
        area = self._area()
        painter.save()
        painter.setClipRect(area)
        self._paint_cells(painter, area)
        painter.restore()
        self._paint_names(painter)
        painter.end()

    def _paint_cells(self, painter: QPainter, area: QRectF) -> None:
        assert self._cells is not None  # noqa: S101
        tokens, side, origin = theme.current_tokens(), self.cell_side, self._origin()
        whole = QRectF(origin, origin + QPointF(side, side) * self._cells.count)
        painter.fillRect(whole & area, tokens.colour("window"))
        ratio = self.devicePixelRatioF()
        pooled = max(1, round(1 / (side * ratio)))
        image = self._cells.image(tokens.colour("accent"), pooled)
        reach = QPointF(image.width(), image.height()) * (pooled * side)
        painter.drawImage(QRectF(origin, origin + reach), image, QRectF(image.rect()))
        if side >= _LINES_FROM:
            self._paint_lines(painter, whole & area, side)
        if side >= _NAMES_FROM:
            self._paint_numbers(painter, area)
        if self.hasFocus() and side >= 3.0:
            painter.setPen(QPen(tokens.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.cell_box(*self._mark))

    def _paint_lines(self, painter: QPainter, area: QRectF, side: float) -> None:
        origin = self._origin()
        painter.setPen(QPen(theme.current_tokens().colour("panel"), 1))
        rows, columns = self._places_within(area)
        for column in range(columns.start, columns.stop + 1):
            x = origin.x() + column * side
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        for row in range(rows.start, rows.stop + 1):
            y = origin.y() + row * side
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))

    def _paint_numbers(self, painter: QPainter, area: QRectF) -> None:
        assert self._cells is not None  # noqa: S101
        tokens, side = theme.current_tokens(), self.cell_side
        painter.setFont(theme.font(11 if side >= 24 else 9))
        metrics = QFontMetricsF(painter.font())
        rows, columns = self._places_within(area)
        for row, column in self._cells.filled(rows, columns):
            words = self._cells.number_words(row, column)
            if metrics.horizontalAdvance(words) <= side - 2:
                strong = self._cells.is_strong(row, column)
                painter.setPen(tokens.colour("on_accent" if strong else "text"))
                painter.drawText(self.cell_box(row, column), Qt.AlignmentFlag.AlignCenter, words)

    def _paint_names(self, painter: QPainter) -> None:
        """Names at the left, and strips that stand for whole rows and columns."""
        assert self._cells is not None  # noqa: S101
        tokens, side, area = theme.current_tokens(), self.cell_side, self._area()
        painter.setFont(theme.font(11))
        metrics = QFontMetricsF(painter.font())
        painter.setPen(tokens.colour("muted"))
        painter.drawText(
            QRectF(area.left(), 0, area.width(), _EDGE - 2),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            tr(self._kind.across),
        )
        if side < _NAMES_FROM:
            painter.save()
            painter.translate(_EDGE / 2, area.top())
            painter.rotate(90)
            painter.drawText(QPointF(0, 4), tr(self._kind.down))
            painter.restore()
            return
        rows, _ = self._places_within(area)
        painter.setClipRect(QRectF(0, area.top(), area.left(), area.height()))
        for row in rows:
            box = self.cell_box(row, 0)
            line = QRectF(2, box.top(), area.left() - 8, box.height())
            marked = self.hasFocus() and row == self._mark[0]
            painter.setPen(tokens.colour("accent" if marked else "text"))
            name = self._labels[self._cells.classes[row]]
            painter.drawText(
                line,
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                metrics.elidedText(name, Qt.TextElideMode.ElideRight, line.width()),
            )

    # -- geometry --------------------------------------------------------------------------------

    def _fitted_side(self) -> float:
        """Side of a cell when the whole matrix is seen, with names where they leave room for it."""
        if self._cells is None:
            return 0.0
        width, height = self.viewport().width(), self.viewport().height() - _EDGE
        side = min(width - _NAME_WIDTH, height) / self._cells.count
        if side < _NAMES_FROM:
            side = min(width - _EDGE, height) / self._cells.count
        return min(side, _LARGEST)

    def _area(self) -> QRectF:
        """The part of the viewport that shows cells."""
        left = _NAME_WIDTH if self.cell_side >= _NAMES_FROM else _EDGE
        size = self.viewport().size()
        return QRectF(left, _EDGE, size.width() - left, size.height() - _EDGE)

    def _origin(self) -> QPointF:
        area = self._area()
        return area.topLeft() - QPointF(
            self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        )

    def _fit_bars(self) -> None:
        area = self._area()
        size = 0.0 if self._cells is None else self.cell_side * self._cells.count
        for bar, room in (
            (self.horizontalScrollBar(), area.width()),
            (self.verticalScrollBar(), area.height()),
        ):
            bar.setRange(0, max(round(size - room), 0))
            bar.setPageStep(max(round(room), 1))
            bar.setSingleStep(max(round(self.cell_side), 1))

    def _places_within(self, area: QRectF) -> tuple[range, range]:
        assert self._cells is not None  # noqa: S101
        side, origin, count = self.cell_side, self._origin(), self._cells.count

        def places(start: float, stop: float) -> range:
            return range(max(int(start // side), 0), min(int(stop // side) + 1, count))

        return (
            places(area.top() - origin.y(), area.bottom() - origin.y()),
            places(area.left() - origin.x(), area.right() - origin.x()),
        )

    def _place_at(self, point: QPointF) -> tuple[int | None, int | None]:
        """Row and column under a point; one of them is None on the strips at left and top."""
        if self._cells is None:
            return None, None
        area, side, origin = self._area(), self.cell_side, self._origin()
        row = int((point.y() - origin.y()) // side) if point.y() >= area.top() else None
        column = int((point.x() - origin.x()) // side) if point.x() >= area.left() else None
        count = self._cells.count
        if (row is not None and not 0 <= row < count) or (
            column is not None and not 0 <= column < count
        ):
            return None, None
        return row, column

    # -- the mark --------------------------------------------------------------------------------

    def _move_mark(self, row: int, column: int) -> None:
        assert self._cells is not None  # noqa: S101
        last = self._cells.count - 1
        self._mark = (min(max(row, 0), last), min(max(column, 0), last))
        box, area = self.cell_box(*self._mark), self._area()
        for bar, before, after in (
            (self.horizontalScrollBar(), box.left() - area.left(), box.right() - area.right()),
            (self.verticalScrollBar(), box.top() - area.top(), box.bottom() - area.bottom()),
        ):
            if before < 0:
                bar.setValue(bar.value() + round(before))
            elif after > 0:
                bar.setValue(bar.value() + round(after))
        self._tell_mark()
        self.viewport().update()

    def _tell_mark(self) -> None:
        if self._cells is not None and self._cells.count:
            self.setAccessibleDescription(self._cells.words(*self._mark, self._labels))

    def _choose(self, row: int | None, column: int | None) -> None:
        if self._cells is None or (row is None and column is None):
            return
        classes = self._cells.classes
        self.chosen.emit(
            None if row is None else int(classes[row]),
            None if column is None else int(classes[column]),
        )
