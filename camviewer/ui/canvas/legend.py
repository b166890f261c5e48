"""Says which value each colour of the map stands for."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from camviewer.engine.render import Look
from camviewer.engine.results import Heatmap
from camviewer.ui.style import theme, tr, unit_words

_LEAST_WIDTH = 66
_WORDS_MARGIN = 12
"""Pixels beside the widest words at the ends of the bar."""
_BAR_WIDTH = 10.0
_BAR_RIGHT = 20.0
_LABEL_HEIGHT = 22.0
_LONGEST_BAR = 190
_SHORTEST_BAR = 60


class Legend(QWidget):
    """A bar of the map's colours with true values at its ends and the unit beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(tr("Legend"))
        self._ticks: tuple[tuple[float, str], ...] = ()
        self._unit = ""
        self._wide = _LEAST_WIDTH
        self._colours = QImage()
        self.hide()
        theme.notifier().changed.connect(self.update)

    @property
    def words(self) -> tuple[str, ...]:
        """What stands at the bar, from bottom to top."""
        return tuple(text for _, text in self._ticks)

    @property
    def unit(self) -> str:
        """What the values are measured in."""
        return self._unit

    def describe(self, heatmap: Heatmap, look: Look) -> None:
        """Shows the values of a map in a look; opacity and fading do not touch the bar."""
        import numpy as np  # noqa: PLC0415  (start-up)

        from camviewer.engine.render import colormap_table  # noqa: PLC0415  (start-up)
        from camviewer.engine.render.overlay import legend_ticks  # noqa: PLC0415  (start-up)

        self._ticks = legend_ticks(heatmap, look)
        self._unit = unit_words(heatmap.unit)
        metrics = QFontMetricsF(theme.font(11))
        widest = max(metrics.horizontalAdvance(text) for text in self.words)
        self._wide = max(_LEAST_WIDTH, round(widest) + _WORDS_MARGIN)
        column = np.ascontiguousarray(colormap_table(look.active_colormap)[::-1, None])
        self._colours = QImage(
            column.reshape(-1).data, 1, 256, 3, QImage.Format.Format_RGB888
        ).copy()
        self.setAccessibleDescription(" ".join((*self.words, self._unit)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._wide, round(_LONGEST_BAR + 2 * _LABEL_HEIGHT))

    def place_in(self, width: int, height: int) -> None:
        """Stands in the middle of the right edge of an area, as tall as that allows."""
        bar = min(max(height - 200, _SHORTEST_BAR), _LONGEST_BAR)
        tall = round(bar + 2 * _LABEL_HEIGHT)
        self.setGeometry(width - self._wide, (height - tall) // 2, self._wide, tall)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = theme.current_tokens()
        bar = QRectF(
            self.width() - _BAR_RIGHT - _BAR_WIDTH,
            _LABEL_HEIGHT,
            _BAR_WIDTH,
            self.height() - 2 * _LABEL_HEIGHT,
        )
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        self._paint_bar(painter, bar)
        painter.setFont(theme.font(11))
        painter.setPen(tokens.colour("muted"))
        for place, text in self._ticks:
            self._paint_tick(painter, bar, place, text)
        self._paint_unit(painter, bar)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        """Paints a ground in the canvas' colour, which shows only where the picture lies below."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current_tokens().colour("canvas", 225))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0, 0, 8, 0), 8, 8)

    def _paint_bar(self, painter: QPainter, bar: QRectF) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(bar, self._colours)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.current_tokens().colour("text", 50), 1.0))
        painter.drawRect(bar.adjusted(-0.5, -0.5, 0.5, 0.5))
        painter.restore()

    def _paint_tick(self, painter: QPainter, bar: QRectF, place: float, text: str) -> None:
        metrics = QFontMetricsF(painter.font())
        if 0.0 < place < 1.0:
            y = bar.bottom() - place * bar.height()
            painter.drawLine(QPointF(bar.right() + 1, y), QPointF(bar.right() + 4, y))
            base = y + metrics.capHeight() / 2
            painter.drawText(QPointF(bar.right() + 6, base), text)
            return
        wide = metrics.horizontalAdvance(text)
        x = min(bar.center().x() - wide / 2, self.width() - wide - 6.0)
        if place <= 0.0:
            painter.drawText(QPointF(x, bar.bottom() + 6 + metrics.capHeight()), text)
        else:
            painter.drawText(QPointF(x, bar.top() - 7), text)

    def _paint_unit(self, painter: QPainter, bar: QRectF) -> None:
        metrics = QFontMetricsF(painter.font())
        room = bar.height() + _LABEL_HEIGHT
        text = metrics.elidedText(self._unit, Qt.TextElideMode.ElideRight, room)
        painter.save()
        painter.translate(bar.left() - 10 - metrics.capHeight(), bar.center().y())
        painter.rotate(90)
        painter.drawText(QPointF(-metrics.horizontalAdvance(text) / 2, 0), text)
        painter.restore()
