"""What a process that was killed left among the models is removed, once its maker has ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from camviewer.engine.packs.cleaning import remove_left_over
from camviewer.engine.packs.store import PackInfo, list_packs
from camviewer.engine.packs.writing import pack_in_making

MAKER = """
import sys
from camviewer.engine.packs.writing import pack_in_making
with pack_in_making("Cats", 10) as folder:
    (folder / "weights.safetensors").write_bytes(bytes(1000))
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def maker(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Another process that makes a pack, and the folder that it makes it in."""
    process = subprocess.Popen(
        [sys.executable, "-c", MAKER],
        env={**os.environ, "CAMVIEWER_HOME": str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    yield process, Path(process.stdout.readline().strip())
    process.kill()
    process.communicate()


def test_what_a_killed_import_left_is_removed_and_not_before(
    maker: tuple[subprocess.Popen[str], Path],
) -> None:
    process, folder = maker
    assert (folder / "weights.safetensors").exists()
    assert remove_left_over(folder.parent) == ()  # its maker is at it
    assert (folder / "weights.safetensors").exists()
    process.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    process.wait()
    assert remove_left_over(folder.parent) == (folder,)
    assert list(folder.parent.iterdir()) == []


def test_one_of_our_own_is_left_alone(models: Path) -> None:
    with pack_in_making("Cats", 10) as folder:
        assert remove_left_over(models) == ()
        assert folder.exists()
    with pytest.raises(ZeroDivisionError), pack_in_making("Cats", 10) as folder:
        raise ZeroDivisionError
    assert not folder.exists()


def test_a_folder_without_a_lock_is_removed_when_it_is_a_day_old(models: Path) -> None:
    young, old, gone = models / ".new-1", models / ".new-2", models / ".gone-3"
    for folder in (young, old, gone):
        folder.mkdir(parents=True)
        (folder / "weights.safetensors").write_bytes(bytes(10))
    two_days_ago = old.stat().st_mtime - 2 * 24 * 60 * 60
    os.utime(old, (two_days_ago, two_days_ago))
    assert set(remove_left_over(models)) == {old, gone}
    assert list(models.iterdir()) == [young]


def test_nothing_else_is_touched(
    keep: Callable[..., PackInfo], models: Path, tmp_path: Path
) -> None:
    info = keep()
    (models / ".hidden").mkdir()
    (models / ".new-link").symlink_to(tmp_path, target_is_directory=True)
    assert remove_left_over(models) == ()
    assert list_packs() == (info,)
    assert (tmp_path / "data").exists() or any(tmp_path.iterdir())
