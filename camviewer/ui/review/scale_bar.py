"""The legend of the colour scale that all maps of the gallery share."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from camviewer.engine.render import Look
from camviewer.engine.render.number_words import number_words
from camviewer.ui.pictures.thumbnail import image_of
from camviewer.ui.style import theme

_BAR = QSize(96, 8)
_GAP = 6


class ScaleBar(QWidget):
    """A strip of colours with the values at its ends, and their unit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = Look()
        self._unit = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self.update)

    def show_scale(self, look: Look, unit: str) -> None:
        """Shows the colours of a look with a fixed range."""
        self._look, self._unit = look, unit
        self.setVisible(look.fixed_high is not None)
        self.setAccessibleName(f"Colours of all maps: {self.low} to {self.high}")
        self.setToolTip(
            "All maps share these colours. 98% of the run's maps lie within them; what is stronger "
            "has the last colour."
        )
        self.updateGeometry()
        self.update()

    @property
    def low(self) -> str:
        """What stands at the left end."""
        end = self._look.fixed_high
        return number_words(-end) if self._look.signed and end is not None else "0"

    @property
    def high(self) -> str:
        """What stands at the right end."""
        end = self._look.fixed_high
        return "" if end is None else f"{number_words(end)} {self._unit}".strip()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(theme.font(12))
        words = metrics.horizontalAdvance(self.low) + metrics.horizontalAdvance(self.high)
        return QSize(round(words + _BAR.width() + 2 * _GAP) + 2, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        from camviewer.engine.render import colormap_table  # noqa: PLC0415  (start-up)

        del event
        painter = QPainter(self)
        painter.setFont(theme.font(12))
        painter.setPen(theme.current_tokens().colour("muted"))
        left = painter.fontMetrics().horizontalAdvance(self.low) + _GAP
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), middle, self.low)
        strip = QRectF(left, (self.height() - _BAR.height()) / 2, _BAR.width(), _BAR.height())
        painter.drawImage(strip, image_of(colormap_table(self._look.active_colormap)[None]))
        words = QRectF(strip.right() + _GAP, 0, self.width(), self.height())
        painter.drawText(words, middle, self.high)
        painter.end()
