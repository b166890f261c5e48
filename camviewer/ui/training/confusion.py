"""Draws which class was taken for which, and how often."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from camviewer.ui.style import theme, tr
from camviewer.ui.widgets.keys_and_tips import show_tip

_HEAD = 22.0
_GAP = 1.0
_LARGEST_CELL = 60.0
_NUMBER_NEEDS = 17.0
_LONGEST_NAME = 150.0
_SHARE_WIDTH = 48.0


class ConfusionView(QWidget):
    """A row for each true class, a column for each predicted one; the diagonal is right.

    A cell is the stronger, the larger its share of the row. At its left stands how many of the
    row's pictures were found.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._classes: tuple[str, ...] = ()
        self._counts: tuple[tuple[int, ...], ...] = ()
        self.setMinimumSize(260, 120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Confusion matrix"))
        theme.notifier().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(420, round(_HEAD + 30 * max(len(self._classes), 4)))

    def show_counts(self, classes: tuple[str, ...], counts: tuple[tuple[int, ...], ...]) -> None:
        """Takes the names, and [true class][predicted class] pictures."""
        self._classes, self._counts = classes, counts
        rows = (f"{name} {self._found(row)}" for row, name in enumerate(classes))
        self.setAccessibleDescription(tr("Found: {rows}").format(rows=", ".join(rows)))
        self.updateGeometry()
        self.update()

    def words_at(self, position: QPoint) -> str:
        """What is to be said of the cell under a point; empty beside the cells."""
        cell = self._cell
        column = int((position.x() - self._left) // cell) if cell else -1
        row = int((position.y() - _HEAD) // cell) if cell else -1
        count = len(self._classes)
        if not (0 <= row < count and 0 <= column < count):
            return ""
        found, total = self._counts[row][column], sum(self._counts[row])
        true, said = self._classes[row], self._classes[column]
        words = (
            tr("{row}: {count} of {total} found ({share})")
            if row == column
            else tr("{row}: {count} of {total} taken for {column} ({share})")
        )
        share = f"{found / max(total, 1):.0%}"
        return words.format(row=true, column=said, count=found, total=total, share=share)

    def cell_box(self, row: int, column: int) -> QRectF:
        """Where a cell lies in the widget."""
        cell = self._cell
        return QRectF(self._left + column * cell, _HEAD + row * cell, cell, cell)

    def event(self, event: object) -> bool:
        if isinstance(event, QHelpEvent):
            show_tip(event, self.words_at(event.pos()), self)
            return True
        return super().event(event)  # type: ignore[arg-type]

    # -- painting ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_names(painter)
        cell, tokens = self._cell, theme.current_tokens()
        painter.setFont(theme.font(11))
        for row, counts in enumerate(self._counts):
            total = max(sum(counts), 1)
            for column, count in enumerate(counts):
                box = self.cell_box(row, column)
                inner = box.adjusted(_GAP, _GAP, -_GAP, -_GAP)
                share = count / total
                painter.fillRect(inner, tokens.colour("window"))
                painter.fillRect(inner, tokens.colour("accent", round(255 * share)))
                if count and cell >= _NUMBER_NEEDS:
                    painter.setPen(tokens.colour("on_accent" if share > 0.55 else "text"))
                    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{count}")
        painter.end()

    def _paint_names(self, painter: QPainter) -> None:
        tokens, cell = theme.current_tokens(), self._cell
        painter.setFont(theme.font(12))
        metrics = QFontMetricsF(painter.font())
        name_width = self._left - _SHARE_WIDTH - 8
        elide = Qt.TextElideMode.ElideRight
        painter.setPen(tokens.colour("muted"))
        painter.drawText(
            QRectF(0, 0, self._left - 8, _HEAD - 4), Qt.AlignmentFlag.AlignRight, "found"
        )
        if cell < 12:
            return
        for index, name in enumerate(self._classes):
            y, x = _HEAD + index * cell, self._left + index * cell
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.setPen(tokens.colour("text"))
            painter.drawText(
                QRectF(0, y, name_width, cell),
                middle,
                metrics.elidedText(name, elide, name_width),
            )
            painter.drawText(
                QRectF(name_width, y, _SHARE_WIDTH, cell),
                middle | Qt.AlignmentFlag.AlignRight,
                self._found(index),
            )
            painter.setPen(tokens.colour("muted"))
            painter.drawText(
                QRectF(x, 0, cell, _HEAD - 4),
                Qt.AlignmentFlag.AlignHCenter,
                metrics.elidedText(name, elide, cell - 2) if cell > 30 else "",
            )

    @property
    def _left(self) -> float:
        """Where the cells begin."""
        metrics = QFontMetricsF(theme.font(12))
        widest = max((metrics.horizontalAdvance(name) for name in self._classes), default=0.0)
        return min(widest, _LONGEST_NAME) + _SHARE_WIDTH + 16

    @property
    def _cell(self) -> float:
        count = max(len(self._classes), 1)
        room = min(self.width() - self._left, self.height() - _HEAD)
        return max(min(room / count, _LARGEST_CELL), 0.0)

    def _found(self, row: int) -> str:
        counts = self._counts[row]
        return f"{counts[row] / max(sum(counts), 1):.0%}"
