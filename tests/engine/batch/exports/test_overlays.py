"""Overlays from the stored maps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from camviewer.engine.batch import RunSettings, batch, export_overlays, open_run
from camviewer.engine.errors import CamviewerError
from tests.engine.small_runs import write_picture

Pictures = Callable[..., Path]


def test_overlays_are_drawn_from_the_stored_maps(pictures: Pictures, tmp_path: Path) -> None:
    folder = pictures(4)
    batch([folder], tmp_path / "run", RunSettings(classes="top2", shard_size=3))
    run, drawn = open_run(tmp_path / "run"), tmp_path / "overlays"
    write_picture(folder / "tench" / "000.jpg", 77)
    failures = export_overlays(run, drawn, jobs=2)
    assert [failure.path for failure in failures] == ["tench/000.jpg"] * 2
    assert "was changed after its map was made" in failures[0].error
    assert len(list(drawn.iterdir())) == 6
    for row in run.rows().iter_rows(named=True):
        if row["path"] != "tench/000.jpg":
            (file,) = drawn.glob(f"*.{row['rank']}-*.{row['id']}.png")
            with Image.open(file) as image:
                np.testing.assert_array_equal(np.asarray(image), run.overlay(row))
    with pytest.raises(CamviewerError, match="is not empty"):
        export_overlays(run, drawn)
