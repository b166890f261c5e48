"""Shows the picture without its map while Space is held."""

from __future__ import annotations

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

from camviewer.ui.style import theme
from camviewer.ui.window.picture_area import PictureArea

_TYPING = (QLineEdit, QAbstractButton, QComboBox, QAbstractSpinBox)
"""Where Space has a meaning of its own."""


class BarePictureKey(QObject):
    """Sees the key wherever the keyboard is in the window, but where it has a meaning.

    Args:
        window: whose keys are seen.
        area: has the picture.
    """

    def __init__(self, window: QWidget, area: PictureArea) -> None:
        super().__init__(window)
        self._window = window
        self._area = area
        self._ended = False
        self._watch()
        # A new look sends each widget a score of events, none of which is a key.
        theme.notifier().changing.connect(self._ignore)
        theme.notifier().changed.connect(self._watch)

    def end(self) -> None:
        """Sees no more keys: the window is being closed."""
        self._ended = True
        self._ignore()

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

    def _watch(self) -> None:
        if not self._ended:
            QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def _ignore(self) -> None:
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
