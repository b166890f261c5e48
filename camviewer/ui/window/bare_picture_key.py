"""Shows the picture without its map while Space is held."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QWidget,
)

from camviewer.ui.window.picture_area import PictureArea

_TYPING = (QLineEdit, QAbstractButton, QComboBox, QAbstractSpinBox)
"""Where Space has a meaning of its own."""


class BarePictureKey(QObject):
    """Sees the key wherever the keyboard is in the window, but where it has a meaning.

    It watches what the keyboard is at, not the whole application: each event of each widget would
    pass through Python, and wait for threads that run Python.

    Args:
        window: whose keys are seen.
        area: has the picture.
    """

    def __init__(self, window: QWidget, area: PictureArea) -> None:
        super().__init__(window)
        self._window = window
        self._area = area
        self._ended = False
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._follow)
        window.installEventFilter(self)  # has the keys while nothing in it has the focus
        self._follow(None, QApplication.focusWidget())

    def end(self) -> None:
        """Sees no more keys: the window is being closed."""
        self._ended = True
        self._window.removeEventFilter(self)
        self._follow(QApplication.focusWidget(), None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space and self._is_meant():
            pressed = event.type() == QEvent.Type.KeyPress
            is_key = pressed or event.type() == QEvent.Type.KeyRelease
            if is_key and not event.isAutoRepeat():
                self._area.canvas.set_peek(pressed)
            return is_key
        return super().eventFilter(watched, event)

    def _is_meant(self) -> bool:
        return (
            not isinstance(QApplication.focusWidget(), _TYPING)
            and self._window.isActiveWindow()
            and self._area.isVisible()
            and not self._area.is_empty
        )

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None and before is not self._window:
            before.removeEventFilter(self)
        if now is not None and now is not self._window and not self._ended:
            now.installEventFilter(self)
