"""This program's own executable: where it lies, and the command that starts it once more."""

from __future__ import annotations

import sys
from pathlib import Path

_CONSOLE = "camviewer-console"
"""The twin of the Windows program that has an output; the other belongs to the desktop."""

_LICENCES = "THIRD_PARTY_LICENSES.txt"


def is_frozen() -> bool:
    """Whether this is the packaged program, which brings its own Python."""
    return bool(getattr(sys, "frozen", False))


def own_command() -> tuple[str, ...]:
    """The words that start this program once more; arguments follow, as in a terminal.

    The packaged program is its own executable; elsewhere Python runs the module. What is started
    so can be read from: on Windows it is the program with a console, which shows no window when
    a process without one starts it.
    """
    if not is_frozen():
        return (sys.executable, "-m", "camviewer")
    executable = Path(sys.executable)
    console = executable.with_name(f"{_CONSOLE}{executable.suffix}")
    return (str(console if console.is_file() else executable),)


def program_folder() -> Path | None:
    """The folder that the user unpacked; None where Python runs the program."""
    if not is_frozen():
        return None
    folder = Path(sys.executable).resolve().parent
    # On macOS the executable lies in camviewer.app/Contents/MacOS, and the user sees the bundle.
    if folder.name == "MacOS" and folder.parents[1].suffix == ".app":
        return folder.parents[2]
    return folder


def licence_file() -> Path | None:
    """What everything inside is licensed under; None where each package brings its own."""
    contents = getattr(sys, "_MEIPASS", None)
    if contents is None:
        return None
    own = program_folder()
    for folder in (*([own] if own else []), Path(contents), Path(contents).parent):
        if (folder / _LICENCES).is_file():
            return folder / _LICENCES
    return None
