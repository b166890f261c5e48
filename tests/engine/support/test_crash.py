"""What a crash leaves behind, and what the next start finds of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from camviewer import __version__
from camviewer.engine.support.crash_reports import CrashReport, take_reports

ROOT = Path(__file__).resolve().parents[3]
BEGIN = """
import sys
from pathlib import Path
from camviewer.engine.support.crash_reports import CrashReport
report = CrashReport(Path(sys.argv[1]))
report.start()
"""
WAYS_TO_CRASH = {
    "raise ValueError('the cat is gone')": "ValueError: the cat is gone",
    "import ctypes; ctypes.string_at(0)": "Segmentation fault",
    "import os; os.abort()": "Aborted",
    "import threading; t = threading.Thread(target=lambda: 1 / 0); t.start(); t.join()": (
        "ZeroDivisionError"
    ),
}


def run(script: str, folder: Path) -> int:
    return subprocess.run(
        [sys.executable, "-c", BEGIN + script, str(folder)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.DEVNULL,
        check=False,
    ).returncode


@pytest.mark.parametrize("way", WAYS_TO_CRASH)
def test_a_crash_leaves_a_report_with_versions_and_the_traceback(tmp_path: Path, way: str) -> None:
    run(way, tmp_path)
    (report,) = take_reports(tmp_path)
    assert f"camviewer {__version__}" in report
    assert f"Python {sys.version.split()[0]}" in report
    assert "torch 2" in report
    assert WAYS_TO_CRASH[way] in report
    assert "File " in report


def test_a_report_is_offered_once_and_stays_in_the_folder(tmp_path: Path) -> None:
    run("raise ValueError('x')", tmp_path)
    assert len(take_reports(tmp_path)) == 1
    assert take_reports(tmp_path) == ()
    assert len(list(tmp_path.iterdir())) == 1


def test_a_program_that_ends_well_leaves_nothing(tmp_path: Path) -> None:
    assert run("report.finish()", tmp_path) == 0
    assert list(tmp_path.iterdir()) == []


def test_a_program_that_was_killed_from_outside_is_no_crash(tmp_path: Path) -> None:
    run("import os; os._exit(9)", tmp_path)
    assert take_reports(tmp_path) == ()
    assert list(tmp_path.iterdir()) == []


def test_the_report_of_a_running_program_is_left_alone(tmp_path: Path) -> None:
    report = CrashReport(tmp_path)
    hooks = sys.excepthook
    report.start()
    report.note(ValueError("not over yet"))
    assert take_reports(tmp_path) == ()
    report.finish()
    assert sys.excepthook is sys.__excepthook__ or hooks is not None
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_cannot_be_written_disturbs_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    report = CrashReport(tmp_path / "file" / "logs")
    report.start()
    report.finish()
    assert take_reports(tmp_path / "file" / "logs") == ()
