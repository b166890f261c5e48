"""Opens the window on no screen, waits for a map, and says what the status line says.

The self-test starts the program so, with ``--check-window PICTURE SCREENSHOT``, to see that Qt,
its plugins, the threads and the drawing work where it is installed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from camviewer.engine.folders import everything_in

_GIVE_UP_MS = 120_000
_TIMED_OUT = 3


def check_window(words: Sequence[str]) -> int:
    """Returns 0 when the map was drawn.

    Args:
        words: the picture, and the PNG file to write.
    """
    picture, screenshot = map(Path, words)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with TemporaryDirectory(prefix="camviewer-window-") as name, everything_in(Path(name)):
        return _show(picture, screenshot)


def _show(picture: Path, screenshot: Path) -> int:
    from PySide6.QtCore import QTimer  # noqa: PLC0415  (after the platform was chosen)

    from camviewer.ui.start import make_application, open_window  # noqa: PLC0415

    app = make_application()
    window = open_window([picture])
    waiting = QTimer()

    def look() -> None:
        if window.exploration.explanation is not None:
            waiting.stop()
            window.grab().save(str(screenshot))
            print(window.status.text)  # noqa: T201
            window.close()
            app.quit()

    waiting.timeout.connect(look)
    waiting.start(50)
    QTimer.singleShot(_GIVE_UP_MS, lambda: app.exit(_TIMED_OUT))
    code = app.exec()
    if code:
        window.close()
        print("no map was drawn", file=sys.stderr)  # noqa: T201
    return code
