"""What other programs read of a run."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from camviewer.engine.batch import RunSettings, batch, export_csv, export_overlays, open_run
from camviewer.engine.errors import CamviewerError
from tests.engine.small_runs import write_picture

Pictures = Callable[..., Path]


def test_a_csv_has_every_row_without_the_maps(pictures: Pictures, tmp_path: Path) -> None:
    folder = pictures(5)
    write_picture(folder / 'with "quotes", commas\nand lines.jpg', 9)
    batch([folder], tmp_path / "run", RunSettings(classes="top2", shard_size=2))
    run, file = open_run(tmp_path / "run"), tmp_path / "out" / "rows.csv"
    assert export_csv(run, file) == 12
    with file.open(encoding="utf-8", newline="") as opened:
        found = list(csv.DictReader(opened))
    rows = run.rows()
    assert [row["path"] for row in found] == rows["path"].to_list()
    assert [float(row["logit"]) for row in found] == pytest.approx(rows["logit"].to_list())
    assert "map" not in found[0]
    assert found[0]["map_rows"] == str(rows["map_rows"][0])
    with pytest.raises(CamviewerError, match="is there already"):
        export_csv(run, file)
    assert export_csv(run, file, overwrite=True) == 12


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
