"""Tells when a window was painted for the first time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_LATEST_MS = 1000
"""Maximum time in ms until the window counts as painted; because a covered one never is."""


class FirstPaint(QObject):
    """Calls a function once, when a window was painted.

    Args:
        window: just shown.
        painted: the function.
    """

    def __init__(self, window: QWidget, painted: Callable[[], None]) -> None:
        super().__init__(window)
        self._painted: Callable[[], None] | None = painted
        self._soon = QTimer(self, singleShot=True, interval=_LATEST_MS)
        self._soon.timeout.connect(self._call)
        self._soon.start()
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._soon.start(0)  # by then what was painted has gone to the screen
        return False

    def _call(self) -> None:
        painted, self._painted = self._painted, None
        if painted is not None:
            painted()
