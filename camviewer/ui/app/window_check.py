"""Opens the window, waits for a map, says what the status line says, and closes it.

The program is started so with ``--check-window PICTURE SCREENSHOT [STARTED]``: by the self-test, on
no screen, to see that Qt, its plugins, the threads and the drawing work where it is installed; and
by the benchmarks, which name the moment of the start and are told how long things took.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic_ns

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from camviewer.engine.support import everything_in
from camviewer.ui.app.launch import make_application, open_window

_GIVE_UP_MS = 120_000
_TIMED_OUT = 3


def check_window(words: Sequence[str]) -> int:
    """Returns 0 when the map was drawn.

    Args:
        words: the picture, the PNG file to write, and perhaps the moment of the start in
            nanoseconds of the monotonic clock.
    """
    picture, screenshot = map(Path, words[:2])
    started = int(words[2]) if len(words) > 2 else None
    with TemporaryDirectory(prefix="camviewer-window-") as name, everything_in(Path(name)):
        return _show(picture, screenshot, started)


def _show(picture: Path, screenshot: Path, started: int | None) -> int:
    app = make_application()
    window = open_window([picture])
    first_paint, map_paint = _FirstPaint(window), _FirstPaint()

    def finish() -> None:
        window.grab().save(str(screenshot))
        print(window.status.text)  # noqa: T201
        if started is not None:
            moments = {"window_ms": first_paint.moment, "map_ms": map_paint.moment}
            after = {name: (moment - started) / 1e6 for name, moment in moments.items()}
            print(json.dumps(after))  # noqa: T201
        window.close()
        app.quit()

    window.exploration.explanation_changed.connect(
        lambda found: map_paint.watch(window.picture_area.canvas) if found else None
    )
    map_paint.then(finish)
    QTimer.singleShot(_GIVE_UP_MS, lambda: app.exit(_TIMED_OUT))
    code = app.exec()
    if code:
        window.close()
        print("no map was drawn", file=sys.stderr)  # noqa: T201
    return code


class _FirstPaint(QObject):
    """The moment when a widget was painted, on the monotonic clock in nanoseconds."""

    def __init__(self, widget: QWidget | None = None) -> None:
        super().__init__()
        self.moment = 0
        self._done = QTimer(self)
        self._done.setSingleShot(True)
        self._done.setInterval(0)  # by then what was painted has gone to the screen
        self._done.timeout.connect(self._note)
        if widget is not None:
            self.watch(widget)

    def watch(self, widget: QWidget) -> None:
        """From now on."""
        if not self.moment:
            widget.installEventFilter(self)

    def then(self, action: Callable[[], None]) -> None:
        """What follows on it."""
        self._done.timeout.connect(action)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self.moment and not self._done.isActive():
            watched.removeEventFilter(self)
            self._done.start()
        return False

    def _note(self) -> None:
        self.moment = monotonic_ns()
