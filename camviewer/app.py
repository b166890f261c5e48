"""The program's door: a command for the terminal, or the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from camviewer.engine.errors import CamviewerError
from camviewer.engine.support.thread_waiting import spin_shortly

_CLI_OPTIONS = {"-h", "--help", "--version"}
_REFUSED = 2

NEW_WINDOW = "--new-window"
"""Opens a window of its own, though one is open."""
CHECK_WINDOW = "--check-window"
"""The self-test's own option."""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the program and gives its exit code.

    A command or a request for help goes to the command line; nothing, or pictures and folders,
    opens the window.
    """
    spin_shortly()
    words = list(sys.argv[1:] if argv is None else argv)
    if words and words[0] == CHECK_WINDOW:
        from camviewer.ui.app.window_check import check_window  # noqa: PLC0415

        return check_window(words[1:])
    if words and not _are_paths(words):
        from camviewer.cli import COMMANDS, run  # noqa: PLC0415  (the window starts without)

        if words[0] in COMMANDS:
            return run(words)
        asked = [word for word in _options(words) if word in _CLI_OPTIONS]
        if asked:
            return run(asked[:1])
    try:
        alone = NEW_WINDOW in words
        words = [word for word in words if word != NEW_WINDOW] if alone else words
        return _open_window(_paths(words), alone=alone)
    except CamviewerError as error:
        _say(str(error))
        return _REFUSED


def _are_paths(words: Sequence[str]) -> bool:
    """Whether all words can only be paths, so that the window need not wait for the commands."""
    return all(Path(word).suffix and not word.startswith("-") for word in words)


def _options(words: Sequence[str]) -> list[str]:
    """The words that are options; after ``--`` there are none."""
    end = words.index("--") if "--" in words else len(words)
    return [word for word in words[:end] if word.startswith("-") and word != "-"]


def _paths(words: Sequence[str]) -> list[Path]:
    """The pictures and folders that the window is to open.

    Raises:
        CamviewerError: a word is neither a path nor a command.
    """
    options = _options(words)
    if options:
        raise CamviewerError(
            f"There is no option {options[0]}.", "`camviewer --help` says what there is."
        )
    given = list(words)
    if "--" in given:
        given.remove("--")
    return [_path(word) for word in given]


def _path(word: str) -> Path:
    if word.startswith("file:"):
        return _path_of_url(word)
    path = Path(word)
    if path.exists() or path.suffix or path.name != word:
        return path  # a path that leads nowhere is told by the window
    from camviewer.cli import COMMANDS  # noqa: PLC0415

    closest = get_close_matches(word, COMMANDS, n=1, cutoff=0.5)
    hint = f"Did you mean `camviewer {closest[0]}`?" if closest else "See `camviewer --help`."
    raise CamviewerError(f"{word!r} is neither a command, nor a picture, nor a folder.", hint)


def _path_of_url(url: str) -> Path:
    """The file that a file manager's ``file:`` address names."""
    from urllib.parse import urlparse  # noqa: PLC0415
    from urllib.request import url2pathname  # noqa: PLC0415

    return Path(url2pathname(urlparse(url).path))


def _open_window(paths: Sequence[Path], *, alone: bool = False) -> int:
    from camviewer.display import require_display  # noqa: PLC0415
    from camviewer.engine.support.crash_reports import CrashReport  # noqa: PLC0415
    from camviewer.engine.support.folders import log_folder  # noqa: PLC0415
    from camviewer.engine.support.logs import log_file, start_log  # noqa: PLC0415

    start_log()
    require_display()
    report = CrashReport(log_folder())
    try:
        from camviewer.ui.app.launch import run_window  # noqa: PLC0415

        report.start()
        return run_window(list(paths), alone=alone)
    except CamviewerError:
        raise
    except Exception as error:  # noqa: BLE001  (a bug must not end in a traceback)
        report.note(error)
        name = type(error).__name__
        _say(f"The window failed: {name}. The details are in {log_file()}.")
        return 1
    finally:
        report.finish()


def _say(sentence: str) -> None:
    """Says it on stderr, which a program without a terminal may not have."""
    if sys.stderr is not None:
        print(sentence.encode(errors="backslashreplace").decode(), file=sys.stderr)  # noqa: T201
