"""A pack travels as one ``.camviewer`` file."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from camviewer.engine.errors import CamviewerError, Cancelled
from camviewer.engine.importing.camviewer_files import export_pack, import_pack_file
from camviewer.engine.packs.store import PackInfo, read_pack
from tests.engine.packs.conftest import FILES, LABELS, contents


def test_a_pack_travels_as_one_file(keep: Callable[..., PackInfo], tmp_path: Path) -> None:
    info = keep()
    file = tmp_path / "cats.camviewer"
    shares: list[float] = []
    export_pack(info, file, report=shares.append)
    assert shares[-1] == 1.0
    again = import_pack_file(file, report=shares.append)
    assert again == replace(info, id="my-cats-2", folder=info.folder.with_name("my-cats-2"))
    assert read_pack(again.folder).labels == LABELS
    other = tmp_path / "again.camviewer"
    export_pack(again, other)
    assert other.read_bytes() == file.read_bytes()


def test_nothing_is_overwritten_unasked(keep: Callable[..., PackInfo], tmp_path: Path) -> None:
    info, file = keep(), tmp_path / "cats.camviewer"
    file.write_text("mine")
    with pytest.raises(CamviewerError, match="exists already"):
        export_pack(info, file)
    assert file.read_text() == "mine"
    export_pack(info, file, overwrite=True)
    assert set(contents(file)) == FILES


def test_a_damaged_pack_is_not_exported(keep: Callable[..., PackInfo], tmp_path: Path) -> None:
    info = keep()
    (info.folder / "labels.txt").write_text("a\nb\nd\n")
    with pytest.raises(CamviewerError, match="not what it was"):
        export_pack(info, tmp_path / "cats.camviewer")
    assert not (tmp_path / "cats.camviewer").exists()


def test_a_stop_leaves_nothing(
    keep: Callable[..., PackInfo], exported: Path, tmp_path: Path, models: Path
) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        import_pack_file(exported, cancelled=stop)
    assert not models.exists()
    with pytest.raises(Cancelled):
        export_pack(keep(), tmp_path / "x.camviewer", cancelled=stop)
    assert {path.name for path in tmp_path.iterdir()} == {"cats.camviewer", "data"}
