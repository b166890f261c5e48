"""Locates this program's executable and gives the command that starts it again."""

from __future__ import annotations

import sys
from pathlib import Path

_CONSOLE = "camviewer-console"
"""Name of the Windows executable with a console; the other one is for the desktop."""

_LICENCES = "THIRD_PARTY_LICENSES.txt"


def is_frozen() -> bool:
    """Whether this is the packaged program with its own Python."""
    return bool(getattr(sys, "frozen", False))


def own_command() -> tuple[str, ...]:
    """The command that starts this program again, to be followed by arguments.

    The packaged program is an executable; otherwise Python runs the module. The output of the new
    process can be read: on Windows it is the executable with a console, which shows no window if
    its parent has none.
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
    # On macOS the executable is in camviewer.app/Contents/MacOS, and the user sees the bundle.
    if folder.name == "MacOS" and folder.parents[1].suffix == ".app":
        return folder.parents[2]
    return folder


def licence_file() -> Path | None:
    """The licences of all packaged libraries; None outside of the packaged program."""
    contents = getattr(sys, "_MEIPASS", None)
    if contents is None:
        return None
    own = program_folder()
    for folder in (*([own] if own else []), Path(contents), Path(contents).parent):
        if (folder / _LICENCES).is_file():
            return folder / _LICENCES
    return None
