"""The dialog for a run over many pictures; it need not stay open while the run goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine.results.run_events import RunEnded, RunEvent
from camviewer.engine.support.event_lines import Failed
from camviewer.ui.runs.form import LIST_SUFFIXES, RunForm
from camviewer.ui.runs.plan import RunPlan, csv_words, overlay_words, plan_words
from camviewer.ui.runs.process import export_process, run_process
from camviewer.ui.runs.progress_page import RunPage
from camviewer.ui.widgets.folder_showing import show_folder
from camviewer.ui.widgets.message_card import MessageCard
from camviewer.ui.work.event_process import Done

_SIZE = QSize(720, 640)


class RunDialog(QDialog):
    """Asks for pictures, carries out the run, shows how it goes, and writes what comes of it.

    Signals:
        finished_run: (Path) all pictures of the run in this folder are explained.

    Args:
        folder: where to begin to look for pictures.
        parent: Qt's.
    """

    finished_run = Signal(object)

    def __init__(self, folder: Callable[[], Path], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Run over a folder")
        self.resize(_SIZE)
        self.setMinimumSize(660, 540)
        self.setAcceptDrops(True)
        self.process = run_process(self)
        self.export = export_process(self)
        self.form = RunForm(folder, self)
        self.page = RunPage(self)
        self._plan: RunPlan | None = None
        self._outcome: object = None
        self._run: Path | None = None
        self._pages = QStackedWidget(self)
        self._message = MessageCard(self)
        self._back = QPushButton("Back", self)
        self._csv = QPushButton("Export CSV…", self)
        self._overlays = QPushButton("Export overlays…", self)
        self._show = QPushButton("Show folder", self)
        self._retry = QPushButton("Retry failed", self)
        self._pause = QPushButton("Pause", self)
        self._stop = QPushButton("Stop", self)
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
    def busy(self) -> bool:
        """Whether a run goes on; its process takes a moment to end after its last word."""
        return self.process.running and self._outcome is None

    @property
    def shows_a_run(self) -> bool:
        """Whether a run is shown, and not the form."""
        return self._pages.currentIndex() == 1

    @property
    def main_button(self) -> QPushButton:
        """Start, Resume or Open."""
        return self._go

    @property
    def pause_button(self) -> QPushButton:
        """Pause, or Resume."""
        return self._pause

    @property
    def stop_button(self) -> QPushButton:
        """Ends the run, which can go on later."""
        return self._stop

    @property
    def csv_button(self) -> QPushButton:
        """Writes the rows as CSV."""
        return self._csv

    @property
    def overlays_button(self) -> QPushButton:
        """Draws the overlays."""
        return self._overlays

    def shut_down(self) -> None:
        """Ends the processes; a run can go on later."""
        self.export.shut_down()
        self.process.shut_down()

    # -- what the user does --------------------------------------------------------------------

    def start(self, *, retry_failed: bool = False) -> None:
        """Begins what the form says, or goes on with it."""
        plan = self._plan if self.shows_a_run else self.form.plan
        if plan is None or self.process.running:
            return
        self._begin_page(plan)
        self.process.run(plan_words(plan, retry_failed=retry_failed))
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
        """The folder or list that is dragged, while one can be taken."""
        if self.busy:
            return None
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        good = [p for p in paths if p.is_dir() or p.suffix.lower() in LIST_SUFFIXES]
        return good[0] if good else None

    def _on_go(self) -> None:
        if not self.shows_a_run and self._found_is_done:
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
            self.page.show_facts(", ".join(found.sources), found.model, found.method, plan.run)
        self._pages.setCurrentIndex(1)

    def _on_pause(self) -> None:
        if self.process.paused:
            self.process.go_on()
        else:
            self._pause.setText("Pausing…")
            self._pause.setEnabled(False)
            self.process.pause()

    def _on_stop(self) -> None:
        self._stop.setEnabled(False)
        self._stop.setText("Stopping…")
        self.process.cancel()

    def _go_back(self) -> None:
        self._pages.setCurrentIndex(0)
        self._message.clear()
        if self._run is not None:
            self.form.look_for_run(self._run)
        self._show_buttons()

    def _ask_csv(self) -> None:
        if self._run is None:
            return
        start = self._run.with_name(f"{self._run.name}.csv")
        asking = QFileDialog(self, "Export CSV", str(start), "CSV (*.csv)")
        asking.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asking.setDefaultSuffix("csv")  # so that it asks before the file of the whole name goes
        if asking.exec():
            file = Path(asking.selectedFiles()[0])
            self._begin_export(csv_words(self._run, file), "Writing the rows…")

    def _ask_overlays(self) -> None:
        if self._run is None:
            return
        name = QFileDialog.getExistingDirectory(
            self, "A folder for the overlays", str(self._run.parent)
        )
        if name:
            self._begin_export(overlay_words(self._run, Path(name)), "Drawing the overlays…")

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
        if not self.shows_a_run:
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
        done = f"{found.done:,} of {found.pictures:,} pictures are done."
        hint = "Open shows it." if self._found_is_done else "Resume goes on with it."
        self._message.say(f"A run is in this folder: {done}", hint, icon="info")

    @property
    def _found_is_done(self) -> bool:
        """Whether the form names a run, without a source, of which nothing is left to do."""
        found, plan = self.form.found, self.form.plan
        named = found is not None and plan is not None and not plan.source
        return named and found is not None and found.done == found.pictures

    def _show_buttons(self) -> None:
        running, shown = self.busy, self.shows_a_run
        ended = shown and not running
        complete = isinstance(self._outcome, RunEnded) and (
            self._outcome.pictures_done == self._outcome.pictures
        )
        has_rows = ended and isinstance(self._outcome, RunEnded) and self._outcome.pictures_done > 0
        failed = isinstance(self._outcome, RunEnded) and self._outcome.failed > 0
        self._back.setVisible(ended)
        for button in (self._pause, self._stop):
            button.setVisible(running)
        for button in (self._csv, self._overlays, self._show):
            button.setVisible(has_rows)
        for button in (self._csv, self._overlays):
            button.setEnabled(not self.export.running)
        self._retry.setVisible(has_rows and complete and failed)
        if running:
            self._pause.setText("Resume" if self.process.paused else "Pause")
            self._pause.setEnabled(True)
        else:
            self._stop.setText("Stop")
            self._stop.setEnabled(True)
        self._go.setVisible(not running and not (shown and complete))
        # A process takes a moment to end after its last word.
        free = not self.process.running
        self._retry.setEnabled(free)
        self._go.setEnabled(free and (self._plan if shown else self.form.plan) is not None)
        self._go.setText(self._main_word())
        self._close.setText("Hide" if running else "Close")
        self._close.setToolTip("The run goes on" if running else "")

    def _main_word(self) -> str:
        if self.shows_a_run:
            return "Resume" if isinstance(self._outcome, RunEnded) else "Start again"
        if self.form.found is None:
            return "Start"
        return "Open" if self._found_is_done else "Resume"

    # -- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        title = QLabel("Run over a folder", self)
        title.setProperty("role", "title")
        hint = QLabel(
            "Explains many pictures into one table of raw maps and numbers. It can be stopped at "
            "any moment, and goes on where it was.",
            self,
        )
        hint.setProperty("role", "hint")
        hint.setWordWrap(True)
        self._pages.addWidget(self.form)
        self._pages.addWidget(self.page)
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
        left = (self._back, self._csv, self._overlays, self._show)
        right = (self._close, self._retry, self._pause, self._stop, self._go)
        for button in left:
            row.addWidget(button)
        row.addStretch(1)
        for button in right:
            row.addWidget(button)
        for button in (*left, *right):
            button.setAutoDefault(button is self._go)
        return row

    def _connect(self) -> None:
        self.form.changed.connect(self._on_form)
        self.process.told.connect(self._take)
        self.process.ended.connect(self._show_buttons)
        self.export.told.connect(self._take_export)
        self.export.ended.connect(self._show_buttons)
        self._back.clicked.connect(self._go_back)
        self._csv.clicked.connect(self._ask_csv)
        self._overlays.clicked.connect(self._ask_overlays)
        self._show.clicked.connect(self._show_folder)
        self._retry.clicked.connect(lambda: self.start(retry_failed=True))
        self._pause.clicked.connect(self._on_pause)
        self._stop.clicked.connect(self._on_stop)
        self._go.clicked.connect(self._on_go)
        self._close.clicked.connect(self.hide)

    def _show_folder(self) -> None:
        if self._run is not None:
            show_folder(self._run, self)
