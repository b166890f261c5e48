"""A disk without room: one sentence, nothing half, and the run goes on when there is room."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from camviewer.engine.batch import RunSettings, batch
from camviewer.engine.errors import CamviewerError
from tests.engine.small_runs import shard_hashes

SMALL = RunSettings(shard_size=4)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few hundred kilobytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if mount is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root may mount a small file system")
    words = [mount, "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(place)]
    if subprocess.run(words, check=False, capture_output=True).returncode != 0:
        pytest.skip("this system does not let root mount a tmpfs")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


@pytest.mark.slow
def test_a_full_disk_is_a_sentence_and_the_run_goes_on(
    pictures: Callable[..., Path], tmp_path: Path, small_disk: Path
) -> None:
    folder, run = pictures(12), small_disk / "run"
    batch([folder], tmp_path / "whole", SMALL)
    whole = shard_hashes(tmp_path / "whole")
    batch([folder], run, SMALL, shard=(1, 3))
    filler = small_disk / "filler"
    with pytest.raises(OSError, match="No space left"):
        filler.write_bytes(bytes(400_000))
    with pytest.raises(CamviewerError, match="could not be written: the disk is full"):
        batch([folder], run, SMALL)
    assert not list((run / "shards").glob(".*"))
    assert not list((run / "claims").glob("*.claim"))
    assert shard_hashes(run).items() < whole.items()
    filler.unlink()
    batch([folder], run, SMALL)
    assert shard_hashes(run) == whole
