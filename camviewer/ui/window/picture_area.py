"""The middle of the window: the empty state, or the picture with notices above it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from camviewer.engine.errors import CamviewerError
from camviewer.engine.results.messages import Explanation
from camviewer.ui.canvas.canvas import Canvas
from camviewer.ui.pictures.empty_state import EmptyState
from camviewer.ui.pictures.page_stepper import PageStepper
from camviewer.ui.state.explorer import Exploration
from camviewer.ui.widgets.notice import Notice
from camviewer.ui.widgets.progress_line import ProgressLine
from camviewer.ui.work import dropped_data
from camviewer.ui.work.picture_client import LoadedPicture


class PictureArea(QWidget):
    """Shows the empty state until there is a picture, and takes what is dropped on it.

    Signals:
        dropped: what is to be opened.
    """

    dropped = Signal(dropped_data.Incoming)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.canvas = Canvas(self)
        self.empty_state = EmptyState(self)
        self.pages = PageStepper(self)
        self.progress = ProgressLine(self)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.empty_state)
        self._stack.addWidget(self.canvas)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._stack, 1)
        layout.addWidget(self.pages)
        self.notice = Notice(self)

    def follow(self, exploration: Exploration) -> None:
        """Shows the picture that is looked at, and how far work is."""
        models = exploration.models
        exploration.picture_shown.connect(self._show_picture)
        exploration.emptied.connect(self._show_empty)
        exploration.failed.connect(lambda: self._show_pages(exploration.picture))
        self.pages.page_requested.connect(exploration.pictures.show_page)
        exploration.busy_changed.connect(self.progress.set_busy)
        exploration.model_ready.connect(self.progress.forget_fraction)
        exploration.explanation_changed.connect(self._show_share)
        models.loading_changed.connect(self._forget_share)
        models.progressed.connect(lambda _title, share, _doing: self.progress.set_fraction(share))

    @property
    def is_empty(self) -> bool:
        return self._stack.currentWidget() is self.empty_state

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_data.can_take(event.mimeData()):
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
            self.dropped.emit(dropped_data.take(event.mimeData()))
        except CamviewerError as error:
            self.notice.show_error(error.message, error.hint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.progress.setGeometry(0, 0, self.width(), self.progress.sizeHint().height())
        self.progress.raise_()

    def _show_picture(self, loaded: LoadedPicture) -> None:
        self.canvas.show_picture(loaded.levels, loaded.image.name)
        self._stack.setCurrentWidget(self.canvas)
        self._show_pages(loaded)

    def _show_pages(self, loaded: LoadedPicture | None) -> None:
        if loaded is None:
            self.pages.hide()
        else:
            image = loaded.image
            self.pages.show_pages(image.page, image.pages, image.page_names)

    def _show_empty(self) -> None:
        self.canvas.clear()
        self.pages.hide()
        self._stack.setCurrentWidget(self.empty_state)

    def _show_share(self, explanation: Explanation | None) -> None:
        if explanation is not None and explanation.underway:
            self.progress.set_fraction(explanation.share)

    def _forget_share(self, loading: str) -> None:
        if not loading:
            self.progress.forget_fraction()
