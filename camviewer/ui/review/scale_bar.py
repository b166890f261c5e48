"""The legend of the colour scale that all maps of the gallery share."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from camviewer.engine.render import Look
from camviewer.engine.render.number_words import number_words
from camviewer.ui.pictures.thumbnail import image_of
from camviewer.ui.style import mark, theme, tr, unit_words

_BAR = QSize(96, 8)
_GAP = 6
_OF_ALL_MAPS = mark(
    "All maps share these colours. 98% of the run's maps lie within them; what is "
    "stronger has the last colour."
)


class ScaleBar(QWidget):
    """A strip of colours with the values at its ends, and their unit.

    Args:
        parent: Qt's.
        name: what it is the scale of, where there are several; it stands before the strip.
        tip: what more is to be said of it.
    """

    def __init__(self, parent: QWidget | None = None, name: str = "", tip: str = "") -> None:
        super().__init__(parent)
        self._look = Look()
        self._name = name
        self.setToolTip(tip or tr(_OF_ALL_MAPS))
        self._unit = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self.update)

    def show_scale(self, look: Look, unit: str) -> None:
        """Shows the colours of a look with a fixed range."""
        self._look, self._unit = look, unit_words(unit)
        self.setVisible(look.fixed_high is not None)
        of_what = self._name or tr("all maps")
        self.setAccessibleName(
            tr("Colours of {name}: {low} to {high}").format(
                name=of_what, low=self.low, high=self.high
            )
        )
        self.updateGeometry()
        self.update()

    @property
    def low(self) -> str:
        """What stands at the left end."""
        end = self._look.fixed_high
        return number_words(-end) if self._look.signed and end is not None else "0"

    def set_name(self, name: str) -> None:
        """Says what it is the scale of."""
        self._name = name

    @property
    def _before(self) -> str:
        """What stands before the strip."""
        return f"{self._name}  {self.low}" if self._name else self.low

    @property
    def high(self) -> str:
        """What stands at the right end."""
        end = self._look.fixed_high
        return "" if end is None else f"{number_words(end)} {self._unit}".strip()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(theme.font(12))
        words = metrics.horizontalAdvance(self._before) + metrics.horizontalAdvance(self.high)
        return QSize(round(words + _BAR.width() + 2 * _GAP) + 2, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        from camviewer.engine.render import colormap_table  # noqa: PLC0415  (start-up)

        del event
        painter = QPainter(self)
        painter.setFont(theme.font(12))
        painter.setPen(theme.current_tokens().colour("muted"))
        left = painter.fontMetrics().horizontalAdvance(self._before) + _GAP
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), middle, self._before)
        strip = QRectF(left, (self.height() - _BAR.height()) / 2, _BAR.width(), _BAR.height())
        painter.drawImage(strip, image_of(colormap_table(self._look.active_colormap)[None]))
        words = QRectF(strip.right() + _GAP, 0, self.width(), self.height())
        painter.drawText(words, middle, self.high)
        painter.end()
