"""Draws a histogram with a range of values in it, whose ends can be dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from camviewer.engine.render.number_words import number_words
from camviewer.ui.style import current_tokens, notifier, tr

if TYPE_CHECKING:
    from camviewer.engine.picture.value_histogram import ValueHistogram

_HEIGHT = 72
_FOOT = 8
"""Height of the handles under the bars, in pixels."""
_GRIP = 8.0
"""Distance from an end at which the mouse takes it, in pixels."""
_KEY_STEPS = 100


class HistogramView(QWidget):
    """Bars of the values, and the two ends of a range.

    Signals:
        range_dragged: (low, high) the user moved the ends, in the file's units.
    """

    range_dragged = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: ValueHistogram | None = None
        self._ends = (0.0, 1.0)
        self._held: int | None = None
        self._from = 0.0
        self._can_drag = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Histogram of the values"))
        self.setMouseTracking(True)
        notifier().changed.connect(self.update)

    @property
    def ends(self) -> tuple[float, float]:
        """(low, high) as drawn, in the file's units."""
        return self._ends

    def set_draggable(self, can_drag: bool) -> None:
        """Allows or forbids to move the ends."""
        self._can_drag = can_drag
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if can_drag else Qt.FocusPolicy.NoFocus)
        self.update()

    def show_histogram(self, shown: ValueHistogram | None) -> None:
        """Shows these values with their range; nothing when None."""
        self._shown = shown
        if shown is not None and self._held is None:
            self._ends = shown.range.low, shown.range.high
        self._say_ends()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT)

    def x_of(self, value: float) -> float:
        """Where a value lies, in pixels from the left."""
        if self._shown is None:
            return 0.0
        span = self._shown.high - self._shown.low
        return (value - self._shown.low) / span * self.width()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._can_drag or self._shown is None or event.button() != Qt.MouseButton.LeftButton:
            return
        x = event.position().x()
        distances = [abs(self.x_of(end) - x) for end in self._ends]
        nearest = 0 if distances[0] <= distances[1] else 1
        between = self.x_of(self._ends[0]) < x < self.x_of(self._ends[1])
        if distances[nearest] <= _GRIP or not between:
            self._held = nearest
            self._move_to(x)
        else:
            self._held, self._from = 2, x

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if self._held is None:
            near = self._can_drag and any(abs(self.x_of(end) - x) <= _GRIP for end in self._ends)
            shape = Qt.CursorShape.SplitHCursor if near else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            return
        self._move_to(x)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        self._held = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move the range, with Shift its upper end alone."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or self._shown is None or not self._can_drag:
            super().keyPressEvent(event)
            return
        by = step * (self._shown.high - self._shown.low) / _KEY_STEPS
        low, high = self._ends
        only_upper = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._set_ends(low if only_upper else low + by, high + by)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(0, 0, self.width(), self.height() - _FOOT)
        card = QPainterPath()
        card.addRoundedRect(frame, 6, 6)
        painter.fillPath(card, tokens.colour("canvas"))
        if self._shown is None:
            return
        left, right = (self.x_of(end) for end in self._ends)
        painter.save()
        painter.setClipPath(card)
        inside = QRectF(QPointF(left, 0), QPointF(right, frame.bottom()))
        painter.fillRect(inside, tokens.colour("selected"))
        painter.fillPath(self._bars(frame), tokens.colour("muted"))
        painter.restore()
        painter.setPen(QPen(tokens.colour("accent"), 1.5))
        for x in (left, right):
            painter.drawLine(QPointF(x, 0), QPointF(x, frame.bottom()))
        if self._can_drag:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.colour("accent"))
            for x in (left, right):
                corners = [
                    QPointF(x, frame.bottom() - 1),
                    QPointF(x - 5, self.height() - 0.5),
                    QPointF(x + 5, self.height() - 0.5),
                ]
                painter.drawPolygon(QPolygonF(corners))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(tokens.colour("accent"), 2))
            painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), 6, 6)

    def _bars(self, frame: QRectF) -> QPainterPath:
        """All bars; their heights are square roots, so that rare values are seen beside common."""
        path = QPainterPath()
        if self._shown is None:
            return path
        counts = self._shown.counts
        largest = float(counts.max()) or 1.0
        width = frame.width() / len(counts)
        room = frame.height() - 6
        for number, count in enumerate(counts.tolist()):
            if count:
                height = max(room * (count / largest) ** 0.5, 1.0)
                path.addRect(number * width, frame.bottom() - height, width + 0.2, height)
        return path

    def _move_to(self, x: float) -> None:
        if self._shown is None:
            return
        span = self._shown.high - self._shown.low
        low, high = self._ends
        if self._held == 2:
            by = (x - self._from) / self.width() * span
            self._from = x
            self._set_ends(low + by, high + by)
            return
        value = self._shown.low + min(max(x / self.width(), 0.0), 1.0) * span
        least = span / 1000
        if self._held == 0:
            self._set_ends(min(value, high - least), high)
        else:
            self._set_ends(low, max(value, low + least))

    def _say_ends(self) -> None:
        low, high = (number_words(end) for end in self._ends)
        self.setAccessibleDescription(
            ""
            if self._shown is None
            else tr("Range from {low} to {high}").format(low=low, high=high)
        )

    def _set_ends(self, low: float, high: float) -> None:
        self._ends = low, high
        self._say_ends()
        self.update()
        self.range_dragged.emit(low, high)
