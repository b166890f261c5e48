"""One start of the window in a process of its own, timed from the process's start.

``python -m benchmarks.window_probe NANOSECONDS PICTURE`` prints one line of JSON; the number is the
moment of the start on the monotonic clock. It goes the way of ``camviewer PICTURE``
(``camviewer.ui.app.launch.run_window``) and watches from outside.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from time import monotonic_ns

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from camviewer.engine.support import start_log
from camviewer.ui.app import make_application, open_window
from camviewer.ui.window import MainWindow

_IMPORTED = monotonic_ns()
_GIVE_UP_MS = 60_000


class Watch(QObject):
    """Notes when things come on screen, and how long the GUI thread lets its timer wait.

    Args:
        window: just shown, its event loop not running yet.
        started: nanoseconds of the monotonic clock.
    """

    def __init__(self, window: MainWindow, started: int) -> None:
        super().__init__()
        self._started = started
        self._painting: dict[QWidget, str] = {}
        self._ticks: list[float] = []
        self.moments = {"imported_ms": (_IMPORTED - started) / 1e6}
        self._await_paint(window, "window_ms")
        explored = window.exploration
        explored.picture_shown.connect(lambda _: self._note("picture_ms"))
        explored.model_ready.connect(lambda *_: self._note("model_ms"))
        explored.explanation_changed.connect(
            lambda found: self._await_paint(window.picture_area.canvas, "map_ms") if found else None
        )
        self._beat = QTimer(self)
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(lambda: self._ticks.append(self._now()))
        self._beat.start(1)

    def finish(self) -> dict[str, float]:
        """All that was noted; a freeze is the longest wait between two ticks."""
        self._ticks.append(self._now())
        waits = [(after - before, before) for before, after in pairwise(self._ticks)]
        self.moments["freeze_ms"], self.moments["freeze_at_ms"] = max(waits)
        visible = self.moments.get("window_ms", 0.0)
        self.moments["visible_freeze_ms"], self.moments["visible_freeze_at_ms"] = max(
            wait for wait in waits if wait[1] >= visible
        )
        return self.moments

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            watched.removeEventFilter(self)
            name = self._painting.pop(watched, "")
            # By then what was painted has gone to the screen.
            QTimer.singleShot(0, lambda: self._note(name))
        return False

    def _await_paint(self, widget: QWidget, name: str) -> None:
        self._painting[widget] = name
        widget.installEventFilter(self)

    def _note(self, name: str) -> None:
        self.moments.setdefault(name, self._now())
        if name == "map_ms":
            QApplication.exit()  # quit would close the window first, and wait for the model

    def _now(self) -> float:
        return (monotonic_ns() - self._started) / 1e6


def main() -> None:
    started, picture = int(sys.argv[1]), Path(sys.argv[2])
    start_log()
    app = make_application()
    window = open_window([picture])
    watch = Watch(window, started)
    QTimer.singleShot(_GIVE_UP_MS, app.quit)
    app.exec()
    moments = watch.finish()
    window.close()
    print(json.dumps(moments))


if __name__ == "__main__":
    main()
