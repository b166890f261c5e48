"""The program as it is started: its door, its help, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Any

import pytest

import camviewer
from camviewer import app, display
from camviewer.cli import COMMANDS
from camviewer.engine.errors import CamviewerError
from camviewer.engine.support import logs
from camviewer.ui.app import launch as start

Program = Callable[..., Any]
Environment = Callable[..., dict[str, str]]
NO_DISPLAY = {"DISPLAY": None, "WAYLAND_DISPLAY": None, "QT_QPA_PLATFORM": None}
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="about displays on Linux")


def test_the_version_is_told(program: Program) -> None:
    done = program("--version")
    assert (done.code, done.out) == (0, f"camviewer {camviewer.__version__}\n")


@pytest.mark.parametrize("words", [["-h"], ["--help"], ["photo.jpg", "--help"]])
def test_help_names_every_command(door: Program, words: list[str]) -> None:
    done = door(*words)
    assert done.code == 0
    assert all(command in done.out for command in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(door: Program, name: str) -> None:
    done = door(name, "-h")
    assert done.code == 0
    assert done.out.startswith(f"Usage: camviewer {name}")
    assert "Error" not in done.out + done.err


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["explain", "--help"]])
def test_help_imports_neither_torch_nor_numpy_nor_qt(
    environment: Environment, words: list[str]
) -> None:
    code = (
        "import sys; from camviewer.app import main; main(sys.argv[1:]); "
        "sys.exit(bool({'torch', 'numpy', 'PySide6', 'PIL'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words], env=environment(), check=False, capture_output=True
    )
    assert done.returncode == 0


def test_explaining_a_photograph_from_start_to_end(
    program: Program, photographs: Path, tmp_path: Path
) -> None:
    done = program("explain", photographs / "chelsea.png", "--json")
    assert (done.code, done.err) == (0, "")
    (result,) = json.loads(done.out)
    assert result["class"]["name"] == "tiger cat"
    assert {path.suffix for path in tmp_path.iterdir()} == {".png", ".npy", ".json"}


@linux_only
def test_without_a_display_a_sentence_points_to_the_command_line(program: Program) -> None:
    for words in ([], ["photo.jpg"]):
        done = program(*words, **NO_DISPLAY)
        assert done.code == 2
        assert done.out == ""
        assert done.err == (
            "There is no display to open the window on. "
            "`camviewer explain PICTURE` does the same without a window.\n"
        )


@linux_only
@pytest.mark.parametrize(
    ("variables", "reason"),
    [
        ({"DISPLAY": ":987"}, "the display :987 (DISPLAY) does not answer"),
        ({"WAYLAND_DISPLAY": "wayland-987"}, "wayland-987 (WAYLAND_DISPLAY) does not answer"),
        ({"QT_QPA_PLATFORM": "xcb"}, "DISPLAY is not set"),
        ({"QT_QPA_PLATFORM": "dreams"}, "this Qt has no platform dreams"),
    ],
)
def test_a_display_that_does_not_answer_is_one_sentence(
    program: Program, variables: dict[str, str], reason: str
) -> None:
    done = program(**{**NO_DISPLAY, **variables})
    assert done.code == 2
    assert reason in done.err
    assert "`camviewer explain PICTURE`" in done.err
    assert done.err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "package"),
    [
        ("libxcb-cursor.so.0: cannot open shared object file: No such file", "libxcb-cursor0"),
        ("libEGL.so.1: cannot open shared object file: No such file", "libegl1"),
        ("libdbus-1.so.3: cannot open shared object file: No such file", "libdbus-1-3"),
        ("libxkbcommon-x11.so.0: cannot open shared object file: No", "libxkbcommon-x11-0"),
    ],
)
def test_a_missing_system_library_is_named_with_its_package(
    monkeypatch: pytest.MonkeyPatch, words: str, package: str
) -> None:
    class Unloadable(MetaPathFinder):
        def find_spec(self, fullname: str, *_: object) -> None:
            if fullname == "PySide6.QtWidgets":
                raise ImportError(words)

    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.delitem(sys.modules, "PySide6.QtWidgets", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Unloadable(), *sys.meta_path])
    with pytest.raises(CamviewerError) as refused:
        display.require_display()
    library = words.split(":", maxsplit=1)[0]
    assert f"the system library {library} is missing" in refused.value.message
    assert f"apt install {package}" in refused.value.message


def test_a_qt_that_cannot_be_imported_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtWidgets", None)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    with pytest.raises(CamviewerError, match="The window cannot be opened"):
        display.require_display()


@pytest.mark.parametrize(
    ("word", "hint"), [("explian", "`camviewer explain`"), ("qqq", "`camviewer --help`")]
)
def test_a_word_that_is_nothing_is_refused_with_the_closest_command(
    door: Program, word: str, hint: str
) -> None:
    done = door(word)
    assert done.code == 2
    assert f"'{word}' is neither a command, nor a picture, nor a folder." in done.err
    assert hint in done.err


def test_an_unknown_option_of_the_window_is_refused(door: Program) -> None:
    done = door("--nonsense")
    assert done.code == 2
    assert done.err.startswith("There is no option --nonsense.")


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ([], []),
        (["a.jpg", "b/c"], ["a.jpg", "b/c"]),
        (["."], ["."]),
        (["--", "-odd.png"], ["-odd.png"]),
        (["--new-window", "a.jpg"], ["a.jpg"]),
        (["file:///a/b%20c.png"], ["/a/b c.png"]),
    ],
)
def test_pictures_and_folders_open_the_window(
    monkeypatch: pytest.MonkeyPatch, words: list[str], paths: list[str]
) -> None:
    opened: list[tuple[list[Path], bool]] = []
    monkeypatch.setattr(logs, "start_log", lambda: None)  # it would go on after this test
    monkeypatch.setattr(
        start, "run_window", lambda given, *, alone: opened.append((given, alone)) or 0
    )
    assert app.main(words) == 0
    assert opened == [([Path(path) for path in paths], words[:1] == ["--new-window"])]


def test_commands_that_fail_print_one_sentence_and_no_traceback(program: Program) -> None:
    done = program("explain", "gone.png")
    assert done.code == 2
    assert done.out == ""
    assert done.err.startswith("gone.png is not there any more, or never was.")
    assert done.err.count("\n") == 1


def test_a_bug_leaves_its_traceback_in_the_log_file(
    environment: Environment, photographs: Path, tmp_path: Path
) -> None:
    code = (
        "import sys; from camviewer.cli import map_making, run; "
        "map_making.read_image = lambda path, page: 1 / 0; sys.exit(run(sys.argv[1:]))"
    )
    variables = {"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}
    variables |= {"LOCALAPPDATA": str(tmp_path), "USERPROFILE": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code, "explain", str(photographs / "coffee.png")],
        env=environment(**variables),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    (log,) = tmp_path.rglob("camviewer.log")
    assert "ZeroDivisionError" in log.read_text()


def test_a_log_that_cannot_be_written_disturbs_nobody(program: Program, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    blocked = str(tmp_path / "file" / "below")
    done = program("explain", "gone.png", HOME=blocked, XDG_STATE_HOME=blocked)
    assert done.code == 2
    assert done.err.count("\n") == 1


@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
def test_a_reader_that_leaves_is_no_error(
    environment: Environment, photographs: Path, tmp_path: Path
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as pipe:
        done = subprocess.run(
            [sys.executable, "-m", "camviewer", "models"],
            env=environment(),
            cwd=tmp_path,
            stdout=pipe,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize(
    "words",
    [
        ["--version"],
        pytest.param(["models", "--json"], marks=pytest.mark.slow),
        pytest.param(["explain", "--no-files", "--json", "{photograph}"], marks=pytest.mark.slow),
    ],
    ids=" ".join,
)
def test_a_full_disk_behind_the_output_is_one_sentence(
    environment: Environment, photographs: Path, tmp_path: Path, words: list[str]
) -> None:
    given = [word.format(photograph=photographs / "coffee.png") for word in words]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "camviewer", *given],
            env=environment(),
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == "The output could not be written: its disk is full. Make room there.\n"


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
def test_preparing_into_a_full_disk_names_the_disk(
    environment: Environment, tmp_path: Path
) -> None:
    pytest.importorskip("openvino")
    resource = pytest.importorskip("resource")
    done = subprocess.run(
        [sys.executable, "-m", "camviewer", "prepare"],
        env=environment(CAMVIEWER_HOME=str(tmp_path)),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, 2**20)),
    )
    assert done.returncode == 2
    assert done.stderr.startswith("The converted network could not be written to ")
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_an_interrupt_is_quiet(environment: Environment, photographs: Path, tmp_path: Path) -> None:
    pictures = [str(photographs / "coffee.png")] * 500
    with subprocess.Popen(
        [sys.executable, "-m", "camviewer", "explain", "--no-files", *pictures],
        env=environment(PYTHONUNBUFFERED="1"),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Where the tests run in the background the shell has SIGINT ignored, and children
        # inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=30)
    assert (process.returncode, complaints) == (130, "")
