"""Lays the workplaces on top of each other."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget


class WorkplaceStack(QStackedWidget):
    """Shows one page, and needs no more room than that page.

    Qt asks for the room of the widest page, hidden or not: *Review* would take from *Picture* the
    width that its panels are to have.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.currentChanged.connect(lambda _index: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return super().minimumSizeHint() if page is None else page.minimumSizeHint()
