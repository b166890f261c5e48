"""Long work in a process of its own, which says what happens as lines of JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QProcess, Signal

from camviewer.engine.support import EventLines, Failed, Paused, own_command, stand_back
from camviewer.ui.style import tr

_PATIENCE_MS = 10_000
POLITE = 5
"""Steps by which the process stands back, so that the window stays quick beside it."""
_KEPT_ERRORS = 4000
"""Maximum length of what is kept of stderr, in bytes; because only its last line is shown."""


@dataclass(frozen=True)
class Done:
    """The process has ended well without an event that says so.

    Attributes:
        words: its last line.
    """

    words: str


class EventProcess(QObject):
    """Starts a command of this program and talks with it.

    Signals:
        told: (an event).
        ended: the process is gone; an outcome was told before.

    Args:
        what: the work, as it is called in messages.
        lines: its events.
        outcomes: kinds of events that come last; ``Failed`` is always one.
        listens: whether it takes the words pause, resume and cancel from stdin.
        parent: Qt's.
    """

    told = Signal(object)
    ended = Signal()

    def __init__(
        self,
        what: str,
        lines: EventLines,
        outcomes: tuple[type, ...],
        *,
        listens: bool = True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._what = what
        self._lines = lines
        self._outcomes = (*outcomes, Failed)
        self._listens = listens
        self._process = QProcess(self)
        self._rest = b""
        self._errors = b""
        self._words = ""
        self._has_outcome = False
        self._paused = False
        self._process.started.connect(self._stand_back)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.readyReadStandardError.connect(self._read_errors)
        self._process.finished.connect(self._end)
        self._process.errorOccurred.connect(self._fail_to_start)

    @property
    def running(self) -> bool:
        """Whether the process is at work or waits."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    @property
    def paused(self) -> bool:
        """Whether it waits."""
        return self._paused

    def run(self, words: Sequence[str]) -> None:
        """Starts this program with these arguments."""
        self._rest, self._errors, self._words = b"", b"", ""
        self._has_outcome = self._paused = False
        program, *own = own_command()
        self._process.start(program, [*own, *words])

    def pause(self) -> None:
        """Lets it wait at its next step."""
        self._say("pause")

    def go_on(self) -> None:
        """Lets it go on."""
        self._say("resume")

    def cancel(self) -> None:
        """Lets it end at its next step; what it has made is kept."""
        self._say("cancel")

    def shut_down(self) -> None:
        """Ends it and waits for that; a process that does not hear is killed."""
        if self.running:
            self.cancel()
            if not (self._listens and self._process.waitForFinished(_PATIENCE_MS)):
                self._process.kill()
                self._process.waitForFinished(_PATIENCE_MS)

    def _stand_back(self) -> None:
        """Lowers the priority, which the threads of the process take over as they begin."""
        stand_back(POLITE, self._process.processId())

    def _say(self, word: str) -> None:
        self._process.write(f"{word}\n".encode())

    def _read(self) -> None:
        *lines, self._rest = (
            self._rest + bytes(self._process.readAllStandardOutput().data())
        ).split(b"\n")
        for line in lines:
            words = line.decode("utf-8", "replace")
            event = self._lines.read(words)
            if event is None:
                self._words = words.strip()
                continue
            if isinstance(event, self._outcomes):
                self._has_outcome = True
            elif isinstance(event, Paused):
                self._paused = event.paused
            self.told.emit(event)

    def _read_errors(self) -> None:
        read = bytes(self._process.readAllStandardError().data())
        self._errors = (self._errors + read)[-_KEPT_ERRORS:]

    def _end(self, code: int) -> None:
        self._read()
        self._read_errors()
        self._paused = False
        if not self._has_outcome and code == 0:
            self.told.emit(Done(self._words))
        elif not self._has_outcome:
            words = self._errors.decode("utf-8", "replace").strip().splitlines()
            said = words[-1] if words and not words[-1].startswith(" ") else ""
            message = said or tr("The {what} ended by itself (code {code}).").format(
                what=tr(self._what), code=code
            )
            self.told.emit(Failed(message, tr("Start it again: what was made may go on.")))
        self.ended.emit()

    def _fail_to_start(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            message = tr("The {what} could not be started.").format(what=tr(self._what))
            self.told.emit(Failed(message, tr("Reinstall camviewer.")))
            self.ended.emit()
