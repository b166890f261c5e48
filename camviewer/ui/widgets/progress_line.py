"""A thin line under the menu bar that moves while something works."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from camviewer.ui.style import theme, tr

_HEIGHT = 2
_DELAY = 150
"""Delay in ms before the line is shown; because quick work needs none."""

_FRAME = 33
"""Time between two frames in ms; because each takes the interpreter from the work itself."""
_PERIOD = 1400
"""Time in ms in which the part slides from one end to the other."""
_SHARE = 0.28
"""Width of the sliding part, as a share of the line."""


class ProgressLine(QWidget):
    """Idle it is empty; busy it slides, or grows when it is known how much is done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Progress"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)
        self._busy = False
        self._fraction: float | None = None
        self._clock = QElapsedTimer()
        self._delay = QTimer(self, singleShot=True, interval=_DELAY)
        self._delay.timeout.connect(self._begin)
        self._frames = QTimer(self, interval=_FRAME)
        self._frames.timeout.connect(self.update)
        theme.notifier().changed.connect(self.update)

    @property
    def showing(self) -> bool:
        """Whether anything is to be seen on the line."""
        return self._clock.isValid()

    def set_busy(self, busy: bool) -> None:
        """Starts the line after a short while, or ends it at once."""
        if busy == self._busy:
            return
        self._busy = busy
        self._fraction = None
        if busy:
            self._delay.start()
            return
        self._delay.stop()
        self._frames.stop()
        self._clock.invalidate()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)
        self.update()

    def set_fraction(self, fraction: float | None) -> None:
        """Shows how much is done, 0 to 1; None when that is not known."""
        self.set_busy(True)
        self._fraction = None if fraction is None else min(max(fraction, 0.0), 1.0)
        self.update()

    def forget_fraction(self) -> None:
        """How much is done is not known any more; what is at work goes on."""
        self._fraction = None
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if not self.showing:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current_tokens().colour("canvas"))
        painter.fillRect(self._part(), theme.current_tokens().colour("accent"))
        painter.end()

    def _begin(self) -> None:
        self._clock.start()
        self._frames.start()
        # Otherwise each frame would paint the picture below anew.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.raise_()  # whatever was shown in the meantime
        self.update()

    def _part(self) -> QRectF:
        """The coloured part of the line."""
        if self._fraction is not None:
            return QRectF(0, 0, self.width() * self._fraction, self.height())
        phase = self._clock.elapsed() % _PERIOD / _PERIOD
        eased = phase * phase * (3 - 2 * phase)
        start = eased * (1 + _SHARE) - _SHARE
        return QRectF(start * self.width(), 0, _SHARE * self.width(), self.height())
