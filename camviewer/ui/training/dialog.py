"""The dialog in which a model is taught new classes; it need not stay open while it learns."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine.support.event_lines import Failed
from camviewer.engine.training.events import Finished, Stopped, TrainingEvent
from camviewer.engine.training.plan import TrainingPlan
from camviewer.engine.training.run_place import was_begun
from camviewer.ui.training.form import TrainingForm
from camviewer.ui.training.process import TrainingProcess
from camviewer.ui.training.progress_page import ProgressPage
from camviewer.ui.widgets.message_card import MessageCard

_SIZE = QSize(720, 700)


class TrainingDialog(QDialog):
    """Asks for pictures, runs the training, shows how it goes and what came of it.

    Signals:
        trained: (id) a new model is kept.
        use_requested: (id) the new model is to be asked from now on.
    """

    trained = Signal(str)
    use_requested = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Train a CAM head")
        self.resize(_SIZE)
        self.setMinimumSize(560, 520)
        self.setAcceptDrops(True)
        self.process = TrainingProcess(self)
        self.form = TrainingForm(self)
        self.progress = ProgressPage(self)
        self._plan: TrainingPlan | None = None
        self._outcome: TrainingEvent | None = None
        self._pages = QStackedWidget(self)
        self._message = MessageCard(self)
        self._back = QPushButton("Back", self)
        self._pause = QPushButton("Pause", self)
        self._stop = QPushButton("Stop", self)
        self._anew = QPushButton("Begin anew", self)
        self._go = QPushButton("Start", self)
        self._close = QPushButton("Close", self)
        self._build()
        self._connect()
        self._show_buttons()

    @property
    def message(self) -> str:
        """The sentence on the card; empty when there is none."""
        return self._message.words

    @property
    def main_button(self) -> QPushButton:
        """Start, Resume or Use this model."""
        return self._go

    @property
    def pause_button(self) -> QPushButton:
        """Pause, or Resume."""
        return self._pause

    @property
    def stop_button(self) -> QPushButton:
        """Ends the training, which can go on later."""
        return self._stop

    # -- what the user does --------------------------------------------------------------------

    def start(self, *, resume: bool = False, restart: bool = False) -> None:
        """Starts what the form says, or goes on with it."""
        plan = self._plan if self._on_progress and resume else self.form.plan
        if plan is None or self.process.running:
            return
        self._plan, self._outcome = plan, None
        self._message.clear()
        self.progress.clear()
        self._pages.setCurrentIndex(1)
        self.process.start(plan, resume=resume, restart=restart)
        self._show_buttons()

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
        """The folder or CSV that is dragged, while one can be taken."""
        if self.busy:
            return None
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        good = [path for path in paths if path.is_dir() or path.suffix.lower() in {".csv", ".tsv"}]
        return good[0] if good else None

    def _on_go(self) -> None:
        if isinstance(self._outcome, Finished) and self._on_progress:
            self.use_requested.emit(self._outcome.model)
            self.hide()
        elif self._on_progress:
            self.start(resume=self._can_resume(self._plan))
        else:
            self.start(resume=self._can_resume(self.form.plan))

    def _on_pause(self) -> None:
        if self.process.paused:
            self.process.go_on()
        else:
            self._pause.setText("Pausing …")
            self._pause.setEnabled(False)
            self.process.pause()

    def _on_stop(self) -> None:
        self._stop.setEnabled(False)
        self._stop.setText("Stopping …")
        self.process.cancel()

    def _go_back(self) -> None:
        self._pages.setCurrentIndex(0)
        self._message.clear()
        self._show_buttons()

    # -- what happens --------------------------------------------------------------------------

    def _take(self, event: TrainingEvent) -> None:
        self.progress.take(event)
        if isinstance(event, Failed):
            self._message.say(event.message, event.hint)
        if isinstance(event, Finished):
            self.trained.emit(event.model)
        if isinstance(event, Finished | Failed | Stopped):
            self._outcome = event
        self._show_buttons()

    def _on_form(self) -> None:
        if self.form.plan is not None:
            self._message.clear()
        self._show_buttons()

    @property
    def busy(self) -> bool:
        """Whether a training is at work; its process takes a moment to end after its last word."""
        return self.process.running and self._outcome is None

    @property
    def _on_progress(self) -> bool:
        return self._pages.currentIndex() == 1

    def _can_resume(self, plan: TrainingPlan | None) -> bool:
        return plan is not None and was_begun(plan)

    def _show_buttons(self) -> None:
        running = self.busy
        plan = self._plan if self._on_progress else self.form.plan
        finished = self._on_progress and isinstance(self._outcome, Finished)
        begun = not finished and not running and self._can_resume(plan)
        self._back.setVisible(self._on_progress and not running)
        for button in (self._pause, self._stop):
            button.setVisible(running)
        if running:
            self._pause.setText("Resume" if self.process.paused else "Pause")
            self._pause.setEnabled(True)
        else:
            self._stop.setText("Stop")
            self._stop.setEnabled(True)
        self._anew.setVisible(begun)
        self._go.setVisible(not running)
        # A process takes a moment to end after its last word.
        free = not self.process.running
        self._anew.setEnabled(free)
        self._go.setEnabled(plan is not None and (free or finished))
        again = "Start again" if self._on_progress else "Start"
        self._go.setText("Use this model" if finished else "Resume" if begun else again)
        self._close.setText("Close" if not running else "Hide")
        self._close.setToolTip("The training goes on" if running else "")
        if begun and not self._on_progress:
            self._message.say(
                "A training of this name was begun and not finished.",
                "Resume goes on with its own settings.",
                icon="info",
            )

    # -- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        title = QLabel("Train a CAM head", self)
        title.setProperty("role", "title")
        hint = QLabel(
            "Teaches a model new classes: one linear layer on the average over the map's cells "
            "takes the place of its last layers, so that CAM is exact.",
            self,
        )
        hint.setProperty("role", "hint")
        hint.setWordWrap(True)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bar = scroll.verticalScrollBar()
        self.form.advanced.toggle.toggled.connect(
            lambda on: QTimer.singleShot(0, bar, lambda: bar.setValue(bar.maximum() if on else 0))
        )
        padded = QWidget(self)
        inner = QVBoxLayout(padded)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.form)
        scroll.setWidget(padded)
        self._pages.addWidget(scroll)
        self._pages.addWidget(self.progress)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(8)
        layout.addWidget(title)
        layout.addWidget(hint)
        layout.addSpacing(8)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._message)
        layout.addSpacing(8)
        layout.addLayout(self._button_row())

    def _button_row(self) -> QHBoxLayout:
        self._go.setProperty("kind", "primary")
        self._go.setDefault(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._back)
        row.addStretch(1)
        for button in (self._close, self._pause, self._stop, self._anew, self._go):
            button.setAutoDefault(button is self._go)
            row.addWidget(button)
        return row

    def _connect(self) -> None:
        self.form.changed.connect(self._on_form)
        self.form.refused.connect(self._message.say)
        self.process.told.connect(self._take)
        self.process.ended.connect(self._show_buttons)
        self._back.clicked.connect(self._go_back)
        self._pause.clicked.connect(self._on_pause)
        self._stop.clicked.connect(self._on_stop)
        self._anew.clicked.connect(lambda: self.start(restart=True))
        self._go.clicked.connect(self._on_go)
        self._close.clicked.connect(self.hide)
