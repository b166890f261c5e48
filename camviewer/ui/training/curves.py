"""Draws how loss or accuracy changes over the epochs, for training and validation."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, isfinite, log10

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from camviewer.ui.style import theme, tr

_LEFT, _RIGHT, _TOP, _BOTTOM = 40.0, 10.0, 30.0, 20.0
_TICKS = 4
_REACH = 24.0


class CurvesView(QWidget):
    """Two lines over the epochs: training in grey, validation in the accent colour.

    Args:
        title: what is drawn.
        as_percent: values from 0 to 1 are shown in per cent, on a fixed scale.
        parent: of the widget.
    """

    def __init__(self, title: str, *, as_percent: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._as_percent = title, as_percent
        self._high = 1.0
        self._training: list[tuple[float, float]] = []
        self._validation: list[tuple[float, float]] = []
        self._hovered: float | None = None
        self._second = 0
        self.setMouseTracking(True)
        self.setMinimumSize(220, 150)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(title)
        theme.notifier().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(300, 190)

    def show_points(
        self, training: Sequence[float | None], validation: Sequence[float], second: int = 0
    ) -> None:
        """Takes one value an epoch, from the first; None where there is none.

        ``second`` is the epoch at which fine-tuning begins, 0 when it has not.
        """
        self._second = second
        self._training = [
            (number, value) for number, value in enumerate(training, start=1) if value is not None
        ]
        self._validation = list(enumerate(validation, start=1))
        if not self._as_percent:
            drawn = (value for _, value in (*self._training, *self._validation))
            self._high = _round_up(max(filter(isfinite, drawn), default=1.0))
        last = self._words(validation[-1]) if validation else tr("nothing yet")
        self.setAccessibleDescription(
            tr("{title} of the validation: {last}").format(title=self._title, last=last)
        )
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        nearest = min(
            (number for number, _ in self._validation),
            key=lambda number: abs(self._x(number) - event.position().x()),
            default=None,
        )
        near = nearest is not None and abs(self._x(nearest) - event.position().x()) < _REACH
        self._hovered = nearest if near else None
        self.update()

    def leaveEvent(self, event: object) -> None:
        del event
        self._hovered = None
        self.update()

    # -- painting ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = theme.current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter)
        for points, role in ((self._training, "muted"), (self._validation, "accent")):
            line = QPolygonF([QPointF(self._x(number), self._y(value)) for number, value in points])
            painter.setPen(QPen(tokens.colour(role), 1.75))
            painter.drawPolyline(line)
            if line.size() == 1:
                painter.setBrush(tokens.colour(role))
                painter.drawEllipse(line.first(), 2.0, 2.0)
        self._paint_head(painter)
        painter.end()

    def _paint_frame(self, painter: QPainter) -> None:
        tokens, plot = theme.current_tokens(), self._plot
        painter.setFont(theme.font(11))
        for value in self._tick_values():
            y = round(self._y(value)) + 0.5
            painter.setPen(QPen(tokens.colour("line"), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(tokens.colour("muted"))
            box = QRectF(0, y - 8, _LEFT - 6, 16)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, right, self._tick_words(value))
        painter.setPen(tokens.colour("muted"))
        below = QRectF(plot.left(), plot.bottom() + 3, plot.width(), 16)
        last = len(self._validation)
        if last:
            painter.drawText(
                below, Qt.AlignmentFlag.AlignRight, tr("epoch {number}").format(number=last)
            )
            self._paint_second(painter)
            if self._hovered is not None:
                x = self._x(self._hovered)
                painter.setPen(QPen(tokens.colour("muted"), 1, Qt.PenStyle.DotLine))
                painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))

    def _paint_second(self, painter: QPainter) -> None:
        """Where the fine-tuning begins."""
        if not self._second:
            return
        tokens, plot = theme.current_tokens(), self._plot
        x = self._x(self._second - 0.5)
        painter.setPen(QPen(tokens.colour("muted"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        painter.setPen(tokens.colour("muted"))
        words = tr("fine-tuning")
        width = painter.fontMetrics().horizontalAdvance(words)
        left = max(x - width - 6, plot.left() + 4)
        painter.drawText(QPointF(left, plot.center().y() - 5), words)

    def _paint_head(self, painter: QPainter) -> None:
        """The title, and what the lines mean, with the values of the epoch under the pointer."""
        tokens = theme.current_tokens()
        painter.setFont(theme.font(12))
        at = self._hovered
        epoch = "" if at is None else " · " + tr("epoch {number}").format(number=f"{at:g}")
        painter.setPen(tokens.colour("text"))
        painter.drawText(QPointF(_LEFT, 15), f"{self._title}{epoch}")
        x = self.width() - _RIGHT
        for name, points, role in (
            (tr("validation"), self._validation, "accent"),
            (tr("training", "curve"), self._training, "muted"),
        ):
            value = dict(points).get(at if at is not None else -1)
            words = name if value is None else self._words(value)
            painter.setPen(tokens.colour(role))
            x -= painter.fontMetrics().horizontalAdvance(words)
            painter.drawText(QPointF(x, 15), words)
            painter.setPen(QPen(tokens.colour(role), 2))
            painter.drawLine(QPointF(x - 16, 11), QPointF(x - 6, 11))
            x -= 26

    @property
    def _plot(self) -> QRectF:
        return QRectF(_LEFT, _TOP, self.width() - _LEFT - _RIGHT, self.height() - _TOP - _BOTTOM)

    def _x(self, number: float) -> float:
        last = max(len(self._validation), 2)
        return self._plot.left() + (number - 1) / (last - 1) * self._plot.width()

    def _y(self, value: float) -> float:
        share = min(max(value / self._high, 0.0), 1.0)
        return self._plot.bottom() - share * self._plot.height()

    def _tick_values(self) -> list[float]:
        return [self._high * step / _TICKS for step in range(_TICKS + 1)]

    def _tick_words(self, value: float) -> str:
        return f"{value:.0%}" if self._as_percent else f"{value:.3g}"

    def _words(self, value: float) -> str:
        return f"{value:.1%}" if self._as_percent else f"{value:.3f}"


def _round_up(value: float) -> float:
    """The next number whose quarters are short."""
    if value <= 0:
        return 1.0
    power = 10.0 ** floor(log10(value))
    steps = (1.0, 1.2, 1.6, 2.0, 2.4, 3.2, 4.0, 6.0, 8.0, 10.0)
    return power * next(step for step in steps if step >= ceil(value / power * 100) / 100)
