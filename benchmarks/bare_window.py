"""A bare window of Qt, timed from the start of its process: the least that a window can take.

``python -m benchmarks.bare_window NANOSECONDS`` prints one line of JSON; the number is the moment
of the start on the monotonic clock.
"""

from __future__ import annotations

import json
import sys
from time import monotonic_ns

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class Window(QMainWindow):
    """Empty; ends the program once it was painted.

    Attributes:
        painted: nanoseconds of the monotonic clock; 0 until then.
    """

    def __init__(self) -> None:
        super().__init__()
        self.painted = 0
        self._done = QTimer(self, singleShot=True, interval=0)
        self._done.timeout.connect(self._note)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        self._done.start()  # by then what was painted has gone to the screen

    def _note(self) -> None:
        self.painted = monotonic_ns()
        QApplication.exit()


def main() -> None:
    started = int(sys.argv[1])
    app = QApplication([])
    window = Window()
    window.resize(1280, 800)
    window.show()
    app.exec()
    print(json.dumps({"bare_window_ms": (window.painted - started) / 1e6}))


if __name__ == "__main__":
    main()
