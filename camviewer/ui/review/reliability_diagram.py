"""Draws reliability diagrams: how often a model is right, by how sure it says that it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from camviewer.ui.style import percent, theme, tr, whole
from camviewer.ui.widgets.keys_and_tips import ARROWS, show_tip

if TYPE_CHECKING:
    from camviewer.engine.batch.report.verdicts import Bin

_HEAD, _LEFT, _GAP, _RIGHT = 26, 40, 20, 20
"""Height of a title; room for the axis at the left, between two diagrams, and at the right of the
last, in pixels."""
_COUNTS, _AXIS = 18, 20
"""Heights of the line of counts and of the axis below."""
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
_LABELLED = (0.0, 0.5, 1.0)


@dataclass(frozen=True)
class Diagram:
    """One reliability diagram.

    Attributes:
        title: stands above it.
        bins: with at least one picture each.
    """

    title: str
    bins: tuple[Bin, ...]


class ReliabilityDiagram(QWidget):
    """Diagrams side by side; the arrow keys go from bar to bar, and a screen reader says each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._diagrams: tuple[Diagram, ...] = ()
        self._mark: tuple[int, int] | None = None
        """(diagram, bin) where the keyboard is."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(420, 220)
        self.setAccessibleName(tr("Reliability diagram"))
        theme.notifier().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(660, 300)

    def show_diagrams(self, *diagrams: Diagram) -> None:
        """Shows these from left to right."""
        self._diagrams = diagrams
        self._mark = None
        self._say_mark()
        self.update()

    def bar_box(self, diagram: int, number: int) -> QRectF:
        """The column of a bin in the widget, from the top of its plot to the bottom."""
        plot, shown = self._plot(diagram), self._diagrams[diagram].bins[number]
        left = plot.left() + shown.low * plot.width()
        return QRectF(left, plot.top(), (shown.high - shown.low) * plot.width(), plot.height())

    # -- Qt's events -----------------------------------------------------------------------------

    def event(self, event: object) -> bool:
        if isinstance(event, QHelpEvent):
            place = self._at(QPointF(event.pos()))
            show_tip(event, "" if place is None else self._words(place), self)
            return True
        return super().event(event)  # type: ignore[arg-type]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if place is not None:
            self._mark = place
            self._say_mark()
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = ARROWS.get(Qt.Key(event.key()))
        places = [
            (one, number)
            for one, diagram in enumerate(self._diagrams)
            for number in range(len(diagram.bins))
        ]
        if step is None or not step[0] or not places:
            super().keyPressEvent(event)
            return
        if self._mark is None:
            self._mark = places[0] if step[0] > 0 else places[-1]
        else:
            place = places.index(self._mark) + step[0]
            self._mark = places[min(max(place, 0), len(places) - 1)]
        self._say_mark()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in range(len(self._diagrams)):
            self._paint_axes(painter, number)
            self._paint_bars(painter, number)
        painter.end()

    # -- painting --------------------------------------------------------------------------------

    def _paint_axes(self, painter: QPainter, number: int) -> None:
        tokens, plot = theme.current_tokens(), self._plot(number)
        painter.setFont(theme.font(13))
        painter.setPen(tokens.colour("text"))
        head = QRectF(plot.left(), 0, plot.width(), _HEAD)
        title = painter.fontMetrics().elidedText(
            self._diagrams[number].title, Qt.TextElideMode.ElideRight, int(head.width())
        )
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft, title)
        painter.setFont(theme.font(11))
        for share in _TICKS:
            y = plot.bottom() - share * plot.height()
            painter.setPen(tokens.colour("line"))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            if share in _LABELLED:
                painter.setPen(tokens.colour("muted"))
                beside = QRectF(plot.left() - _LEFT, y - 8, _LEFT - 6, 16)
                right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(beside, right, f"{share:.0%}")
                x = plot.left() + share * plot.width()
                below = QRectF(x - 30, plot.bottom() + _COUNTS, 60, _AXIS)
                painter.drawText(below, Qt.AlignmentFlag.AlignCenter, f"{share:.0%}")

    def _paint_bars(self, painter: QPainter, number: int) -> None:
        tokens, plot = theme.current_tokens(), self._plot(number)
        for place, shown in enumerate(self._diagrams[number].bins):
            box = self.bar_box(number, place).adjusted(1, 0, -1, 0)
            bar = QRectF(box)
            bar.setTop(plot.bottom() - shown.accuracy * plot.height())
            painter.fillRect(bar, tokens.colour("bar"))
            said = plot.bottom() - shown.confidence * plot.height()
            painter.setPen(QPen(tokens.colour("accent"), 2))
            painter.drawLine(QPointF(box.left(), said), QPointF(box.right(), said))
            painter.setPen(tokens.colour("muted"))
            below = QRectF(box.center().x() - 30, plot.bottom() + 2, 60, _COUNTS - 2)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, _short(shown.count))
        painter.setPen(QPen(tokens.colour("muted"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(plot.bottomLeft(), plot.topRight())
        if self.hasFocus() and self._mark is not None and self._mark[0] == number:
            painter.setPen(QPen(tokens.colour("accent"), 2))
            painter.drawRect(self.bar_box(*self._mark))

    def _plot(self, number: int) -> QRectF:
        """Where the bars of a diagram are."""
        count = max(len(self._diagrams), 1)
        width = (self.width() - _GAP * (count - 1) - _RIGHT) / count
        left = number * (width + _GAP) + _LEFT
        height = self.height() - _HEAD - _COUNTS - _AXIS - 8
        return QRectF(left, _HEAD + 8, width - _LEFT, height)

    # -- what is said ----------------------------------------------------------------------------

    def _at(self, point: QPointF) -> tuple[int, int] | None:
        for one, diagram in enumerate(self._diagrams):
            for number in range(len(diagram.bins)):
                if self.bar_box(one, number).adjusted(0, 0, 0, _COUNTS).contains(point):
                    return one, number
        return None

    def _words(self, place: tuple[int, int]) -> str:
        diagram = self._diagrams[place[0]]
        shown = diagram.bins[place[1]]
        words = tr(
            "{title}, {low} to {high}: {count} pictures, {said} said on average, {right} right"
        )
        return words.format(
            title=diagram.title,
            low=f"{shown.low:.0%}",
            high=f"{shown.high:.0%}",
            count=whole(shown.count),
            said=percent(shown.confidence),
            right=percent(shown.accuracy),
        )

    def _say_mark(self) -> None:
        """Tells a screen reader what the marked bar is, or what there is."""
        if self._mark is not None:
            self.setAccessibleDescription(self._words(self._mark))
            return
        self.setAccessibleDescription("; ".join(diagram.title for diagram in self._diagrams))


def _short(count: int) -> str:
    """A number that fits under a narrow bar: 850, 1.2k, 14k."""
    if count < 1000:
        return str(count)
    return f"{count / 1000:.1f}k" if count < 9950 else f"{count / 1000:.0f}k"
