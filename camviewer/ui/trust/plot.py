"""Paints deletion or insertion curves: the map's own beside those of chance and of a blob."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from camviewer.engine.render.number_words import number_words
from camviewer.engine.trust.messages import Curve, Subject
from camviewer.ui.style import mark, theme, tr
from camviewer.ui.style.wording import percent

_HEIGHT = 132
_LEFT, _TOP, _RIGHT, _BOTTOM = 38.0, 22.0, 8.0, 20.0
_STEPS = (0.0, 0.5, 1.0)
_DASHES: dict[Subject, tuple[str, float, list[float]]] = {
    Subject.RANDOM: ("muted", 1.5, [4.0, 3.0]),
    Subject.BLOB: ("muted", 1.5, [1.0, 2.5]),
    Subject.MAP: ("accent", 2.0, []),
}
"""Colour, width and dashes of each line; the map's own is drawn last."""


class TrustPlot(QWidget):
    """A small chart: share of the pixels to the right, probability or another score upwards.

    Args:
        title: what is done with the pixels.
        reads: the scores of a curve.
        parent: the panel.
    """

    def __init__(
        self,
        title: str,
        reads: Callable[[Curve], tuple[float, ...]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = title
        self._reads = reads
        self._curves: tuple[Curve, ...] = ()
        self._in_percent = True
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self.update)

    def show_curves(self, curves: Sequence[Curve], *, in_percent: bool = True) -> None:
        """Shows these, of one baseline; none clears the chart.

        Args:
            curves: of the map and of its references.
            in_percent: whether the scores are probabilities.
        """
        self._curves = tuple(curves)
        self._in_percent = in_percent
        own = [curve for curve in curves if curve.subject is Subject.MAP]
        said = [
            f"{percent(x)}: {self._score_words(y)}" for c in own for x, y in self._points(c)[::4]
        ]
        self.setAccessibleDescription(", ".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, _HEIGHT)

    @property
    def top(self) -> float:
        """The score at the upper edge: of probabilities the next tenth above all that is drawn."""
        highest = max((max(self._reads(curve)) for curve in self._curves), default=1.0)
        if not self._in_percent:
            return highest if highest > self.bottom else self.bottom + 1.0
        return min(max(ceil(highest * 10 - 1e-9) / 10, 0.1), 1.0)

    @property
    def bottom(self) -> float:
        """The score at the lower edge: 0 for probabilities, else the lowest that is drawn."""
        if self._in_percent:
            return 0.0
        return min((min(self._reads(curve)) for curve in self._curves), default=0.0)

    def _score_words(self, score: float) -> str:
        return percent(score) if self._in_percent else number_words(score)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = theme.current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(_LEFT, _TOP, -_RIGHT, -_BOTTOM)
        painter.setFont(theme.font(12))
        painter.setPen(tokens.colour("text"))
        painter.drawText(QPointF(0.0, 12.0), self._title)
        self._paint_axes(painter, area)
        for subject in _DASHES:
            for curve in self._curves:
                if curve.subject is subject:
                    self._paint_curve(painter, area, curve)
        painter.end()

    def _paint_axes(self, painter: QPainter, area: QRectF) -> None:
        tokens = theme.current_tokens()
        painter.setFont(theme.font(11))
        metrics = QFontMetricsF(painter.font())
        for step in _STEPS:
            y = round(area.bottom() - step * area.height()) + 0.5
            painter.setPen(QPen(tokens.colour("line"), 1.0))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(tokens.colour("muted"))
            score = self.bottom + step * (self.top - self.bottom)
            words = f"{100 * score:.0f}%" if self._in_percent else f"{score:.3g}"
            wide = metrics.horizontalAdvance(words)
            painter.drawText(QPointF(area.left() - 6 - wide, y + metrics.capHeight() / 2), words)
            across = f"{100 * step:.0f}%" if step < 1.0 else tr("100% of pixels")
            x = area.left() + step * area.width() - metrics.horizontalAdvance(across) * step
            x -= metrics.horizontalAdvance(across) / 2 if step == 0.5 else 0.0
            x += metrics.horizontalAdvance(across) * 0.5 if step == 0.5 else 0.0
            painter.drawText(QPointF(x, area.bottom() + 14), across)

    def _paint_curve(self, painter: QPainter, area: QRectF, curve: Curve) -> None:
        role, width, dashes = _DASHES[curve.subject]
        path = QPainterPath()
        for index, (x, y) in enumerate(self._points(curve)):
            share = (y - self.bottom) / (self.top - self.bottom)
            height = min(share, 1.0) * area.height()
            point = QPointF(area.left() + x * area.width(), area.bottom() - height)
            if index:
                path.lineTo(point)
            else:
                path.moveTo(point)
        pen = QPen(theme.current_tokens().colour(role), width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if dashes:
            pen.setDashPattern(dashes)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        painter.drawPath(path)

    def _points(self, curve: Curve) -> list[tuple[float, float]]:
        return list(zip(curve.fractions, self._reads(curve), strict=True))


class CurveKey(QWidget):
    """Says which line is which."""

    _WORDS = (
        (Subject.MAP, mark("This map")),
        (Subject.RANDOM, mark("Random")),
        (Subject.BLOB, mark("Blob")),
    )

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Solid: this map. Dashed: a random map. Dotted: a centred blob."))
        theme.notifier().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(220, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = theme.current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(12))
        metrics = QFontMetricsF(painter.font())
        x, middle = 0.0, self.height() / 2
        for subject, text in self._WORDS:
            words = tr(text)
            role, width, dashes = _DASHES[subject]
            pen = QPen(tokens.colour(role), width)
            if dashes:
                pen.setDashPattern(dashes)
            painter.setPen(pen)
            painter.drawLine(QPointF(x, middle), QPointF(x + 20, middle))
            painter.setPen(tokens.colour("muted"))
            painter.drawText(QPointF(x + 26, middle + metrics.capHeight() / 2), words)
            x += 26 + metrics.horizontalAdvance(words) + 14
        painter.end()
