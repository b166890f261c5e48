"""Combo boxes that the wheel does not change, because it is meant for the panel below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox


class QuietCombo(QComboBox):
    """A box that the wheel does not change."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class PopupCombo(QuietCombo):
    """A box with a popup of its own, which a subclass opens in ``showPopup``."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Opens the popup with the keys that open a list, Down and Enter among them."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.showPopup()
        else:
            super().keyPressEvent(event)
