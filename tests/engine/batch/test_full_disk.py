"""A disk without room: one sentence, nothing half; a run goes on later, and an export does not."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from camviewer.cli.main import run as run_command
from camviewer.engine.batch import RunSettings, batch, open_run
from camviewer.engine.errors import CamviewerError
from tests.engine.small_runs import shard_hashes

SMALL = RunSettings(shard_size=4)
FULL = "could not be written: the disk is full."
RUN_GOES_ON = "Make room; the same command goes on from there."
MAKE_ROOM = "Make room, or choose another folder."


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
    with pytest.raises(CamviewerError, match=re.escape(f"{FULL} {RUN_GOES_ON}")):
        batch([folder], run, SMALL)
    assert not list((run / "shards").glob(".*"))
    assert not list((run / "claims").glob("*.claim"))
    assert shard_hashes(run).items() < whole.items()
    filler.unlink()
    batch([folder], run, SMALL)
    assert shard_hashes(run) == whole


@pytest.mark.slow
def test_an_export_to_a_full_disk_does_not_say_that_it_goes_on(
    pictures: Callable[..., Path],
    tmp_path: Path,
    small_disk: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    run, overlays, filler = tmp_path / "run", small_disk / "overlays", small_disk / "filler"
    batch([pictures(12)], run, SMALL)
    count = open_run(run).rows().height
    filler.write_bytes(bytes(380_000))
    words = ["batch", "export", str(run), "--overlays", str(overlays)]
    assert run_command(words) == 2
    said = capsys.readouterr().err
    assert said.endswith(f".png {FULL} {MAKE_ROOM}\n")
    assert said.count("\n") == 1
    begun = {file.name for file in overlays.iterdir()}
    assert 0 < len(begun) < count
    assert all(name.endswith(".png") for name in begun)
    filler.unlink()
    assert run_command(words) == 2
    assert capsys.readouterr().err.endswith("is not empty. Choose a new one, or --overwrite.\n")
    assert run_command([*words, "--overwrite"]) == 0
    assert len(list(overlays.iterdir())) == count
