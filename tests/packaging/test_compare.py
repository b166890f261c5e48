"""Two builds are told apart by every file, link and right to run."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

COMPARE = Path(__file__).resolve().parents[2] / "packaging" / "compare.py"


@pytest.fixture
def builds(tmp_path: Path) -> tuple[Path, Path]:
    first, second = tmp_path / "first", tmp_path / "second"
    (first / "lib").mkdir(parents=True)
    (first / "lib" / "a.so").write_bytes(b"code")
    (first / "lib" / "b.so").symlink_to("a.so")
    (first / "camviewer").write_bytes(b"program")
    (first / "camviewer").chmod(0o755)
    shutil.copytree(first, second, symlinks=True)
    return first, second


def compare(first: Path, second: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, str(COMPARE), str(first), str(second)],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def test_a_copy_is_the_same(builds: tuple[Path, Path]) -> None:
    assert compare(*builds) == (0, "No difference (3 compared)\n")


def test_every_difference_is_told_by_its_place(builds: tuple[Path, Path]) -> None:
    _, second = builds
    (second / "lib" / "a.so").write_bytes(b"cod3")
    (second / "lib" / "b.so").unlink()
    (second / "lib" / "b.so").symlink_to("../camviewer")
    (second / "camviewer").chmod(0o644)
    (second / "new").touch()
    code, told = compare(*builds)
    assert code == 1
    assert [line.partition(":")[0] for line in told.splitlines()] == [
        "camviewer",
        "lib/a.so",
        "lib/b.so",
        "new",
    ]
    assert "link to a.so | link to ../camviewer" in told
    assert "new: not there |" in told


def test_archives_are_compared_as_files(builds: tuple[Path, Path]) -> None:
    first, second = (build / "lib" / "a.so" for build in builds)
    assert compare(first, second)[0] == 0
    second.write_bytes(b"other")
    assert compare(first, second)[0] == 1
