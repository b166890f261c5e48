"""Says how long a method will take on this machine, then how far it is, and stops it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from camviewer.engine.messages import Explanation
from camviewer.ui.wording import duration

_MENTIONED = 2.0
"""Seconds from which on the time that a method takes is told."""
_HEIGHT = 30


def forecast_words(seconds: float) -> str:
    """Gives ``40 s``; empty for what is done before it is read."""
    return duration(1000 * seconds) if seconds >= _MENTIONED else ""


class WorkRow(QWidget):
    """A line that is there for methods that take long, with a button while one is at work."""

    stop_requested = Signal()
    """The map is wanted as far as it is made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seconds = 0.0
        self._progress = ""
        self._working = False
        self._words = QLabel(self)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setProperty("role", "hint")
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._stop = QPushButton("Stop", self)
        self._stop.setToolTip("Keep the map as far as it is (Esc)")
        self._stop.clicked.connect(self.stop_requested)
        room = self._stop.sizePolicy()
        room.setRetainSizeWhenHidden(True)  # the words must not move when the work begins
        self._stop.setSizePolicy(room)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        row.addWidget(self._stop)
        self.setFixedHeight(_HEIGHT)
        self._show()

    @property
    def words(self) -> str:
        """What is said; empty when nothing is."""
        return self._words.text()

    @property
    def stop_button(self) -> QPushButton:
        """There while a map is being made that takes long."""
        return self._stop

    def set_forecast(self, seconds: float) -> None:
        """Takes how long the chosen method will take."""
        self._seconds = seconds
        self._show()

    def set_working(self, working: bool) -> None:
        """A map is being made, or none is any more."""
        self._working = working
        self._progress = ""
        self._show()

    def show_progress(self, underway: Explanation) -> None:
        """The map has come so far."""
        left = underway.milliseconds_left
        if left is None:  # until the work itself tells
            left = 1000 * self._seconds * (1 - underway.share)
        if forecast_words(self._seconds) or left >= 1000 * _MENTIONED:
            self._progress = f"{underway.share:.0%}, about {duration(left)} left"
            self._show()

    def _show(self) -> None:
        forecast = forecast_words(self._seconds)
        words = f"About {forecast} on this machine" if forecast else ""
        self._words.setText(self._progress or words)
        self._stop.setVisible(self._working)
        self.setVisible(bool(self.words))
