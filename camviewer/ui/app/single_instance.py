"""One window a user: what is opened by a second start is shown by the window that is there.

The window listens on a local socket of the user's own, a file or a named pipe: no network.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from camviewer.engine.support import settings_folder

_CONNECT_MS = 500
_ANSWER_MS = 3000
_START_MS = 15_000
"""Maximum time in ms that a start waits for another one; a start takes a few seconds."""
_LONGEST = 1_000_000
_TAKEN = b"taken\n"
_TOKENS = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")
"""Environment variables that let the desktop raise the window; because the user asked for it."""


def address() -> str:
    """Where this user's window listens on this screen."""
    screen = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or ""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    secret = "\n".join((str(settings_folder()), screen, platform))
    name = f"camviewer-{hashlib.sha256(secret.encode()).hexdigest()[:16]}"
    if sys.platform == "win32":
        return name
    return str(Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / name)


def starting() -> QLockFile:
    """A lock for the time from looking for another window to listening for later starts.

    Two starts in the same instant would each find no window. The second one waits for this.
    """
    if sys.platform == "win32":
        where = Path(tempfile.gettempdir()) / f"{address()}.starting"
    else:
        where = Path(f"{address()}.starting")
    lock = QLockFile(str(where))
    lock.tryLock(_START_MS)
    return lock


def hand_over(paths: Sequence[Path]) -> bool:
    """Gives the paths to the window that is open; False when there is none, or it is busy."""
    where = address()
    if sys.platform != "win32" and not Path(where).exists():
        return False
    socket = QLocalSocket()
    socket.connectToServer(where)
    if not socket.waitForConnected(_CONNECT_MS):
        return False
    message = {
        "paths": [str(path.absolute()) for path in paths],
        "tokens": {name: os.environ[name] for name in _TOKENS if name in os.environ},
    }
    socket.write(json.dumps(message).encode() + b"\n")
    socket.flush()
    answered = socket.waitForReadyRead(_ANSWER_MS)
    return answered and bytes(socket.readAll().data()) == _TAKEN


class InstanceServer(QObject):
    """Listens for later starts of the program.

    Signals:
        asked: (list of Path) to be opened, perhaps none; the window is to come to the front.
    """

    asked = Signal(list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._visitors: list[QLocalSocket] = []
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._meet)

    def listen(self) -> bool:
        """Listens from now on; a socket that a crash left is taken over."""
        where = address()
        probe = QLocalSocket()
        probe.connectToServer(where)
        if probe.waitForConnected(_CONNECT_MS):
            return False  # another window has it
        QLocalServer.removeServer(where)
        return self._server.listen(where)

    def close(self) -> None:
        """Listens no more."""
        self._server.close()

    def _meet(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            self._visitors.append(socket)
            socket.readyRead.connect(self._read_all)
            socket.disconnected.connect(self._forget_gone)
        self._read_all()

    def _read_all(self) -> None:
        for socket in tuple(self._visitors):
            self._read(socket)

    def _forget_gone(self) -> None:
        gone = QLocalSocket.LocalSocketState.UnconnectedState
        for socket in [each for each in self._visitors if each.state() == gone]:
            self._visitors.remove(socket)
            socket.deleteLater()

    def _read(self, socket: QLocalSocket) -> None:
        if socket.bytesAvailable() > _LONGEST:
            socket.abort()
            return
        if not socket.canReadLine():
            return
        paths = _paths_in(bytes(socket.readLine().data()))
        if paths is None:
            socket.abort()
            return
        socket.write(_TAKEN)
        socket.flush()
        self.asked.emit(paths)


def _paths_in(line: bytes) -> list[Path] | None:
    try:
        message = json.loads(line)
        paths = [Path(str(path)) for path in message["paths"]]
        given = message["tokens"]
        tokens = {name: str(given[name]) for name in _TOKENS if name in given}
    except (ValueError, TypeError, KeyError):
        return None
    os.environ.update(tokens)
    return paths
