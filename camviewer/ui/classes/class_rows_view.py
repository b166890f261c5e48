"""The list widget of the classes: as high as its rows, and quiet while the program moves it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QSizePolicy, QWidget

from camviewer.ui.classes.class_rows import ROW_HEIGHT

_Index = QModelIndex | QPersistentModelIndex
_LEAST_ROWS = 3
"""Rows that stay visible in a low window."""
_MOST_ROWS_HINTED = 40
"""Maximum number of rows that the list asks room for; because more are found by the search."""


class ClassRowsView(QListView):
    """A list as high as its rows, which tells where the user moved."""

    current_moved = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._quiet_contexts = 0
        self.has_keyboard = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setStyleSheet("QListView { background: transparent; border: 0; padding: 0; }")

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """Within this context, a moved row is not the user's doing."""
        self._quiet_contexts += 1
        try:
            yield
        finally:
            self._quiet_contexts -= 1

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and not self._quiet_contexts:
            self.current_moved.emit(current.row())

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.has_keyboard = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.has_keyboard = True
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.has_keyboard = False
        super().mousePressEvent(event)

    def sizeHint(self) -> QSize:
        rows = self.model().rowCount()
        return QSize(240, ROW_HEIGHT * min(max(rows, 1), _MOST_ROWS_HINTED))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, min(self.sizeHint().height(), ROW_HEIGHT * _LEAST_ROWS))
