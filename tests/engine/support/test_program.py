"""The program starts itself again, packaged or not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from camviewer import __version__
from camviewer.engine.support import own_executable as program

ROOT = Path(program.__file__).parents[3]


def freeze(monkeypatch, executable: Path) -> None:
    """Makes this process look like the packaged program."""
    executable.parent.mkdir(parents=True, exist_ok=True)
    executable.touch()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(executable))


def test_the_own_command_starts_this_program() -> None:
    done = subprocess.run(
        [*program.own_command(), "--version"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"camviewer {__version__}\n"


def test_the_packaged_program_is_its_own_command(monkeypatch, tmp_path) -> None:
    freeze(monkeypatch, tmp_path / "camviewer")
    assert program.own_command() == (str(tmp_path / "camviewer"),)
    assert program.program_folder() == tmp_path.resolve()


def test_on_windows_the_program_with_a_console_is_started(monkeypatch, tmp_path) -> None:
    freeze(monkeypatch, tmp_path / "camviewer.exe")
    (tmp_path / "camviewer-console.exe").touch()
    assert program.own_command() == (str(tmp_path / "camviewer-console.exe"),)


def test_a_mac_user_sees_the_folder_with_the_bundle(monkeypatch, tmp_path) -> None:
    freeze(monkeypatch, tmp_path / "camviewer.app" / "Contents" / "MacOS" / "camviewer")
    assert program.program_folder() == tmp_path.resolve()
