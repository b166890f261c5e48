"""A dataset of FiftyOne: its folder, and what the library reads of it where it is installed."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from PIL import Image

from camviewer.engine.batch import RunSettings, batch, export_fiftyone, export_overlays, open_run
from camviewer.engine.batch.exports.fiftyone_dataset import over_picture
from camviewer.engine.errors import CamviewerError
from camviewer.engine.render.overlay import field
from tests.engine.small_runs import write_picture


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a run, and its dataset."""
    tmp_path = tmp_path_factory.mktemp("fiftyone")
    folder = tmp_path / "pictures"
    write_picture(folder / "tench" / "000.jpg", 0)
    write_picture(folder / "goldfish" / "001.jpg", 1)
    (folder / "broken.jpg").write_text("nothing")
    write_picture(folder / "tench" / "wide.jpg", 3, (400, 100))
    (folder / "tench" / "000.xml").write_text(
        "<annotation><object><name>tench</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>20</xmax>"
        "<ymax>30</ymax></bndbox></object></annotation>"
    )
    if os.name != "nt":
        write_picture(folder / os.fsdecode(b"tench/\xff.jpg"), 4)
    batch([folder], tmp_path / "run", RunSettings(classes=(0, 1), truth="folders"))
    done = export_fiftyone(open_run(tmp_path / "run"), tmp_path / "dataset")
    assert done.samples == 3
    if os.name != "nt":
        assert [failure.path for failure in done.failures] == ["tench/\\xff.jpg"]
    return tmp_path


def test_the_folder_has_labels_boxes_and_maps_over_the_whole_picture(place: Path) -> None:
    dataset, run = place / "dataset", open_run(place / "run")
    samples = json.loads((dataset / "samples.json").read_text())["samples"]
    rows = run.rows()
    for sample in samples:
        path = Path(sample["filepath"])
        assert path.is_file()
        mine = rows.filter(rows["path"].str.ends_with(path.name))
        first = mine.row(0, named=True)
        assert sample["prediction"]["label"] == first["predicted"]
        assert sample["prediction"]["confidence"] == pytest.approx(first["predicted_probability"])
        assert sample["ground_truth"]["label"] == first["truth"]
        assert sample["right"] is (first["truth_rank"] == 1)
        for number, row in enumerate(mine.sort("class_index").iter_rows(named=True), 1):
            heatmap = sample[f"heatmap_{number}"]
            assert heatmap["label"] == row["class"]
            with Image.open(dataset / heatmap["map_path"]) as opened:
                found = np.asarray(opened)
            np.testing.assert_array_equal(
                found, over_picture(run.heatmap(row), (row["height"], row["width"]))
            )
            assert opened.width / opened.height == pytest.approx(row["width"] / row["height"])
    wide = next(sample for sample in samples if sample["filepath"].endswith("wide.jpg"))
    assert "objects" not in wide
    (annotated,) = [sample for sample in samples if "objects" in sample]
    (detection,) = annotated["objects"]["detections"]
    assert detection["bounding_box"] == pytest.approx([0.0, 0.0, 0.5, 1.0])
    with pytest.raises(CamviewerError, match="is not empty"):
        export_fiftyone(run, dataset)


def test_a_run_of_somebody_else_writes_into_the_folder_only(place: Path, tmp_path: Path) -> None:
    run, escaped = tmp_path / "run", "../../../escaped"
    shutil.copytree(place / "run", run)
    (shard,) = open_run(run).folder.shards()
    for file in run.rglob("*.parquet"):
        pl.read_parquet(file).with_columns(id=pl.lit(escaped) + pl.col("id")).write_parquet(file)
    folder = open_run(run).folder
    (renamed,) = folder.shards()
    folder.shard_file(shard.name).rename(folder.shard_file(renamed.name))
    before = {path for path in tmp_path.rglob("*") if run not in path.parents}
    for name, export in (("dataset", export_fiftyone), ("overlays", export_overlays)):
        export(open_run(run), tmp_path / name)
        assert any((tmp_path / name).rglob("*.png"))
    written = {path for path in tmp_path.rglob("*") if run not in path.parents} - before
    folders = {tmp_path / "dataset", tmp_path / "overlays"}
    assert all(folders & {path, *path.parents} for path in written)
    assert not list(run.rglob("*escaped*"))


def test_a_map_of_a_crop_is_empty_beside_it_and_equal_inside(place: Path) -> None:
    run = open_run(place / "run")
    rows = run.rows()
    row = rows.filter(rows["path"].str.ends_with("wide.jpg")).row(0, named=True)
    heatmap = run.heatmap(row)
    drawn = over_picture(heatmap, (100, 400))
    assert drawn.shape == (64, 256)
    extent = heatmap.geometry.extent
    left, top, right, bottom = (
        round(side * 256 / 400) for side in (extent.left, extent.top, extent.right, extent.bottom)
    )
    assert 60 < left < right < 200
    assert not drawn[:, : left - 1].any()
    assert not drawn[:, right + 1 :].any()
    expected = np.clip(field(heatmap, (bottom - top, right - left)) / heatmap.high, 0.0, None)
    assert np.abs(drawn[top:bottom, left:right] / 255.0 - expected).max() < 0.1


def test_the_library_reads_the_samples(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIFTYONE_DATABASE_URI", "mongodb://127.0.0.1:1/")  # nothing is stored
    monkeypatch.setenv("FIFTYONE_DATABASE_VALIDATION", "false")
    monkeypatch.setenv("FIFTYONE_DO_NOT_TRACK", "true")
    importers = pytest.importorskip("fiftyone.utils.data.importers")
    with importers.LegacyFiftyOneDatasetImporter(str(place / "dataset")) as importer:
        samples = list(importer)
    assert len(samples) == 3
    for sample in samples:
        assert 0.0 < sample.prediction.confidence <= 1.0
        assert sample.heatmap_1.get_map().ndim == 2
        assert sample.heatmap_2.label == "goldfish"
