"""Says how long a method will take here, then how far it is; stops it, and goes on with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QStackedWidget, QWidget

from camviewer.engine.results import Explanation
from camviewer.ui.style import duration, tr

_MENTIONED = 2.0
"""Minimum forecast in seconds that is shown."""
_HEIGHT = 30


def forecast_words(seconds: float) -> str:
    """Gives ``40 s``; empty for what is done before it is read."""
    return duration(1000 * seconds) if seconds >= _MENTIONED else ""


class WorkRow(QWidget):
    """A line that is there for methods that take long, with a button to stop one or to go on."""

    stop_requested = Signal()
    """The map is wanted as far as it is made."""

    rest_requested = Signal()
    """The map that was stopped is wanted whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._method = ""
        self._seconds = 0.0
        self._working = False
        self._latest: Explanation | None = None
        self._words = QLabel(self)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setProperty("role", "hint")
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._stop = QPushButton(tr("Stop"), self)
        self._stop.setToolTip(tr("Keep the map as far as it is (Esc)"))
        self._stop.clicked.connect(self.stop_requested)
        self._rest = QPushButton(tr("Go on"), self)
        self._rest.setToolTip(tr("Make the rest of the map"))
        self._rest.clicked.connect(self.rest_requested)
        self._buttons = QStackedWidget(self)
        for button in (self._stop, self._rest):
            self._buttons.addWidget(button)
        room = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        room.setRetainSizeWhenHidden(True)  # the words must not move when the work begins
        self._buttons.setSizePolicy(room)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        row.addWidget(self._buttons)
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

    @property
    def rest_button(self) -> QPushButton:
        """There when a map was stopped."""
        return self._rest

    def set_forecast(self, method: str, seconds: float) -> None:
        """Takes which method is chosen, and how long it will take from here on."""
        self._method, self._seconds = method, seconds
        self._show()

    def set_working(self, working: bool) -> None:
        """A map is being made, or none is any more."""
        self._working = working
        self._latest = None
        self._show()

    def show_explanation(self, explanation: Explanation) -> None:
        """A map has come: whole, as far as it is, or as far as it was when it was stopped."""
        self._latest = explanation
        self._show()

    def _show(self) -> None:
        latest, stopped = self._latest, False
        if latest is not None and latest.request.method != self._method:
            latest = None  # another one was chosen, and its map has not come yet
        if latest is not None and latest.underway:
            words = self._progress(latest)
        elif latest is not None and latest.share < 1:
            words, stopped = self._stopped(latest), True
        else:
            forecast = forecast_words(self._seconds)
            words = tr("About {time} on this machine").format(time=forecast) if forecast else ""
        self._words.setText(words)
        self._buttons.setCurrentWidget(self._rest if stopped else self._stop)
        self._buttons.setVisible(self._working or stopped)
        self.setVisible(bool(words))

    def _progress(self, underway: Explanation) -> str:
        left = underway.milliseconds_left
        if left is None:  # until the work itself tells
            left = 1000 * self._seconds * (1 - underway.share)
        # A line that is there stays until the map is whole.
        is_told = self.words or forecast_words(self._seconds) or left >= 1000 * _MENTIONED
        words = tr("{share}, about {time} left")
        return words.format(share=f"{underway.share:.0%}", time=duration(left)) if is_told else ""

    def _stopped(self, explanation: Explanation) -> str:
        forecast = forecast_words(self._seconds)
        share = f"{explanation.share:.0%}"
        if not forecast:
            return tr("Stopped at {share}").format(share=share)
        return tr("Stopped at {share}, {time} left").format(share=share, time=forecast)
