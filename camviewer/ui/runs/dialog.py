"""The dialog for a run over many pictures; it need not stay open while the run goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QPushButton, QScrollArea, QWidget

from camviewer.engine.picture.eye_choice import EyeChoice, eye_choice_words
from camviewer.engine.picture.input_range import InputRange
from camviewer.engine.results import RunEnded, RunEvent
from camviewer.engine.support import Failed
from camviewer.ui.runs.form import RunForm
from camviewer.ui.runs.plan import LIST_SUFFIXES, RunPlan, csv_words, overlay_words, plan_words
from camviewer.ui.runs.process import export_process, run_process
from camviewer.ui.runs.progress_page import RunPage
from camviewer.ui.style import method_words, tr, whole
from camviewer.ui.widgets import show_folder
from camviewer.ui.work import ProcessDialog
from camviewer.ui.work.event_process import Done

_SIZE, _LEAST = QSize(720, 720), QSize(660, 540)


class RunDialog(ProcessDialog):
    """Asks for pictures, carries out the run, shows how it goes, and writes what comes of it.

    Signals:
        finished_run: (Path) all pictures of the run in this folder are explained.
        review_requested: (Path) the run in this folder is to be looked through.

    Args:
        folder: where to begin to look for pictures.
        ranges: the ranges of values that were chosen for the pictures of a folder.
        eye: which values overlays show from black to white, where the user keeps it.
        parent: Qt's.
    """

    finished_run = Signal(object)
    review_requested = Signal(object)
    suffixes = LIST_SUFFIXES

    def __init__(
        self,
        folder: Callable[[], Path],
        ranges: Callable[[Path], Sequence[InputRange]],
        eye: Callable[[], EyeChoice | None],
        parent: QWidget,
    ) -> None:
        super().__init__(tr("Run over a folder"), _SIZE, _LEAST, tr("The run goes on"), parent)
        self.process = run_process(self)
        self.export = export_process(self)
        self._eye = eye
        self.form: RunForm = RunForm(folder, ranges, self)
        self.page = RunPage(self)
        self._plan: RunPlan | None = None
        self._run: Path | None = None
        self._csv = QPushButton(tr("Export CSV…"), self)
        self._overlays = QPushButton(tr("Export overlays…"), self)
        self._show = QPushButton(tr("Show folder"), self)
        self._review = QPushButton(tr("Review"), self)
        self._review.setToolTip(tr("Look through its pictures, also while it goes on"))
        self._retry = QPushButton(tr("Retry failed"), self)
        self._build(
            tr(
                "Explains many pictures into one table of raw maps and numbers. It can be "
                "stopped at any moment, and goes on where it was."
            ),
            (_scrolled(self.form), self.page),
            left=(self._csv, self._overlays, self._show, self._review),
            right=(self._retry,),
        )
        self._connect()
        self._show_buttons()

    @property
    def csv_button(self) -> QPushButton:
        """Writes the rows as CSV."""
        return self._csv

    @property
    def overlays_button(self) -> QPushButton:
        """Draws the overlays."""
        return self._overlays

    @property
    def review_button(self) -> QPushButton:
        """Looks through the run."""
        return self._review

    def shut_down(self) -> None:
        """Ends the processes; a run can go on later."""
        self.export.shut_down()
        self.process.shut_down()

    # -- what the user does --------------------------------------------------------------------

    def start(self, *, retry_failed: bool = False) -> None:
        """Begins what the form says, or goes on with it."""
        plan = self._plan if self.shows_work else self.form.plan
        if plan is None or self.process.running:
            return
        self._begin_page(plan)
        self.process.run(plan_words(plan, retry_failed=retry_failed))
        self._show_buttons()

    def _on_go(self) -> None:
        if not self.shows_work and self._found_is_done:
            self._open_found()
        else:
            self.start()

    def _open_found(self) -> None:
        """Shows a run that is done, without a process."""
        plan, found = self.form.plan, self.form.found
        if plan is not None and found is not None:
            self._begin_page(plan)
            self._outcome = RunEnded(
                found.pictures, found.done, 0, len(found.failures), elsewhere=0, stopped=False
            )
            self.page.take(self._outcome)
            self._show_buttons()

    def _begin_page(self, plan: RunPlan) -> None:
        self._plan, self._run, self._outcome = plan, plan.run, None
        self._message.clear()
        self.page.clear()
        found = self.form.found
        if found is not None and found.path == plan.run:
            self.page.show_failures(found.failures)
        if plan.source:
            self.page.show_facts(
                plan.source, self.form.model_title, self.form.method_title, plan.run
            )
        elif found is not None:
            self.page.show_facts(
                ", ".join(found.sources), found.model, method_words(found.method), plan.run
            )
        self._pages.setCurrentIndex(1)

    def _go_back(self) -> None:
        super()._go_back()
        if self._run is not None:
            self.form.look_for_run(self._run)

    def _ask_csv(self) -> None:
        if self._run is None:
            return
        start = self._run.with_name(f"{self._run.name}.csv")
        asking = QFileDialog(self, tr("Export CSV"), str(start), tr("CSV (*.csv)"))
        asking.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asking.setDefaultSuffix("csv")  # so that it asks before the file of the whole name goes
        if asking.exec():
            file = Path(asking.selectedFiles()[0])
            self._begin_export(csv_words(self._run, file), tr("Writing the rows…"))

    def _ask_overlays(self) -> None:
        if self._run is None:
            return
        name = QFileDialog.getExistingDirectory(
            self, tr("A folder for the overlays"), str(self._run.parent)
        )
        if name:
            eye = self._eye()
            window = "" if eye is None else eye_choice_words(eye)
            self._begin_export(
                overlay_words(self._run, Path(name), window),
                tr("Drawing the overlays…")
                if eye is None
                else tr("Drawing the overlays, with the brightness that is kept for all pictures…"),
            )

    def _begin_export(self, words: list[str], doing: str) -> None:
        self._message.say(doing, "", icon="info")
        self.export.run(words)
        self._show_buttons()

    # -- what happens --------------------------------------------------------------------------

    def _take(self, event: RunEvent) -> None:
        self.page.take(event)
        if isinstance(event, Failed):
            self._message.say(event.message, event.hint)
        if isinstance(event, RunEnded | Failed):
            self._outcome = event
        if isinstance(event, RunEnded) and event.pictures_done == event.pictures:
            self.finished_run.emit(self._run)
        self._show_buttons()

    def _take_export(self, event: object) -> None:
        if isinstance(event, Failed):
            self._message.say(event.message, event.hint)
        elif isinstance(event, Done):
            self._message.say(event.words, "", icon="check")

    def _on_form(self) -> None:
        if not self.shows_work:
            self._say_found()
        self._show_buttons()

    def _say_found(self) -> None:
        found = self.form.found
        if self.form.refusal is not None:
            self._message.say(*self.form.refusal)
            return
        if found is None:
            self._message.clear()
            return
        words = tr("A run is in this folder: {done} of {count} pictures are done.").format(
            done=whole(found.done), count=whole(found.pictures)
        )
        hint = tr("Open shows it.") if self._found_is_done else tr("Resume goes on with it.")
        self._message.say(words, hint, icon="info")

    @property
    def _found_is_done(self) -> bool:
        """Whether the form names a run, without a source, of which nothing is left to do."""
        found, plan = self.form.found, self.form.plan
        named = found is not None and plan is not None and not plan.source
        return named and found is not None and found.done == found.pictures

    def _show_buttons(self) -> None:
        super()._show_buttons()
        running, shown = self.busy, self.shows_work
        ended = shown and not running
        complete = isinstance(self._outcome, RunEnded) and (
            self._outcome.pictures_done == self._outcome.pictures
        )
        has_rows = ended and isinstance(self._outcome, RunEnded) and self._outcome.pictures_done > 0
        failed = isinstance(self._outcome, RunEnded) and self._outcome.failed > 0
        for button in (self._csv, self._overlays, self._show):
            button.setVisible(has_rows)
        for button in (self._csv, self._overlays):
            button.setEnabled(not self.export.running)
        self._review.setVisible(has_rows or (running and shown))
        self._retry.setVisible(has_rows and complete and failed)
        self._go.setVisible(not running and not (shown and complete))
        # A process takes a moment to end after its last word.
        free = not self.process.running
        self._retry.setEnabled(free)
        self._go.setEnabled(free and (self._plan if shown else self.form.plan) is not None)
        self._go.setText(self._main_word())

    def _main_word(self) -> str:
        if self.shows_work:
            return tr("Resume") if isinstance(self._outcome, RunEnded) else tr("Start again")
        if self.form.found is None:
            return tr("Start")
        return tr("Open") if self._found_is_done else tr("Resume")

    def _connect(self) -> None:
        self.form.changed.connect(self._on_form)
        self.process.told.connect(self._take)
        self.export.told.connect(self._take_export)
        self.export.ended.connect(self._show_buttons)
        self._csv.clicked.connect(self._ask_csv)
        self._overlays.clicked.connect(self._ask_overlays)
        self._show.clicked.connect(self._show_folder)
        self._review.clicked.connect(lambda: self.review_requested.emit(self._run))
        self._retry.clicked.connect(lambda: self.start(retry_failed=True))
        self._go.clicked.connect(self._on_go)

    def _show_folder(self) -> None:
        if self._run is not None:
            show_folder(self._run, self)


def _scrolled(form: QWidget) -> QScrollArea:
    """The form, which is higher than a low window once a message stands below it."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(form)
    return area
