"""The middle of the window: the empty state, or the picture with notices above it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from camviewer.engine.errors import CamviewerError
from camviewer.ui.canvas.canvas import Canvas
from camviewer.ui.pictures.empty_state import EmptyState
from camviewer.ui.trust.region_tool import RegionTool
from camviewer.ui.widgets.notice import Notice
from camviewer.ui.widgets.progress_line import ProgressLine
from camviewer.ui.work import dropped_data as incoming


class Stage(QWidget):
    """Shows the empty state until there is a picture, and takes what is dropped on it.

    Signals:
        dropped: (Incoming).
        refused: (message, hint) what was dropped cannot be opened.
    """

    dropped = Signal(object)
    refused = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.canvas = Canvas(self)
        self.region_tool = RegionTool(self.canvas)
        self.empty_state = EmptyState(self)
        self.progress = ProgressLine(self)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.empty_state)
        self._stack.addWidget(self.canvas)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._stack)
        self.notice = Notice(self)

    def show_canvas(self) -> None:
        """A picture is there."""
        self._stack.setCurrentWidget(self.canvas)

    def show_empty(self) -> None:
        """No picture is there."""
        self.canvas.clear()
        self._stack.setCurrentWidget(self.empty_state)

    @property
    def is_empty(self) -> bool:
        return self._stack.currentWidget() is self.empty_state

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if incoming.can_take(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.empty_state.set_drop_active(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.empty_state.set_drop_active(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.empty_state.set_drop_active(False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        try:
            self.dropped.emit(incoming.take(event.mimeData()))
        except CamviewerError as error:
            self.refused.emit(error.message, error.hint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.progress.setGeometry(0, 0, self.width(), self.progress.sizeHint().height())
        self.progress.raise_()
