"""Runs the real window in a process of its own: ``python real_window.py PICTURE [SCREENSHOT]``.

Opens the program's window, drops the picture onto it, waits for the map, writes a screenshot of
the whole screen, and prints what the status bar says. With CAMVIEWER_TEST_NO_SOCKETS set, every
attempt to make a socket or to look up a name ends the process.
"""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import Any


def _forbid_sockets() -> None:
    def refuse(*_: Any, **__: Any) -> None:
        print("a socket was asked for", file=sys.stderr, flush=True)
        os._exit(70)

    socket.socket.__init__ = refuse  # type: ignore[method-assign]
    socket.getaddrinfo = refuse
    socket.create_connection = refuse


def main() -> int:
    if os.environ.get("CAMVIEWER_TEST_NO_SOCKETS"):
        _forbid_sockets()
    from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from camviewer.ui.app.launch import make_application, open_window

    picture = Path(sys.argv[1])
    screenshot = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    app = make_application()
    window = open_window()

    def drop() -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(picture))])
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        copy = Qt.DropAction.CopyAction
        app.sendEvent(
            window.picture_area, QDragEnterEvent(QPoint(99, 99), copy, mime, buttons, keys)
        )
        app.sendEvent(window.picture_area, QDropEvent(QPointF(99, 99), copy, mime, buttons, keys))

    def finish() -> None:
        if window.exploration.explanation is None:
            return
        waiting.stop()
        QTimer.singleShot(500, end)

    def end() -> None:
        if screenshot is not None:
            app.primaryScreen().grabWindow(0).save(str(screenshot))
        print(window.status.text)
        window.close()
        app.quit()

    waiting = QTimer()
    waiting.timeout.connect(finish)
    waiting.start(50)
    QTimer.singleShot(100, drop)
    QTimer.singleShot(120_000, lambda: os._exit(71))
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
