"""A training in a process of its own: the window stays quick, and a crash costs nothing."""

from __future__ import annotations

from PySide6.QtCore import QObject, QProcess, Signal

from camviewer.engine.support.own_executable import own_command
from camviewer.engine.training.events import (
    Failed,
    Finished,
    Paused,
    Stopped,
    TrainingEvent,
    read_event,
)
from camviewer.engine.training.plan import TrainingPlan

_PATIENCE_MS = 10_000


def plan_words(plan: TrainingPlan, *, resume: bool, restart: bool) -> list[str]:
    """The arguments that start a training at the terminal."""
    if resume:  # it goes on with its own settings
        settings: list[str] = ["--resume"]
    else:
        settings = [
            f"--epochs={plan.epochs}",
            f"--lr={plan.learning_rate!r}",
            f"--batch={plan.batch}",
            f"--conv={plan.convolution}",
            f"--fine-tune={plan.fine_tune.value}",
            f"--fine-tune-epochs={plan.fine_tune_epochs}",
            f"--fine-tune-lr={plan.fine_tune_rate!r}",
            f"--val-share={plan.validation_share!r}",
            f"--seed={plan.seed}",
            f"--patience={plan.patience}",
            "--class-weights" if plan.class_weights else "--no-class-weights",
            "--flips" if plan.flips else "--no-flips",
            *(["--keep-last-pool"] if plan.keep_last_pool else []),
            *(["--restart"] if restart else []),
        ]
    names = [f"--base={plan.base}", f"--output={plan.title}", "--json-lines"]
    return ["train", *names, *settings, "--", str(plan.data)]


class TrainingProcess(QObject):
    """Starts the program's own ``train`` command and talks with it.

    Signals:
        told: (TrainingEvent).
        ended: the process is gone; one of Finished, Failed and Stopped was told before.
    """

    told = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process = QProcess(self)
        self._rest = b""
        self._errors = b""
        self._outcome: TrainingEvent | None = None
        self._paused = False
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.readyReadStandardError.connect(self._read_errors)
        self._process.finished.connect(self._end)
        self._process.errorOccurred.connect(self._fail_to_start)

    @property
    def running(self) -> bool:
        """Whether a training is at work or waits."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    @property
    def paused(self) -> bool:
        """Whether it waits."""
        return self._paused

    def start(self, plan: TrainingPlan, *, resume: bool = False, restart: bool = False) -> None:
        """Begins a training, or goes on with one."""
        self._rest, self._errors, self._outcome, self._paused = b"", b"", None, False
        program, *words = own_command()
        self._process.start(program, [*words, *plan_words(plan, resume=resume, restart=restart)])

    def pause(self) -> None:
        """Lets it wait at the next batch."""
        self._say("pause")

    def go_on(self) -> None:
        """Lets it go on."""
        self._say("resume")

    def cancel(self) -> None:
        """Lets it stop at the next batch; it keeps what was learnt."""
        self._say("cancel")

    def shut_down(self) -> None:
        """Ends it and waits for that; a training that does not hear can go on later all the same.

        It saves its state as it learns, so that even killing it costs seconds at most.
        """
        if self.running:
            self.cancel()
            if not self._process.waitForFinished(_PATIENCE_MS):
                self._process.kill()
                self._process.waitForFinished(_PATIENCE_MS)

    def _say(self, word: str) -> None:
        self._process.write(f"{word}\n".encode())

    def _read(self) -> None:
        *lines, self._rest = (
            self._rest + bytes(self._process.readAllStandardOutput().data())
        ).split(b"\n")
        for line in lines:
            event = read_event(line.decode("utf-8", "replace"))
            if event is None:
                continue
            if isinstance(event, Finished | Failed | Stopped):
                self._outcome = event
            elif isinstance(event, Paused):
                self._paused = event.paused
            self.told.emit(event)

    def _read_errors(self) -> None:
        self._errors = (self._errors + bytes(self._process.readAllStandardError().data()))[-4000:]

    def _end(self, code: int) -> None:
        self._read()
        self._read_errors()
        self._paused = False
        if self._outcome is None:
            words = self._errors.decode("utf-8", "replace").strip().splitlines()
            said = words[-1] if words and not words[-1].startswith(" ") else ""
            message = said or f"The training ended by itself (code {code})."
            self.told.emit(Failed(message, "Start it again: what was learnt may go on."))
        self.ended.emit()

    def _fail_to_start(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self.told.emit(Failed("The training could not be started.", "Reinstall camviewer."))
            self.ended.emit()
