"""Whatever a listed path is, or becomes while it is read, ends as a picture or a sentence."""

from __future__ import annotations

import os
import threading
from itertools import count, takewhile
from pathlib import Path

import pytest

from camviewer.engine.batch import RunSettings, batch, open_run
from camviewer.engine.batch.picture_reading import read_picture
from tests.engine.small_runs import write_picture

_TRIES = 2000


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names and links")
def test_paths_of_a_list_that_are_no_picture_are_rows_with_a_sentence(tmp_path: Path) -> None:
    write_picture(tmp_path / "good.jpg", 1)
    (tmp_path / "folder.jpg").mkdir()
    (tmp_path / "loop.jpg").symlink_to("loop.jpg")
    locked = write_picture(tmp_path / "locked.jpg", 2)
    locked.chmod(0)
    paths = ["good.jpg", "folder.jpg", "loop.jpg", "locked.jpg", "x" * 300 + ".jpg", "nul\0.jpg"]
    (tmp_path / "list.txt").write_text("\n".join(paths))
    batch([f"@{tmp_path / 'list.txt'}"], tmp_path / "run", RunSettings(classes="top1"))
    rows = dict(open_run(tmp_path / "run").rows().select("path", "error").rows())
    assert rows.keys() == set(paths)
    assert rows.pop("good.jpg") is None
    locked_error = rows.pop("locked.jpg")
    if not os.access(locked, os.R_OK):  # root reads everything
        assert "locked.jpg" in locked_error
    for path, error in rows.items():
        assert error, path
        assert error.endswith("."), error
        assert "did not work" not in error, error
        assert str(tmp_path) not in error, error


def test_a_picture_that_changes_while_it_is_read_is_a_sentence(tmp_path: Path) -> None:
    path = write_picture(tmp_path / "a.jpg", 1, (400, 300))
    over = threading.Event()

    def change() -> None:
        for second in count(1):
            if over.is_set():
                return
            os.utime(path, (second, second))

    changing = threading.Thread(target=change)
    changing.start()
    said = "a.jpg was changed while it was read. Run again with --retry-failed."
    try:
        errors = (read_picture(path).error for _ in range(_TRIES))
        before = list(takewhile(said.__ne__, errors))
    finally:
        over.set()
        changing.join()
    assert len(before) < _TRIES
    assert set(before) <= {""}
    assert not read_picture(path).error
