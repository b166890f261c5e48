"""Tables of a run for other programs."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from camviewer.engine.batch import RunSettings, batch, export_boxes, export_csv, open_run
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
    boxes = tmp_path / "boxes.csv"
    assert export_boxes(run, boxes) == rows["box_left"].count()
    with boxes.open(encoding="utf-8", newline="") as opened:
        first = next(csv.DictReader(opened))
    assert float(first["box_right"]) == pytest.approx(rows["box_right"][0])
    with pytest.raises(CamviewerError, match="is there already"):
        export_csv(run, file)
    assert export_csv(run, file, overwrite=True) == 12
