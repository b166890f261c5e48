"""A dialog for long work in a process of its own; it need not stay open while that goes on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Protocol

from PySide6.QtCore import QSize
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from camviewer.ui.style import tr
from camviewer.ui.widgets.message_card import MessageCard
from camviewer.ui.work.event_process import EventProcess


class SourceForm(Protocol):
    """What a dialog asks of its form."""

    def look_at(self, path: Path) -> None:
        """Takes a folder or file as the pictures of the work."""


class ProcessDialog(QDialog):
    """A form, a page that shows how the work goes, and the buttons of both.

    A subclass makes ``process`` and ``form`` and then calls ``_build``. It extends
    ``_show_buttons``.

    Args:
        title: of the window.
        size: at first.
        least: the minimum size.
        goes_on: says in a tip that the work goes on behind the closed dialog.
        parent: Qt's.
    """

    process: EventProcess
    form: SourceForm
    suffixes: ClassVar[frozenset[str]]
    """Kinds of files that can be dropped, beside folders."""

    def __init__(
        self, title: str, size: QSize, least: QSize, goes_on: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(size)
        self.setMinimumSize(least)
        self.setAcceptDrops(True)
        self._goes_on = goes_on
        self._outcome: object = None
        self._pages = QStackedWidget(self)
        self._message = MessageCard(self)
        self._back = QPushButton(tr("Back"), self)
        self._pause = QPushButton(tr("Pause"), self)
        self._stop = QPushButton(tr("Stop"), self)
        self._go = QPushButton(tr("Start"), self)
        self._close = QPushButton(tr("Close"), self)

    @property
    def message(self) -> str:
        """The sentence on the card; empty when there is none."""
        return self._message.words

    @property
    def busy(self) -> bool:
        """Whether the work goes on; its process takes a moment to end after its last word."""
        return self.process.running and self._outcome is None

    @property
    def shows_work(self) -> bool:
        """Whether the work is shown, and not the form."""
        return self._pages.currentIndex() == 1

    @property
    def main_button(self) -> QPushButton:
        """Start, Resume, or what comes after the work."""
        return self._go

    @property
    def pause_button(self) -> QPushButton:
        """Pause, or Resume."""
        return self._pause

    @property
    def stop_button(self) -> QPushButton:
        """Ends the work, which can go on later."""
        return self._stop

    # -- what the user does --------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = self._dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self._go_back()
            self.form.look_at(path)

    def _dropped(self, event: QDropEvent) -> Path | None:
        """The folder or file that is dragged, while one can be taken."""
        if self.busy:
            return None
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        good = (path for path in paths if path.is_dir() or path.suffix.lower() in self.suffixes)
        return next(good, None)

    def _on_pause(self) -> None:
        if self.process.paused:
            self.process.go_on()
        else:
            self._pause.setText(tr("Pausing…"))
            self._pause.setEnabled(False)
            self.process.pause()

    def _on_stop(self) -> None:
        self._stop.setEnabled(False)
        self._stop.setText(tr("Stopping…"))
        self.process.cancel()

    def _go_back(self) -> None:
        self._pages.setCurrentIndex(0)
        self._message.clear()
        self._show_buttons()

    # -- what is shown -------------------------------------------------------------------------

    def _show_buttons(self) -> None:
        """Shows the buttons that fit; here those that every dialog has."""
        running = self.busy
        self._back.setVisible(self.shows_work and not running)
        for button in (self._pause, self._stop):
            button.setVisible(running)
        if running:
            self._pause.setText(tr("Resume") if self.process.paused else tr("Pause"))
            self._pause.setEnabled(True)
        else:
            self._stop.setText(tr("Stop"))
            self._stop.setEnabled(True)
        self._close.setText(tr("Hide") if running else tr("Close"))
        self._close.setToolTip(self._goes_on if running else "")

    def _build(
        self,
        hint: str,
        pages: tuple[QWidget, QWidget],
        left: Sequence[QPushButton] = (),
        right: Sequence[QPushButton] = (),
    ) -> None:
        """Lays everything out, and listens to the buttons and the process.

        Args:
            hint: what the work is for.
            pages: that of the form, and that of the work.
            left: further buttons, beside Back.
            right: further buttons, before the main one.
        """
        heading, told = QLabel(self.windowTitle(), self), QLabel(hint, self)
        heading.setProperty("role", "title")
        told.setProperty("role", "hint")
        told.setWordWrap(True)
        for page in pages:
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(8)
        layout.addWidget(heading)
        layout.addWidget(told)
        layout.addSpacing(8)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._message)
        layout.addSpacing(8)
        layout.addLayout(
            self._button_row(
                (self._back, *left), (self._close, *right, self._pause, self._stop, self._go)
            )
        )
        self.process.ended.connect(self._show_buttons)
        self._back.clicked.connect(self._go_back)
        self._pause.clicked.connect(self._on_pause)
        self._stop.clicked.connect(self._on_stop)
        self._close.clicked.connect(self.hide)

    def _button_row(self, left: Sequence[QPushButton], right: Sequence[QPushButton]) -> QHBoxLayout:
        self._go.setProperty("kind", "primary")
        self._go.setDefault(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in left:
            row.addWidget(button)
        row.addStretch(1)
        for button in right:
            row.addWidget(button)
        for button in (*left, *right):
            button.setAutoDefault(button is self._go)
        return row
