"""The command line never asks for a network, and works where there is none."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import skimage

import camviewer

ROOT = Path(camviewer.__file__).parents[1]
PHOTOGRAPH = Path(skimage.__file__).parent / "data" / "chelsea.png"
EXPLAIN = ["explain", str(PHOTOGRAPH), "--json"]

WITHOUT_SOCKETS = """
import socket, sys, _socket

class Refused(socket.socket):
    def __init__(self, *arguments, **named):
        raise AssertionError("a socket was opened")

def refuse(*arguments, **named):
    raise AssertionError("the network was asked")

socket.socket = socket.SocketType = _socket.socket = Refused
for name in ("create_connection", "create_server", "getaddrinfo", "gethostbyname", "socketpair"):
    setattr(socket, name, refuse)
sys.addaudithook(
    lambda event, details: refuse() if event.startswith("socket.") else None
)
from camviewer.app import main
sys.exit(main(sys.argv[1:]))
"""


def explained(command: list[str], folder: Path) -> str:
    """Runs the program in an empty folder and gives the class that it found."""
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    (result,) = json.loads(done.stdout)
    assert len(list(folder.iterdir())) == 3
    return str(result["class"]["name"])


def test_a_photograph_is_explained_though_every_socket_call_fails(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WITHOUT_SOCKETS, *EXPLAIN]
    assert explained(command, tmp_path) == "tiger cat"


def unshare() -> list[str]:
    """The command that enters an empty network namespace; empty where the system forbids it."""
    if shutil.which("unshare"):
        for option in ("-rn", "-n"):
            command = ["unshare", option]
            if subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0:
                return command
    return []


def test_a_photograph_is_explained_in_an_empty_network_namespace(tmp_path: Path) -> None:
    prefix = unshare()
    if not prefix:
        pytest.skip("this system allows no network namespace")
    command = [*prefix, sys.executable, "-m", "camviewer", *EXPLAIN]
    assert explained(command, tmp_path) == "tiger cat"
