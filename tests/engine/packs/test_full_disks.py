"""A pack that the disk or the system does not take leaves nothing."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from camviewer.engine.errors import CamviewerError
from camviewer.engine.packs.store import PackInfo


class FullDiskError(OSError):
    def __init__(self) -> None:
        super().__init__(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_a_sentence_and_leaves_nothing(
    keep: Callable[..., PackInfo], models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: replace_free(usage, 1000))
    with pytest.raises(CamviewerError, match="the disk is full"):
        keep()
    assert not models.exists()


def replace_free(usage: tuple[int, int, int], free: int) -> object:
    return type(usage)(usage[0], usage[1], free)


@pytest.mark.parametrize("when", ["write_bytes", "rename"])
def test_a_disk_that_fills_up_leaves_nothing(
    keep: Callable[..., PackInfo], models: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    def fail(*_arguments: object) -> None:
        raise FullDiskError

    monkeypatch.setattr(Path, when, fail)
    with pytest.raises(CamviewerError, match="the disk is full"):
        keep()
    assert not models.exists()


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
def test_weights_that_the_system_does_not_take_leave_nothing(tmp_path: Path) -> None:
    code = """
import resource, signal, sys, torch
from pathlib import Path
from camviewer.engine.packs import store as packs
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.packs.draft import PackDraft
from camviewer.engine.packs.writing import write_pack
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
packs.data_folder = lambda: Path(sys.argv[1])
try:
    write_pack(PackDraft({"w": torch.zeros(10**6)}, title="t", architecture="timm/x",
                         labels=("a",), recipe=Recipe()))
except CamviewerError as error:
    print(error.message)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "new")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "t could not be kept: the disk is full.\n", done.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="permissions of POSIX")
def test_a_folder_that_is_not_open_is_a_sentence(
    keep: Callable[..., PackInfo], models: Path
) -> None:
    models.mkdir(parents=True)
    models.chmod(0o500)
    with pytest.raises(CamviewerError, match="could not be kept"):
        keep()
