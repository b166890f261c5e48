"""A second start hands its pictures to the window that is open."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from camviewer.ui.app.launch import take_later_starts
from camviewer.ui.app.single_instance import InstanceServer, address, hand_over

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def runtime_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A place for sockets that no other test listens in."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))


def second_start(*arguments: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "camviewer", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_second_start_shows_its_picture_in_the_open_window(qtbot, window, coffee) -> None:
    take_later_starts(window)
    second = second_start(coffee)
    qtbot.waitUntil(lambda: window.exploration.picture is not None, timeout=60_000)
    assert window.exploration.picture.image.name == "coffee.png"
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=60_000)
    assert (second.returncode, second.communicate()[1]) == (0, "")


def test_a_file_that_macos_hands_over_is_opened(qtbot, qapp, window, coffee) -> None:
    qapp.asked.connect(window.open_paths)
    qapp.sendEvent(qapp, QFileOpenEvent(str(coffee)))
    qtbot.waitUntil(lambda: window.exploration.picture is not None, timeout=60_000)
    assert window.exploration.picture.image.name == "coffee.png"
    qapp.asked.disconnect(window.open_paths)


def test_nothing_is_handed_over_where_no_window_is_open(qapp, cat) -> None:
    assert not hand_over([cat])


def test_a_socket_that_a_crash_left_is_taken_over(qapp, qtbot, cat) -> None:
    dead = subprocess.run(
        [sys.executable, "-c", LISTEN_AND_DIE, address()], env=os.environ, check=False
    )
    assert dead.returncode == 9
    if sys.platform != "win32":
        assert Path(address()).exists()
    assert not hand_over([cat])
    server = InstanceServer()
    assert server.listen()
    server.close()


LISTEN_AND_DIE = """
import os, sys
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtNetwork import QLocalServer
app = QCoreApplication([])
server = QLocalServer()
assert server.listen(sys.argv[1])
os._exit(9)
"""


def test_a_second_window_does_not_take_the_first_ones_place(qapp) -> None:
    first, second = InstanceServer(), InstanceServer()
    assert first.listen()
    assert not second.listen()
    first.close()


@pytest.mark.parametrize("words", [b"\n", b"[]\n", b'{"paths": 3, "tokens": {}}\n', b"\xff\n"])
def test_what_is_no_list_of_paths_is_not_taken(qapp, qtbot, words: bytes) -> None:
    server = InstanceServer()
    assert server.listen()
    asked: list[list[Path]] = []
    server.asked.connect(asked.append)
    socket = QLocalSocket()
    socket.connectToServer(address())
    socket.write(words)
    socket.flush()
    gone = QLocalSocket.LocalSocketState.UnconnectedState
    qtbot.waitUntil(lambda: socket.state() == gone, timeout=5000)
    assert asked == []
    server.close()


def test_only_the_user_may_reach_the_socket(qapp) -> None:
    server = InstanceServer()
    assert server.listen()
    if sys.platform == "linux":
        assert Path(address()).stat().st_mode & 0o077 == 0
    QLocalServer.removeServer(address())
    server.close()


def test_two_starts_in_the_same_instant_open_one_window(tmp_path: Path, coffee: Path) -> None:
    os.environ["CAMVIEWER_HOME"] = str(tmp_path)
    try:
        starts = [second_start(coffee), second_start()]
    finally:
        del os.environ["CAMVIEWER_HOME"]
    try:
        deadline = time.monotonic() + 60
        while all(start.poll() is None for start in starts) and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(1)
        ended = [start for start in starts if start.poll() is not None]
        assert [start.returncode for start in ended] == [0]
    finally:
        for start in starts:
            start.kill()
            start.communicate()
