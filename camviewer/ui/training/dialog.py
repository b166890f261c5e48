"""The dialog in which a model is taught new classes; it need not stay open while it learns."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from camviewer.engine.support import Failed
from camviewer.engine.training import Finished, Stopped, TrainingEvent, TrainingPlan
from camviewer.engine.training.run_place import was_begun
from camviewer.ui.style import tr
from camviewer.ui.training.form import TrainingForm
from camviewer.ui.training.process import TrainingProcess
from camviewer.ui.training.progress_page import ProgressPage
from camviewer.ui.work import ProcessDialog

_SIZE, _LEAST = QSize(720, 700), QSize(560, 520)


class TrainingDialog(ProcessDialog):
    """Asks for pictures, runs the training, shows how it goes and what came of it.

    Signals:
        trained: (id) a new model is kept.
        use_requested: (id) the new model is to be asked from now on.
    """

    trained = Signal(str)
    use_requested = Signal(str)
    suffixes = frozenset({".csv", ".tsv"})

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Train a CAM head"), _SIZE, _LEAST, tr("The training goes on"), parent)
        self.process: TrainingProcess = TrainingProcess(self)
        self.form: TrainingForm = TrainingForm(self)
        self.progress = ProgressPage(self)
        self._plan: TrainingPlan | None = None
        self._anew = QPushButton(tr("Begin anew"), self)
        self._build(
            tr(
                "Teaches a model new classes: one linear layer on the average over the map's "
                "cells takes the place of its last layers, so that CAM is exact."
            ),
            (self._scrolling_form(), self.progress),
            right=(self._anew,),
        )
        self._connect()
        self._show_buttons()

    # -- what the user does --------------------------------------------------------------------

    def start(self, *, resume: bool = False, restart: bool = False) -> None:
        """Starts what the form says, or goes on with it."""
        plan = self._plan if self.shows_work and resume else self.form.plan
        if plan is None or self.process.running:
            return
        self._plan, self._outcome = plan, None
        self._message.clear()
        self.progress.clear()
        self._pages.setCurrentIndex(1)
        self.process.start(plan, resume=resume, restart=restart)
        self._show_buttons()

    def _on_go(self) -> None:
        if isinstance(self._outcome, Finished) and self.shows_work:
            self.use_requested.emit(self._outcome.model)
            self.hide()
        elif self.shows_work:
            self.start(resume=self._can_resume(self._plan))
        else:
            self.start(resume=self._can_resume(self.form.plan))

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

    def _can_resume(self, plan: TrainingPlan | None) -> bool:
        return plan is not None and was_begun(plan)

    def _show_buttons(self) -> None:
        super()._show_buttons()
        running = self.busy
        plan = self._plan if self.shows_work else self.form.plan
        finished = self.shows_work and isinstance(self._outcome, Finished)
        begun = not finished and not running and self._can_resume(plan)
        self._anew.setVisible(begun)
        self._go.setVisible(not running)
        # A process takes a moment to end after its last word.
        free = not self.process.running
        self._anew.setEnabled(free)
        self._go.setEnabled(plan is not None and (free or finished))
        again = tr("Start again") if self.shows_work else tr("Start")
        self._go.setText(tr("Use this model") if finished else tr("Resume") if begun else again)
        if begun and not self.shows_work:
            self._message.say(
                tr("A training of this name was begun and not finished."),
                tr("Resume goes on with its own settings."),
                icon="info",
            )

    # -- building ------------------------------------------------------------------------------

    def _scrolling_form(self) -> QScrollArea:
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
        return scroll

    def _connect(self) -> None:
        self.form.changed.connect(self._on_form)
        self.form.refused.connect(self._message.say)
        self.process.told.connect(self._take)
        self._anew.clicked.connect(lambda: self.start(restart=True))
        self._go.clicked.connect(self._on_go)
