"""A menu of things to tick, which stays open until all are."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu


class TickMenu(QMenu):
    """Ticks or unticks what is clicked, or what Space or Enter is pressed on, and stays open."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._tick():
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() not in keys or not self._tick():
            super().keyPressEvent(event)

    def _tick(self) -> bool:
        action = cast("QAction | None", self.activeAction())  # Qt's stub leaves out None
        if action is None or not action.isEnabled() or not action.isCheckable():
            return False
        action.trigger()
        return True
